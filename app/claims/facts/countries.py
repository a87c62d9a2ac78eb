"""Countries by name and by the name of their people, in four languages.

Names are Unicode CLDR's through babel, demonyms countryinfo's; a demonym of another language than English is found
through its translation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from app.claims.facts.fact import Fact
from app.claims.facts.numerals import LANGUAGES
from app.claims.facts.tokens import Token

Translate = Callable[[str, str], Sequence[tuple[str, float]]]
"""Gives English words for a lower-case word of a language, with probabilities."""
_SURE = 0.3
_SHORT = 2


def find_countries(text: str, tokens: Sequence[Token], language: str, translate: Translate | None = None) -> list[Fact]:
    """Return the countries a text names, in order; the value is the set of ISO 3166 codes a name may stand for.

    Args:
        text: Any text.
        tokens: Its tokens.
        language: Its language.
        translate: For demonyms of other languages than English.
    """
    code = language if language in LANGUAGES else "en"
    names = _names(code)
    found = [
        Fact("country", names[_key(match[0])], match.start(), match.end(), match[0])
        for match in _pattern(code).finditer(text)
    ]
    for place, token in enumerate(tokens):
        if not token.is_word or any(fact.start <= token.start < fact.end for fact in found):
            continue
        if place > 1 and token.text[0].isupper() and tokens[place - 1].text.istitle():
            continue  # part of a longer name: "Latin American"
        codes = _people(token.lower, code, translate)
        if codes:
            found.append(Fact("country", codes, token.start, token.end, token.text))
    return sorted(found, key=lambda fact: fact.start)


def _people(word: str, language: str, translate: Translate | None) -> frozenset[str]:
    demonyms = _demonyms()
    options = (
        [word] if language == "en" else [w for w, p in (translate(word, language) if translate else ()) if p >= _SURE]
    )
    for option in options:
        for form in (option, option.removesuffix("s")):
            if form in demonyms:
                return demonyms[form]
    return frozenset()


def _key(name: str) -> str:
    return re.sub(r"\s+", " ", name.replace("’", "'"))


@lru_cache(maxsize=8)
def _names(language: str) -> dict[str, frozenset[str]]:
    from babel import Locale

    names: defaultdict[str, set[str]] = defaultdict(set)
    for code, name in Locale(language).territories.items():
        if len(code) == _SHORT and code.isalpha():
            for form in _forms(name, language):
                names[form].add(code)
    if language == "en":
        for code, name in _english_names():
            names[name].add(code)
    return {name: frozenset(codes) for name, codes in names.items() if len(name) > _SHORT}


def _forms(name: str, language: str) -> set[str]:
    """Return the ways a CLDR name is written in running text: without brackets, signs and abbreviations spelt out."""
    plain = re.sub(r"\s*\(.*?\)", "", name).replace("’", "'")
    long = plain.replace("St. ", "Saint ")
    forms = {plain, long}
    if language == "en":
        forms |= {form.replace(" & ", joined) for form in (plain, long) for joined in (" and ", " and the ")}
    return forms


@lru_cache(maxsize=8)
def _pattern(language: str) -> re.Pattern[str]:
    names = "|".join(
        re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’]")
        for name in sorted(_names(language), key=lambda name: (-len(name), name))
    )
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)")


@lru_cache(maxsize=1)
def _english_names() -> tuple[tuple[str, str], ...]:
    return tuple((str(record["ISO"]["alpha2"]), str(record["name"])) for record in _records())


@lru_cache(maxsize=1)
def _demonyms() -> dict[str, frozenset[str]]:
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for record in _records():
        for people in str(record.get("demonym") or "").split(","):
            if " " not in people.strip() and people.strip():
                codes[people.strip().lower()].add(str(record["ISO"]["alpha2"]))
    return {people: frozenset(found) for people, found in codes.items()}


@lru_cache(maxsize=1)
def _records() -> tuple[Any, ...]:
    from countryinfo import CountryInfo

    return tuple(record for record in CountryInfo.all().values() if (record.get("ISO") or {}).get("alpha2"))
