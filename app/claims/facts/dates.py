"""Dates in four languages: days, months of a year, years. Month names are Unicode CLDR's, through babel."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale

from app.claims.facts.fact import Fact
from app.claims.facts.numerals import LANGUAGES, Digital

Day = tuple[int | None, int | None, int | None]
_ORDINAL = r"(?:st|nd|rd|th|er|re|º|ª|°|o)?"
_LINK = r"(?:\s*,\s*|\s+(?:of|de|del|do)\s+|\s+)"
_YEAR = r"(?P<y>1[89]\d\d|20\d\d)"
_DAY = r"(?P<d>0?[1-9]|[12]\d|3[01])"


def find_dates(text: Digital, language: str) -> list[Fact]:
    """Return the dates of a text in digits, in order; a year alone is one.

    Args:
        text: Of `in_digits`.
        language: Its language.
    """
    found: list[Fact] = []
    taken: list[tuple[int, int]] = []
    for pattern in _patterns(language if language in LANGUAGES else "en"):
        for match in pattern.finditer(text.text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            start, end = text.span(*match.span())
            found.append(Fact("date", _value(match, language), start, end, match[0]))
    return sorted(found, key=lambda fact: fact.start)


def dates_agree(one: Day, other: Day) -> bool:
    """Whether two dates can be the same day: what both say is equal, and they both say something.

    Examples:
        >>> dates_agree((2024, 3, 1), (2024, 3, None)), dates_agree((2024, None, None), (2023, None, None))
        (True, False)
    """
    shared = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    return bool(shared) and all(a == b for a, b in shared)


def dates_compare(one: Day, other: Day) -> bool:
    """Whether two dates say something of the same kind, so that they can differ."""
    return any(a is not None and b is not None for a, b in zip(one, other, strict=True))


def _value(match: re.Match[str], language: str) -> Day:
    groups = match.groupdict()
    month = groups.get("m")
    number = int(month) if month and month.isdigit() else _months(language).get((month or "").lower().rstrip("."))
    return (_whole(groups.get("y")), number, _whole(groups.get("d")))


def _whole(digits: str | None) -> int | None:
    return int(digits) if digits else None


@lru_cache(maxsize=8)
def _months(language: str) -> dict[str, int]:
    names: dict[str, int] = {}
    calendar = Locale(language if language in LANGUAGES else "en").months["format"]
    for width in ("abbreviated", "wide"):
        names |= {name.lower().rstrip("."): number for number, name in calendar[width].items()}
    return names


@lru_cache(maxsize=8)
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """Return patterns, the fullest date first."""
    names = sorted(_months(language), key=len, reverse=True)
    month = rf"(?P<m>{'|'.join(re.escape(name) for name in names)})(?:\.(?=\s*\d))?"
    ways = (
        rf"(?<!\d){_YEAR}-(?P<m>0[1-9]|1[0-2])-{_DAY}(?!\d)",
        rf"(?<![\d.,]){_DAY}{_ORDINAL}{_LINK}{month}(?:{_LINK}{_YEAR}(?!\d))?(?!\w)",
        rf"(?<!\w){month}\s*{_DAY}{_ORDINAL}(?![\d%])(?:{_LINK}{_YEAR}(?!\d))?",
        rf"(?<!\w){month}{_LINK}{_YEAR}(?!\d)",
        rf"(?<![\d.,/$€]){_YEAR}(?![\d%]|[.,]\d)",
    )
    return tuple(re.compile(way, re.IGNORECASE) for way in ways)
