"""Which of the numbers at the start of blocks number the paragraphs.

The best chain through all candidates is found by dynamic programming: every number that follows its predecessor is
worth one, gaps, restarts and changes of style cost. So a year at a line wrap, a list inside a paragraph or a number
quoted from another text drops out, while a real gap stays a gap and a second list stays a second list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.marks import Mark

_GAP_BASE, _GAP_STEP, _GAP_MOST, _GAP_REACH = 0.3, 0.1, 1.5, 60
_STYLE_CHANGE = 0.6
_RESTART, _RESTART_UNDER_HEADING, _RESTART_IN_SENTENCE = 1.2, 0.3, 3.0
_RESTART_INSIDE = 1_000.0
_UNSURE, _SOFT_UNSURE, _ROMAN, _ARTICLE, _AFTER_OPEN = 0.8, 0.4, 0.7, 1.5, 0.9
_FLAT_ONES, _FLAT_SHARE = 3, 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block that begins with a number.

    Attributes:
        position: Index of the block.
        mark: The number.
        is_soft: It may be a line wrap.
        is_after_heading: A heading or rule stands directly before it, or before the paragraph that introduces it.
        is_in_sentence: The text before it ends with a colon, so it may number a list inside a paragraph.
        is_after_open: It may be a line wrap, and the line before it ends in the middle of a sentence.
    """

    position: int
    mark: Mark
    is_soft: bool = False
    is_after_heading: bool = False
    is_in_sentence: bool = False
    is_after_open: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A block that begins a numbered paragraph: the block's index, the number, and which list (from 1)."""

    position: int
    number: int
    part: int


@dataclass(frozen=True, slots=True)
class _State:
    score: float
    back: int | None
    part: int


def find_chain(candidates: Sequence[Candidate]) -> tuple[Link, ...]:
    """Choose the blocks that begin numbered paragraphs.

    Args:
        candidates: In reading order.

    Returns:
        Links in reading order; empty for a text that prints no numbers.
    """
    if is_flattened(candidates):
        ones = [c for c in candidates if c.mark.number == 1]
        return tuple(Link(c.position, number, 1) for number, c in enumerate(ones, start=1))
    states: list[_State] = []
    by_number: dict[tuple[str, int], int] = {}
    best: int | None = None
    for index, candidate in enumerate(candidates):
        state = _best_state(candidate, candidates, states, by_number, best)
        states.append(state)
        key = (candidate.mark.family, candidate.mark.number)
        if key not in by_number or state.score > states[by_number[key]].score:
            by_number[key] = index
        if best is None or state.score > states[best].score:
            best = index
    return _links(candidates, states, best)


def is_flattened(candidates: Sequence[Candidate]) -> bool:
    """Tell whether every number was turned into 1, as careless conversions of ordered lists do."""
    arabic = [c for c in candidates if c.mark.family == "arabic" and c.mark.is_sure]
    ones = sum(c.mark.number == 1 for c in arabic)
    return ones >= _FLAT_ONES and ones >= _FLAT_SHARE * len(arabic)


def _best_state(
    candidate: Candidate,
    candidates: Sequence[Candidate],
    states: Sequence[_State],
    by_number: dict[tuple[str, int], int],
    best: int | None,
) -> _State:
    mark = candidate.mark
    gain = _reward(candidate)
    options = [_State(gain - _gap_cost(mark.number), None, 1)]
    for step in range(1, min(mark.number, _GAP_REACH + 1)):
        index = by_number.get((mark.family, mark.number - step))
        if index is not None:
            change = _STYLE_CHANGE if candidates[index].mark.style != mark.style else 0.0
            before = states[index]
            options.append(_State(before.score + gain - _gap_cost(step) - change, index, before.part))
    if mark.number == 1 and best is not None:
        change = _STYLE_CHANGE if candidates[best].mark.family != mark.family else 0.0
        cost = _restart_cost(candidate, candidates[best]) + change
        options.append(_State(states[best].score + gain - cost, best, states[best].part + 1))
    return max(options, key=lambda state: state.score)


def _reward(candidate: Candidate) -> float:
    if candidate.mark.family == "roman":
        return _ROMAN
    if candidate.mark.is_sure and candidate.is_after_open:
        return _AFTER_OPEN
    if candidate.mark.is_sure:
        return _ARTICLE if candidate.mark.family == "article" else 1.0
    return _SOFT_UNSURE if candidate.is_soft else _UNSURE


def _gap_cost(step: int) -> float:
    return 0.0 if step <= 1 else min(_GAP_MOST, _GAP_BASE + _GAP_STEP * (step - 1))


def _restart_cost(candidate: Candidate, before: Candidate) -> float:
    if candidate.is_after_heading:
        return _RESTART_UNDER_HEADING
    if candidate.mark.family == "arabic" and before.mark.family != "arabic":
        return _RESTART_INSIDE  # numbers under an article, an ordinal or a roman number count inside it
    return _RESTART_IN_SENTENCE if candidate.is_in_sentence else _RESTART


def _links(candidates: Sequence[Candidate], states: Sequence[_State], end: int | None) -> tuple[Link, ...]:
    links: list[Link] = []
    while end is not None:
        candidate = candidates[end]
        links.append(Link(candidate.position, candidate.mark.number, states[end].part))
        end = states[end].back
    links.reverse()
    is_single = len(links) == 1
    if is_single and (links[0].number != 1 or not candidates_sure(candidates, links[0].position)):
        return ()
    return tuple(links)


def candidates_sure(candidates: Sequence[Candidate], position: int) -> bool:
    """Tell whether the candidate of that block is followed by what a paragraph begins with."""
    return any(c.position == position and c.mark.is_sure and not c.is_soft for c in candidates)
