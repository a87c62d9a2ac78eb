"""Whether one sentence is another one said again: shortened at its seams, translated, or reported. Nothing more.

Every word of the sentence that says something must be a word of the source, in its order, and nothing that governs or
limits those words may be left out. So a changed number, name, negation, modality, quantifier, actor or order cannot
align, and neither can a clause torn out of what it depends on. A faithful paraphrase may fail to align; a false
sentence should not succeed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from app.chain.units import Unit

FEWEST_WORDS = 2
"""Words of content that a sentence must share with its source."""
MOST_UNITS = 600
"""Longest source that is read."""
_HEAVY = frozenset({"content", "number", "operator", "speaker", "saying"})
_SEAMS = frozenset({"seam", "joining"})
_LONGEST_TURN = 4
CONDITIONS = frozenset(
    [
        "if",
        "unless",
        "except",
        "provided",
        "only",
        "subject",
        "condition",
        "si",
        "salvo",
        "excepto",
        "sujeto",
        "sujeta",
        "condición",
        "menos",
        "exceto",
        "sujeito",
        "sujeita",
        "condição",
        "caso",
        "sauf",
        "hormis",
        "condition",
        "réserve",
        "moins",
        "cas",
    ]
)
"""Words that limit what stands before them, in four languages; no sentence may stop in front of one."""

Turnable = Callable[[Unit, Unit], bool]
"""Whether a modifier of the source may change places with its noun, given the word of the sentence it stands for."""


def align(
    sentence: Sequence[Unit], source: Sequence[Unit], *, is_same_language: bool, may_turn: Turnable
) -> tuple[int, int] | None:
    """Find a sentence in a source.

    Args:
        sentence: What is said.
        source: What it should say again, from the start of a sentence of the text.
        is_same_language: Then prepositions must agree and the order is the same word for word.
        may_turn: Asked for neighbours that stand the other way round in another language.

    Returns:
        The first and last of the source's units that it took up, or None.
    """
    if len(source) > MOST_UNITS:
        return None
    said = _said(sentence, {"free", "joining", "seam", "mark"} | (set() if is_same_language else {"linking"}))
    turn = None if is_same_language else may_turn
    for opening in range(_longest_opening(said), -1, -1):
        found = _Alignment(said[opening:], source, turn).find()
        if found is not None:
            return found
    return None


@dataclass(frozen=True, slots=True)
class _Said:
    """A word of the sentence that has to be found.

    Attributes:
        unit: The word.
        is_joined: "and" stands before it.
        is_apart: "and" or a comma stands before it.
    """

    unit: Unit
    is_joined: bool
    is_apart: bool


def _said(sentence: Sequence[Unit], skipped: Collection[str]) -> list[_Said]:
    said = []
    between: set[str] = set()
    for unit in sentence:
        if unit.role in skipped:
            between.add(unit.role)
            continue
        said.append(_Said(unit, "joining" in between, bool(between & _SEAMS)))
        between = set()
    return said


def _longest_opening(said: Sequence[_Said]) -> int:
    """Return how many words at the start may be a report, as in "The leaders say that"."""
    length = 0
    while length < len(said) and said[length].unit.role in {"speaker", "saying", "person", "linking"}:
        length += 1
    return length


class _Alignment:
    """One search for a sentence, opening removed, in a source; remembers dead ends, so it is quick."""

    def __init__(self, said: Sequence[_Said], source: Sequence[Unit], may_turn: Turnable | None) -> None:
        self._said = said
        self._source = source
        self._may_turn = may_turn
        self._dead: set[tuple[int, int]] = set()

    def find(self) -> tuple[int, int] | None:
        if sum(word.unit.role == "content" for word in self._said) < FEWEST_WORDS:
            return None
        path = self._follow(0, -1)
        return (min(path), max(path)) if path else None

    def _follow(self, place: int, last: int) -> list[int] | None:
        """Return the positions of the words from `place` on, the words before it ending at `last`."""
        if place == len(self._said):
            return [] if self._may_end(last) else None
        if (place, last) in self._dead:
            return None
        for taken, positions in self._steps(place, last):
            rest = self._follow(place + taken, max(positions))
            if rest is not None:
                return [*positions, *rest]
        self._dead.add((place, last))
        return None

    def _steps(self, place: int, last: int) -> list[tuple[int, list[int]]]:
        """Return the ways to go on: how many words they take, and where these stand."""
        unit = self._said[place].unit
        steps: list[tuple[int, list[int]]] = []
        if unit.role in {"speaker", "person"} and last >= 0 and self._source[last].role == "person":
            steps.append((1, [last]))
        for position in range(last + 1, len(self._source)):
            other = self._source[position]
            is_speaker = unit.role in {"speaker", "person"} and other.role == "person"
            if (unit.keys & other.keys or is_speaker) and self._may_skip(last, position, self._said[place]):
                steps.append((1, [position]))
            steps += self._turns(place, last, position)
        return steps

    def _turns(self, place: int, last: int, position: int) -> list[tuple[int, list[int]]]:
        """Return the ways in which a noun and its modifiers at `position` stand the other way round."""
        if self._may_turn is None or last < 0 or self._source[position].role != "content":
            return []
        if not self._may_skip(last, position, self._said[place]):
            return []
        block = self._block(position)
        turns = []
        for size in range(2, len(block) + 1):
            places = block[:size]
            for order in ([places[-1], *places[:-1]], [*places[1:], places[0]]):
                words = [word.unit for word in self._said[place : place + size]]
                if len(words) == size and self._match(words, order):
                    turns.append((size, order))
        return turns

    def _match(self, words: Sequence[Unit], order: Sequence[int]) -> bool:
        if not all(w.role == "content" and w.keys & self._source[p].keys for w, p in zip(words, order, strict=True)):
            return False
        is_noun_first = order[0] == max(order)
        modifiers = (
            zip(words[1:], order[1:], strict=True) if is_noun_first else zip(words[:-1], order[:-1], strict=True)
        )
        return all(self._may_turn is not None and self._may_turn(w, self._source[p]) for w, p in modifiers)

    def _block(self, position: int) -> list[int]:
        """Return a run of words of content with nothing but commas and "and" between them."""
        block = []
        for place in range(position, len(self._source)):
            role = self._source[place].role
            if role == "content" and not self._source[place].is_name:
                block.append(place)
            elif role not in {"seam", "joining"}:
                break
            if len(block) == _LONGEST_TURN:
                break
        return block

    def _may_skip(self, last: int, position: int, word: _Said) -> bool:
        """Whether what stands between two words may be left out: nothing that matters, or whole items of a list."""
        between = [unit for unit in self._source[last + 1 : position] if unit.role not in {"free", "linking"}]
        if last < 0:
            return all(unit.role in {"person", "saying"} for unit in between)
        roles = {unit.role for unit in between}
        if (word.is_joined and not roles & _SEAMS) or ("joining" in roles and not word.is_apart):
            return False
        if not any(unit.role in _HEAVY for unit in between):
            return True
        return _is_items(between)

    def _may_end(self, last: int) -> bool:
        """Whether what follows may be left out: it begins at a seam and sets no condition."""
        rest = [unit for unit in self._source[last + 1 :] if unit.role != "free"]
        if not any(unit.role in _HEAVY for unit in rest):
            return True
        if rest[0].role not in _SEAMS or any(unit.word in CONDITIONS for unit in rest):
            return False
        first = next(unit for unit in rest if unit.role not in _SEAMS)
        return first.role != "operator"


def _is_items(between: Sequence[Unit]) -> bool:
    """Whether some words are one-word items of a list, with a seam before and after each."""
    roles = [unit.role for unit in between]
    if roles[0] not in _SEAMS or roles[-1] not in _SEAMS:
        return False
    return all(role in _SEAMS or (role == "content" and before in _SEAMS) for before, role in itertools.pairwise(roles))
