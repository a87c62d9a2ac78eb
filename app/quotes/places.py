"""Where a quotation stands word for word: whole, in pieces with something left out between, or over a paragraph's end.

Everything found here has been compared character by character; nothing is decided by likeness.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.quotes.divisions import IsWord, same_words
from app.quotes.index import PassageIndex
from app.quotes.normalize import Canonical, canonical
from corpus.model import Paragraph

MOST_ROWS = 500
"""Paragraphs with the same words that are looked at where one is to be chosen."""
_BLOCKS, _MOST_SPLITS = 200, 50
_BEGINNING, _OPENING, _STARTS = 160, 24, 8
_SHORTEST_SPLICED = 3
_PRINTED = re.compile(r"(?:part\d+\.)?p(\d+)(?:\.([a-z0-9]+))*")
_HYPHENS = frozenset("-‐‑")
_INSIDE_NUMBERS = frozenset(".,–−:/'’")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a paragraph.

    Attributes:
        row: Of the paragraph in the index.
        start: Offset in its text.
        end: Offset just after.
    """

    row: int
    start: int
    end: int


class Places:
    """Finds the words of quotations in one index.

    Args:
        index: Of all paragraphs.
        dictionary: From a language to what tells its words, None where there is none.
        language_of: Language of a paragraph.
    """

    def __init__(
        self,
        index: PassageIndex,
        *,
        dictionary: Callable[[str], IsWord | None],
        language_of: Callable[[Paragraph], str],
    ) -> None:
        self._index = index
        self._dictionary = dictionary
        self._language_of = language_of

    def whole(self, text: str) -> Iterator[Place]:
        """Yield the first place of a text in every paragraph that has it, in the library's order."""
        needle = canonical(text)
        for row in self._index.holding(needle.folded):
            if place := next(self.inside(row, needle), None):
                yield place

    def inside(self, row: int, needle: Canonical, *, after: int = 0) -> Iterator[Place]:
        """Yield where one paragraph has a text, from an offset on."""
        paragraph = self._index.paragraphs[row]
        hay = canonical(paragraph.text)
        is_word = self._dictionary(self._language_of(paragraph))
        at = hay.folded.find(needle.folded)
        while at >= 0:
            end = at + len(needle.text)
            if _same_case(hay.text[at:end], needle.text) and same_words(hay, at, end, needle, is_word):
                first, last = hay.source_span(at, end)
                if first >= after and is_bounded(paragraph.text, first, last):
                    yield Place(row, first, last)
            at = hay.folded.find(needle.folded, at + 1)

    def in_order(self, pieces: Sequence[str]) -> list[Place] | None:
        """Return the tightest place of every piece, one after the other in one paragraph; None if there is none."""
        longest = max(pieces, key=len)
        needles = [canonical(piece) for piece in pieces]
        best: list[Place] | None = None
        for row in self._index.holding(canonical(longest).folded):
            for first in self.inside(row, needles[0]):
                chain = self._continue([first], needles[1:])
                if chain and (best is None or _extent(chain) < _extent(best)):
                    best = chain
        return best

    def over_paragraphs(self, pieces: Sequence[str]) -> list[Place] | None:
        """Return places of the pieces in the reading order of one document, over several paragraphs; None if none."""
        if any(len(piece.split()) < _SHORTEST_SPLICED for piece in pieces):
            return None
        found = [list(itertools.islice(self.whole(piece), MOST_ROWS)) for piece in pieces]
        chains = [chain for start in found[0] if (chain := self._later(start, found[1:]))]
        return min(chains, key=lambda chain: chain[-1].row - chain[0].row, default=None)

    def _later(self, start: Place, found: Sequence[Sequence[Place]]) -> list[Place] | None:
        """Return the next place of each piece after a first one, in the same document."""
        document = self._index.paragraphs[start.row].document
        chain = [start]
        for places in found:
            later = (place for place in places if (place.row, place.start) >= (chain[-1].row, chain[-1].end))
            following = next(later, None)
            if following is None or self._index.paragraphs[following.row].document != document:
                return None
            chain.append(following)
        return chain

    def anywhere(self, pieces: Sequence[str]) -> list[Place] | None:
        """Return the first place of every piece, wherever; None if one of them is nowhere."""
        found = [next(self.whole(piece), None) for piece in pieces]
        return [place for place in found if place is not None] if all(found) else None

    def across(self, text: str) -> list[Place] | None:
        """Return the neighbouring paragraphs that a text was copied from without a break; None if it was not."""
        for row in self._index.closest(canonical(text).folded[:_BEGINNING], limit=_STARTS):
            for first in range(max(0, row - 1), row + 1):
                if chain := self._run(text, first):
                    return chain
        return None

    def _run(self, text: str, row: int) -> list[Place] | None:
        """Match a text to the end of one paragraph, then whole paragraphs, then the beginning of one."""
        chain: list[Place] = []
        rest = text
        for _ in range(_BLOCKS):
            if not self._follows(row + 1, row):
                return None
            ended = (
                (place, tail)
                for head, tail in self._splits_before(rest, row + 1)
                for place in self.inside(row, canonical(head))
                if self._is_end(place) and not (chain and place.start)
            )
            place, rest = next(ended, (None, ""))
            if place is None:
                return None
            chain.append(place)
            row += 1
            last = next(self.inside(row, canonical(rest)), None)
            if last and last.start == 0:
                return [*chain, last]
        return None

    def _splits_before(self, text: str, row: int) -> Iterator[tuple[str, str]]:
        """Cut a text wherever the paragraph of a row may begin in it, leaving its printed number out."""
        paragraph = self._index.paragraphs[row]
        for at in itertools.islice(_find_loosely(text, paragraph.text[:_OPENING]), _MOST_SPLITS):
            head = text[:at].rstrip()
            mark = head.rsplit(None, 1)[-1] if head else ""
            if mark and mark.strip("-–—•()[].§¶").lower() == printed_mark(paragraph.id):
                head = head.removesuffix(mark).rstrip().removesuffix("-").rstrip()
            if head:
                yield head, text[at:]

    def _follows(self, row: int, before: int) -> bool:
        paragraphs = self._index.paragraphs
        return row < len(paragraphs) and paragraphs[row].document == paragraphs[before].document

    def _is_end(self, place: Place) -> bool:
        return not self._index.paragraphs[place.row].text[place.end :].strip(" .,;:")

    def _continue(self, chain: list[Place], needles: Sequence[Canonical]) -> list[Place] | None:
        for needle in needles:
            following = next(self.inside(chain[-1].row, needle, after=chain[-1].end), None)
            if following is None:
                return None
            chain.append(following)
        return chain


def is_bounded(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends between words, and inside no number or compound."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    has_sign = text[start].isdigit() and before[-1:] in set("-−") and before[:-1] in {"", " ", "("}
    return not (has_sign or _continues(before, text[start]) or _continues(after[::-1], text[end - 1]))


def _continues(outside: str, inner: str) -> bool:
    """Whether a word or number goes on over an edge.

    Args:
        outside: At most two characters beyond the edge, the nearer one last.
        inner: The character on this side.
    """
    if not outside or not inner.isalnum():
        return False
    near, far = outside[-1], outside[:-1]
    if near.isalnum():
        return near.isalpha() == inner.isalpha()
    if near in _HYPHENS:
        return far.isalnum()
    return inner.isdigit() and far.isdigit() and near in _INSIDE_NUMBERS


def _same_case(ours: str, theirs: str) -> bool:
    """Whether two texts have the same letters in the same case, the first letter aside."""
    if ours == theirs:
        return True
    first = next((at for at, char in enumerate(theirs) if char.isalpha()), 0)
    return ours[:first] == theirs[:first] and ours[first + 1 :] == theirs[first + 1 :]


def _extent(chain: Sequence[Place]) -> int:
    return chain[-1].end - chain[0].start


def printed_mark(paragraph_id: str) -> str:
    """Return the number or letter that a text prints before a paragraph; empty if it prints none.

    Examples:
        >>> printed_mark("p4"), printed_mark("p15.a"), printed_mark("pre1")
        ('4', 'a', '')
    """
    match = _PRINTED.fullmatch(paragraph_id)
    return (match[2] or match[1]) if match else ""


def _find_loosely(text: str, opening: str) -> Iterator[int]:
    """Yield where a text has an opening in comparable form, as offsets in the text."""
    hay, needle = canonical(text), canonical(opening).folded
    at = hay.folded.find(needle)
    while at >= 0:
        yield hay.spans[at][0]
        at = hay.folded.find(needle, at + 1)
