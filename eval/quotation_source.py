"""What makers of test quotations draw on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

MIN_WORDS = 14
"""Paragraphs shorter than this are left alone: an alteration of them would be another text."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a maker may draw on.

    Attributes:
        text: The paragraph, white space made plain.
        others: Paragraphs of the same library.
        following: The next paragraphs of the same document.
        number: The number printed before the paragraph; empty if none.
        random: Seeded for this paragraph and maker.
    """

    text: str
    others: Sequence[str]
    random: Random
    following: Sequence[str] = ()
    number: str = ""

    def fragment(self, low: int = 8, high: int = 28) -> list[str]:
        """Return some consecutive words."""
        words = self.text.split()
        size = min(len(words), self.random.randint(low, high))
        start = self.random.randint(0, len(words) - size)
        return words[start : start + size]


Maker = Callable[[Source], str | None]
"""Makes a quotation, or None where the paragraph does not lend itself to it."""


def around(text: str, start: int, end: int, replacement: str) -> str:
    """Return about ten words on each side of a replaced stretch, from word to word."""
    before, after = text[:start].split(" "), text[end:].split(" ")
    return " ".join(" ".join((*before[-10:-1], before[-1] + replacement + after[0], *after[1:11])).split())
