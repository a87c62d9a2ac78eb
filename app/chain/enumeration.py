"""Enumerations in a text: "combat, persecution and protection of victims". Each item is an exact span.

Told by commas and the conjunction before the last item; a clause that begins after a comma is no item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Passage

FEWEST_ITEMS = 3
LONGEST_ITEM_WORDS = 8

_AND = r"(?:and|or|as well as|y|e|o|u|así como|ou|bem como|et|ainsi que)"
_SEPARATOR = re.compile(rf"(?P<comma>,)\s+(?P<last>{_AND}\s+)?|\s+{_AND}\s+")
_OPENER = (
    r"(?:which|who|that|in which|especially|particularly|in particular|including|such as|inter alia|que|quien|cual|"
    r"especialmente|en particular|particularmente|incluid[oa]s?|incluyendo|tales como|sobre todo|o qual|em particular|"
    r"incluindo|tais como|sobretudo|qui|dont|notamment|en particulier|y compris|tels que|telles que)"
)
_SEAM = re.compile(rf"[;:()?!]|\.(?=\s|$)|(?:,\s+|\s+)(?={_OPENER}\b)", re.IGNORECASE)
_OPENING = re.compile(rf"\s*{_OPENER}\s+", re.IGNORECASE)
_VERBAL = re.compile(r"\w+(?:ing|ando|endo|iendo|indo)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words between separators, and what stands before them: nothing, a comma, `and`, or a comma and `and`."""

    start: int
    end: int
    before: str


def enumeration(passage: Passage) -> list[Passage]:
    """Return the items of the longest enumeration in a passage, each an exact span; empty where there is none.

    The first item has no mark at its start, so it is taken to be as long as those in the middle are on average.
    """
    text = passage.text
    runs = [run for start, end in _stretches(text) for run in _runs(text, _pieces(text, start, end))]
    best = max(runs, key=len, default=[])
    return [Passage(passage.paragraph, passage.start + start, passage.start + end) for start, end in best]


def enumeration_at(sentence: Passage, place: Passage) -> list[Passage]:
    """Return the enumeration of a sentence that reaches into a place of it; empty where there is none."""
    items = enumeration(sentence)
    overlap = sum(max(0, min(item.end, place.end) - max(item.start, place.start)) for item in items)
    return items if items and overlap * 2 >= min(place.end - place.start, items[-1].end - items[0].start) else []


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that no clause interrupts, without the words that open them."""
    start = 0
    for seam in [*_SEAM.finditer(text), None]:
        end = seam.start() if seam else len(text)
        opening = _OPENING.match(text, start, end)
        yield opening.end() if opening else start, end
        start = seam.end() if seam else end


def _pieces(text: str, start: int, end: int) -> list[_Piece]:
    pieces, before = [], ""
    for mark in [*_SEPARATOR.finditer(text, start, end), None]:
        stop = mark.start() if mark else end
        pieces.append(_Piece(start, stop, before))
        if mark:
            start, before = mark.end(), ("comma" if mark["comma"] else "") + ("" if mark["comma"] else "and")
            before += "and" if mark["last"] else ""
    return [_stripped(text, piece) for piece in pieces if text[piece.start : piece.end].strip()]


def _stripped(text: str, piece: _Piece) -> _Piece:
    said = text[piece.start : piece.end]
    start = piece.start + len(said) - len(said.lstrip())
    return _Piece(start, start + len(said.strip()), piece.before)


def _runs(text: str, pieces: Sequence[_Piece]) -> Iterator[list[tuple[int, int]]]:
    """Yield the enumerations of a stretch: each ends in the item after "and", by preference after a comma and "and"."""
    closed_by = "commaand" if any(piece.before == "commaand" for piece in pieces) else "and"
    for last, piece in enumerate(pieces):
        if piece.before != closed_by:
            continue
        items = [(piece.start, piece.end)]
        end = pieces[last - 1].end if last else 0
        for earlier in reversed(pieces[:last]):
            if earlier.before == "and" and closed_by == "commaand":  # "peace and security, trade, and health"
                continue
            items.append((earlier.start, end))
            if earlier.before != "comma" or _is_long(text, earlier.start, end) or _turns(text, items):
                break
            end = pieces[pieces.index(earlier) - 1].end
        items.reverse()
        if len(items) >= FEWEST_ITEMS and not any(_is_long(text, *item) for item in items[1:]):
            yield [_trimmed_first(text, items), *items[1:]]


def _is_long(text: str, start: int, end: int) -> bool:
    return text.count(" ", start, end) >= LONGEST_ITEM_WORDS


def _turns(text: str, items: Sequence[tuple[int, int]]) -> bool:
    """Whether the earliest of some items, last first, is a verb's clause while those after it are not."""
    verbal = [bool(_VERBAL.match(text, start)) for start, _ in items]
    return verbal[-1] and not all(verbal)


def _trimmed_first(text: str, items: Sequence[tuple[int, int]]) -> tuple[int, int]:
    start, end = items[0]
    middle = items[1:-1]
    mean = round(sum(text.count(" ", a, b) + 1 for a, b in middle) / len(middle))
    spoken = list(re.finditer(r"\S+", text[start:end]))
    return start + spoken[-min(mean, len(spoken))].start(), end
