"""Ordinals and Roman numerals; beside the word for a summit they name one: "VIII Summit", "la séptima Cumbre"."""

from __future__ import annotations

import re

from app.claims.facts.fact import Fact
from app.claims.facts.numerals import Digital
from app.claims.words import pattern, words_of

_ROMAN = re.compile(r"(?<![\w'’])(?P<roman>[IVXL]+)(?:e|º|ª|ème)?(?!\w)")
_VALID = re.compile(r"(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ARABIC = re.compile(r"(?<![\w.,])(?P<number>\d{1,3})\s?(?:st|nd|rd|th|º|ª|°|er|re|ème|eme|\.ᵉʳ|\.º|\.ª)(?!\w)")
_WORTH = {"I": 1, "V": 5, "X": 10, "L": 50}
_NEAR = 24
"""Characters between an ordinal and the word for a summit at most: "VII Extraordinary Summit"."""


def roman_value(numeral: str) -> int | None:
    """Return the value of a Roman numeral up to 89, None for what is none.

    Examples:
        >>> [roman_value(numeral) for numeral in ("VIII", "IX", "XXIV", "IIX")]
        [8, 9, 24, None]
    """
    if not numeral or not _VALID.fullmatch(numeral):
        return None
    worths = [_WORTH[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(worths, [*worths[1:], 0], strict=True))


def find_ordinals(text: Digital, language: str) -> list[Fact]:
    """Return the ordinals of a text, in order; of kind `summit` beside the word for one.

    Args:
        text: Of `in_digits`.
        language: Its language.
    """
    summit = pattern(words_of(language).summits)
    found = [
        _fact(text, match, float(match["number"]), is_summit=_is_beside(text.text, match, summit))
        for match in _ARABIC.finditer(text.text)
    ]
    for match in _ROMAN.finditer(text.text):
        value = roman_value(match["roman"])
        is_summit = _is_beside(text.text, match, summit)
        if value is not None and (len(match["roman"]) > 1 or (is_summit and match["roman"] != "L")):  # "Le Sommet"
            found.append(_fact(text, match, float(value), is_summit=is_summit))
    return sorted(found, key=lambda fact: fact.start)


def _is_beside(text: str, match: re.Match[str], noun: re.Pattern[str]) -> bool:
    after = re.split(r"[.,;:]", text[match.end() : match.end() + _NEAR])[0]
    return bool(noun.search(after)) or bool(
        re.search(r"[^\W\d_]+\s+\Z", text[: match.start()]) and _ends(text, match, noun)
    )


def _ends(text: str, match: re.Match[str], noun: re.Pattern[str]) -> bool:
    """Whether the noun stands just before: "Cumbre VIII"."""
    return any(found.end() >= match.start() - 1 for found in noun.finditer(text[: match.start()]))


def _fact(text: Digital, match: re.Match[str], value: float, *, is_summit: bool) -> Fact:
    start, end = text.span(*match.span())
    return Fact("summit" if is_summit else "ordinal", value, start, end, match[0])
