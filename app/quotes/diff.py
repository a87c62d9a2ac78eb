"""What differs between a stretch of a text and a quotation of it, in words, and what kind of difference it is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.quotes.align import Alignment, Pair
from app.quotes.cues import Cues
from app.quotes.divisions import IsWord, same_words
from app.quotes.normalize import canonical, fold_case
from app.quotes.tokens import Token
from app.schemas import DiffKind, DiffOp


@dataclass(frozen=True, slots=True)
class _Step:
    name: Literal["equal", "gap", "other"]
    start: int
    end: int
    quoted: str


class Differ:
    """Writes word diffs against texts of one language."""

    def __init__(self, cues: Cues, is_word: IsWord | None) -> None:
        self._cues = cues
        self._is_word = is_word

    def diff(
        self, text: str, ours: Sequence[Token], quoted: str, theirs: Sequence[Token], alignment: Alignment
    ) -> tuple[DiffOp, ...]:
        """Return the steps from the text to the quotation, in order.

        Args:
            text: Of the paragraph.
            ours: Its tokens.
            quoted: The quotation.
            theirs: Its tokens.
            alignment: Of the two.
        """
        steps: list[_Step] = []
        for step in self._steps(text, ours, quoted, theirs, alignment):
            if steps and steps[-1].name == step.name == "equal":
                steps[-1] = replace(steps[-1], end=step.end)
            else:
                steps.append(step)
        return tuple(op for step in steps if (op := self._shape(text, step)))

    def kind(self, source: str, quoted: str) -> DiffKind:
        """Return what kind of difference two stretches make; an empty one is none."""
        ours, theirs = canonical(source), canonical(quoted)
        if ours.folded == theirs.folded:
            return "case" if ours.text != theirs.text else "punctuation"
        if not any(char.isalnum() for char in source + quoted):
            return "punctuation"
        changed = _changed(source, quoted)
        if any(self._cues.is_number(side) for side in changed):
            return "number"
        if any(self._cues.has_negation(side) for side in changed):
            return "negation"
        return "modal" if any(self._cues.modal.search(side) for side in changed) else "word"

    def _steps(
        self, text: str, ours: Sequence[Token], quoted: str, theirs: Sequence[Token], alignment: Alignment
    ) -> Iterator[_Step]:
        at = 0
        for name, group in itertools.groupby(alignment.pairs, lambda pair: _name(pair, ours, theirs)):
            pairs = list(group)
            mine = [ours[a] for a, _ in pairs if a is not None]
            pasted = [theirs[b] for _, b in pairs if b is not None]
            start, end = (mine[0].start, mine[-1].end) if mine else (at, at)
            said = quoted[pasted[0].start : pasted[-1].end] if pasted else ""
            is_same = name == "other" and self._is_layout(text[start:end], said)
            yield _Step("equal" if is_same else name, start, end, said)
            at = end

    def _is_layout(self, source: str, quoted: str) -> bool:
        """Whether two stretches have the same letters, divided into words by layout alone."""
        ours, theirs = canonical(source), canonical(quoted)
        is_same = bool(ours.text) and ours.text == theirs.text
        return is_same and same_words(ours, 0, len(ours.text), theirs, self._is_word)

    def _shape(self, text: str, step: _Step) -> DiffOp | None:
        source = text[step.start : step.end]
        if step.name == "equal":
            return DiffOp(op="equal", text=source)
        if step.name == "gap":
            return DiffOp(op="delete", source=source, kind="elision") if source else None
        op: Literal["replace", "delete", "insert"] = "replace"
        if not source or not step.quoted:
            op = "delete" if source else "insert"
        return DiffOp(op=op, source=source or None, quoted=step.quoted or None, kind=self.kind(source, step.quoted))


def _name(pair: Pair, ours: Sequence[Token], theirs: Sequence[Token]) -> Literal["equal", "gap", "other"]:
    a, b = pair
    if b is not None and theirs[b].kind == "gap":
        return "gap"
    if a is None or b is None:
        return "other"
    mine, pasted = ours[a].form, theirs[b].form
    is_opening = b == 0 or theirs[b - 1].kind == "gap"
    is_equal = mine == pasted or (is_opening and mine[1:] == pasted[1:] and ours[a].folded == theirs[b].folded)
    return "equal" if is_equal else "other"


def _changed(source: str, quoted: str) -> tuple[str, str]:
    """Return what each side has that the other has not, word by word."""
    ours, theirs = source.split(), quoted.split()
    mine, pasted = {fold_case(word) for word in ours}, {fold_case(word) for word in theirs}
    return (
        " ".join(word for word in ours if fold_case(word) not in pasted),
        " ".join(word for word in theirs if fold_case(word) not in mine),
    )
