"""Whether what an address gave can be the text: error pages and pages in another language come with status 200 too."""

from __future__ import annotations

import re
from collections import Counter

from corpus.adding import Reading
from corpus.catalogue import Entry
from corpus.errors import UnreadableError
from corpus.language import detect_language

_FEWEST_PARAGRAPHS = 3
_NUMBERED = re.compile(r"(?:part(?P<part>\d+)\.)?p(?P<number>\d+)")


def check_looks(reading: Reading, entry: Entry, language: str) -> None:
    """Refuse what cannot be the text of an entry.

    Raises:
        UnreadableError: It has far fewer paragraphs than the text, or is in another language.
    """
    numbered = most_numbered(reading)
    count = entry.paragraphs.count if entry.paragraphs else 0
    expected = count or (1 if entry.numbering in {"numbered", "mixed", "restarts"} else 0)
    if 2 * numbered < expected:
        raise UnreadableError(f"it has {numbered} numbered paragraphs where about {expected} are expected")
    if len(reading.cut.paragraphs) < _FEWEST_PARAGRAPHS:
        raise UnreadableError("it has hardly any text")
    found = detect_language(" ".join(p.text for p in reading.cut.paragraphs)[:20_000])
    if language in {"en", "es", "pt", "fr"} and found != language:
        raise UnreadableError(f"it is in {found} instead of {language}")


def most_numbered(reading: Reading) -> int:
    """Return the number of numbered paragraphs in the part that has most of them."""
    matches = (_NUMBERED.match(paragraph.id) for paragraph in reading.cut.paragraphs)
    numbers = {(match["part"], match["number"]) for match in matches if match is not None}
    return max(Counter(part for part, _ in numbers).values(), default=0)
