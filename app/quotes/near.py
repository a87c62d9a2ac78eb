"""The passages nearest to a quotation that stands nowhere word for word, and how it differs from each.

Likeness decides here which passage is shown and whether one is near enough to speak of an altered quotation at all.
It never decides that a quotation is true.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from app.quotes.align import Alignment, align
from app.quotes.cues import cues
from app.quotes.diff import Differ
from app.quotes.divisions import IsWord
from app.quotes.index import PassageIndex
from app.quotes.normalize import canonical
from app.quotes.places import Place
from app.quotes.tokens import Token, tokenise
from app.schemas import DiffOp
from corpus.model import Paragraph

_CANDIDATES, _FEW = 8, 3
"""Paragraphs that are aligned with a quotation, and with each piece of a long one."""
_PIECE = 300
"""Tokens that are looked up at once; a longer quotation is looked up piece by piece."""
_MOST_PARTS = 120
_SHORTEST_PART = 5
_PART_SHARE = 0.6
"""Share of a part's words that a passage of its own has to have."""
CLOSE_SHARE = 0.5
"""Share of a quotation's words, in their order, from which it is an alteration of passages and not other words."""
_SHORTEST_RUN = 3
"""Words in a row that at least have to be the text's, unless letter by letter hardly anything differs."""
_HARDLY_DIFFERENT = 0.75


@dataclass(frozen=True, slots=True)
class Near:
    """A passage and how a quotation, or a part of one, differs from it.

    Attributes:
        place: The passage.
        diff: From the passage to the quotation.
        similarity: 0 to 1, letter by letter; below 1 wherever anything differs.
        shared: Number of the quotation's words that the passage has in the same order.
        run: The most of them in a row.
    """

    place: Place
    diff: tuple[DiffOp, ...]
    similarity: float
    shared: int
    run: int


@dataclass(frozen=True, slots=True)
class _Fit:
    row: int
    tokens: Sequence[Token]
    alignment: Alignment
    hits: tuple[bool, ...]
    """For each token of the quotation, whether it is a word that the passage has too."""

    @property
    def shared(self) -> int:
        return sum(self.hits)


class Nearest:
    """Finds near passages in one index.

    Args:
        index: Of all paragraphs.
        dictionary: From a language to what tells its words.
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

    def find(self, text: str, *, has_gaps: bool) -> list[Near]:
        """Return the passages that make a quotation up, in its order; more than one where it joins several.

        Args:
            text: Of the quotation.
            has_gaps: Whether an ellipsis in it marks a place left out.
        """
        tokens = tokenise(text, with_gaps=has_gaps)
        parts: list[tuple[int, int, int]] = []
        queue = [(at, min(at + _PIECE, len(tokens))) for at in range(0, len(tokens), _PIECE)]
        limit = _CANDIDATES if len(queue) == 1 else _FEW
        while queue and len(parts) < _MOST_PARTS:
            start, end = queue.pop(0)
            fit = self._fit(text, tokens[start:end], limit)
            if fit is None or not fit.shared:
                continue
            first, last = _densest(fit.hits)
            if parts and not _is_like(fit.hits[first:last], tokens[start + first : start + last]):
                continue
            parts.append((start + first, start + last, fit.row))
            queue += [(a, b) for a, b in ((start, start + first), (start + last, end)) if _is_part(tokens[a:b])]
        return [self._near(text, tokens[a:b], row) for a, b, row in _covering(sorted(parts), len(tokens))]

    def _fit(self, text: str, tokens: Sequence[Token], limit: int) -> _Fit | None:
        """Return the paragraph that has the most of some tokens."""
        if not tokens:
            return None
        folded = canonical(text[tokens[0].start : tokens[-1].end]).folded
        fits = [self._align(row, tokens) for row in self._index.closest(folded, limit=limit)]
        return max(fits, key=lambda fit: fit.shared, default=None)

    def _align(self, row: int, tokens: Sequence[Token]) -> _Fit:
        ours = tokenise(self._index.paragraphs[row].text)
        alignment = align(ours, tokens)
        hits = [False] * len(tokens)
        for a, b in alignment.pairs:
            if a is not None and b is not None and ours[a].is_word and ours[a].folded == tokens[b].folded:
                hits[b] = True
        return _Fit(row, ours, alignment, tuple(hits))

    def _near(self, text: str, tokens: Sequence[Token], row: int) -> Near:
        paragraph = self._index.paragraphs[row]
        language = self._language_of(paragraph)
        fit = self._align(row, tokens)
        first, last = fit.alignment.span
        place = Place(row, fit.tokens[first].start, fit.tokens[last - 1].end) if last else Place(row, 0, 0)
        differ = Differ(cues(language), self._dictionary(language))
        diff = differ.diff(paragraph.text, fit.tokens, text, tokens, fit.alignment)
        return Near(place, diff, _similarity(diff), fit.shared, _longest_run(fit.hits, tokens))


def is_close(found: Sequence[Near], text: str) -> bool:
    """Whether passages are near enough to a quotation to call it an alteration of them."""
    words = sum(token.is_word for token in tokenise(text))
    is_passage = any(near.run >= _SHORTEST_RUN or near.similarity >= _HARDLY_DIFFERENT for near in found)
    return is_passage and sum(near.shared for near in found) >= CLOSE_SHARE * words


def _words(tokens: Sequence[Token]) -> int:
    return sum(token.is_word for token in tokens)


def _is_like(hits: Sequence[bool], tokens: Sequence[Token]) -> bool:
    """Whether a stretch of a quotation is a part of its own: long enough, and most of its words are a passage's."""
    return _is_part(tokens) and sum(hits) > _PART_SHARE * _words(tokens)


def _is_part(tokens: Sequence[Token]) -> bool:
    return _words(tokens) >= _SHORTEST_PART


def _densest(hits: Sequence[bool]) -> tuple[int, int]:
    """Return the stretch with the most words found over those not found (Kadane)."""
    best, here, start, stretch = 0, 0, 0, (0, len(hits))
    for at, is_hit in enumerate(hits):
        if here <= 0:
            here, start = 0, at
        here += 1 if is_hit else -1
        if here > best:
            best, stretch = here, (start, at + 1)
    return stretch


def _covering(parts: Sequence[tuple[int, int, int]], length: int) -> list[tuple[int, int, int]]:
    """Widen parts so that together they hold every token: what is nobody's goes to the part before it."""
    joined: list[tuple[int, int, int]] = []
    for start, end, row in parts:
        if joined and joined[-1][2] == row:
            joined[-1] = (joined[-1][0], end, row)
        else:
            joined.append((start, end, row))
    if not joined:
        return []
    starts = [0, *(start for start, _, _ in joined[1:])]
    ends = [*(start for start, _, _ in joined[1:]), length]
    return [(start, end, row) for start, end, (_, _, row) in zip(starts, ends, joined, strict=True)]


def _longest_run(hits: Sequence[bool], tokens: Sequence[Token]) -> int:
    best = here = 0
    for is_hit, token in zip(hits, tokens, strict=True):
        if token.is_word:
            here = here + 1 if is_hit else 0
            best = max(best, here)
    return best


def _similarity(diff: Sequence[DiffOp]) -> float:
    """Return how much of both sides is the same, marked omissions aside."""
    counted = [step for step in diff if step.kind != "elision"]
    source = " ".join(step.text or step.source or "" for step in counted)
    quoted = " ".join(step.text or step.quoted or "" for step in counted)
    ratio = fuzz.ratio(source, quoted) / 100
    return round(ratio if all(step.op == "equal" for step in counted) else min(ratio, 0.999), 3)
