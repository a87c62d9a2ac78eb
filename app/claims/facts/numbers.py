"""Cardinal numbers and percentages, in digits or words, that are not part of a date or an ordinal."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.claims.facts.fact import Fact
from app.claims.facts.numerals import Digital, number_value

_NUMBER = re.compile(r"(?<![\w/.,-])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d\w])|(?<![\w/-])\d+(?:[.,]\d+)*(?![\d/])")

_PERCENT = re.compile(r"[ \u00a0\u202f]?%")


def find_numbers_in(text: Digital, taken: Sequence[Fact]) -> list[Fact]:
    """Return the numbers of a text in digits, in order.

    Args:
        text: Of `in_digits`.
        taken: Dates and ordinals found in it, whose digits are not numbers.
    """
    found = []
    for match in _NUMBER.finditer(text.text):
        percent = _PERCENT.match(text.text, match.end())
        start, end = text.span(match.start(), percent.end() if percent else match.end())
        if any(fact.start < end and start < fact.end for fact in taken):
            continue
        value = number_value(re.sub(r"\s", "", match[0]))
        found.append(Fact("percent" if percent else "number", value, start, end, match[0]))
    return found
