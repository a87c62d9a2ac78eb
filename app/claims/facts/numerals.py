"""A text with its number words as digits, and the way back to the places they came from. text2num reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from text_to_num import find_numbers

from app.claims.facts.tokens import Token, tokens_of

LANGUAGES = frozenset({"en", "es", "pt", "fr"})
_PERCENT = re.compile(r"\b(?:per\s?cent|por\s?ciento|por\s?cento|pour\s?cent)\b", re.IGNORECASE)
_SECOND_ES = re.compile(r"segund[oa]s?", re.IGNORECASE)
_THOUSAND = 1_000
_CENTURY, _LAST_CENTURY = 19, 20


@dataclass(frozen=True, slots=True)
class Digital:
    """A text in digits.

    Attributes:
        text: Number words replaced; ordinals carry º.
        origin: For each code point of it, the span of the text it was made from.
    """

    text: str
    origin: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the digital text comes from."""
        return self.origin[start][0], self.origin[end - 1][1]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A token as text2num wants it."""

    token: Token

    def text(self) -> str:
        return self.token.text

    def not_a_number_part(self) -> bool:
        return False

    def nt_separated(self, previous: _Piece) -> bool:
        del previous
        return False


def in_digits(text: str, language: str) -> Digital:
    """Write the number words of a text as digits.

    Args:
        text: Any text.
        language: Its language; numbers in words of others are left alone.

    Examples:
        >>> in_digits("ocho millones de personas", "es").text
        '8000000 de personas'
    """
    tokens = tokens_of(text)
    swaps = [(match.start(), match.end(), "%") for match in _PERCENT.finditer(text)]
    if language in LANGUAGES:
        swaps += _number_words(tokens, language)
    if language == "es":  # text2num leaves "segundo" alone, which is also the unit of time
        swaps += [(token.start, token.end, "2º") for token in tokens if _SECOND_ES.fullmatch(token.text)]
    return _swapped(text, sorted(swaps))


def _number_words(tokens: Sequence[Token], language: str) -> list[tuple[int, int, str]]:
    swaps: list[tuple[int, int, str]] = []
    for found in find_numbers([_Piece(token) for token in tokens], language, 0.0):
        first, last = tokens[found.start], tokens[found.end - 1]
        if first.text[0].isdigit() and found.end - found.start == 1:
            continue
        if found.value == 1 and not found.is_ordinal:
            continue  # "one", "un", "uma" are mostly articles and pronouns
        value = int(found.value)
        before = tokens[found.start - 1] if found.start else None
        start = first.start
        if before and value >= _THOUSAND and value % _THOUSAND == 0 and before.text[0].isdigit():
            value, start = int(number_value(before.text) * value), before.start
        elif swaps and _is_year(swaps[-1], value, start=first.start):
            earlier = swaps.pop()
            value, start = int(earlier[2]) * 100 + value, earlier[0]
        swaps.append((start, last.end, f"{value}º" if found.is_ordinal else str(value)))
    return swaps


def _is_year(earlier: tuple[int, int, str], value: int, *, start: int) -> bool:
    """Whether two numbers in words are a year in two halves: "twenty twenty-four"."""
    near = start - earlier[1] <= 1
    return near and earlier[2] in {str(_CENTURY), str(_LAST_CENTURY)} and 10 <= value <= 99  # noqa: PLR2004


def _swapped(text: str, swaps: Sequence[tuple[int, int, str]]) -> Digital:
    made: list[str] = []
    origin: list[tuple[int, int]] = []
    at = 0
    for start, end, new in swaps:
        if start < at:
            continue
        made += [text[at:start], new]
        origin += [(i, i + 1) for i in range(at, start)]
        origin += [(start, end)] * len(new)
        at = end
    made.append(text[at:])
    origin += [(i, i + 1) for i in range(at, len(text))]
    return Digital("".join(made), tuple(origin))


def number_value(digits: str) -> float:
    """Return the value of a number in digits, whichever of . and , its language uses for what.

    Examples:
        >>> [number_value(digits) for digits in ("1,5", "1.5", "10,000", "1.234.567", "2,345.6")]
        [1.5, 1.5, 10000.0, 1234567.0, 2345.6]
    """
    marks = re.findall(r"[.,]", digits)
    if not marks:
        return float(digits)
    groups = re.split(r"[.,]", digits)
    is_grouped = len(set(marks)) == 1 and groups[0] != "0" and all(len(group) == 3 for group in groups[1:])  # noqa: PLR2004
    if is_grouped or (len(set(marks)) == 1 and len(marks) > 1):
        return float("".join(groups))
    return float("".join(groups[:-1]) + "." + groups[-1])
