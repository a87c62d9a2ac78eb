"""The cheapest way to turn a stretch of a text into a quotation, word by word (semi-global alignment).

Sellers (1980): the quotation is aligned whole, the text before and after its stretch is free. A place that the
quotation marks as left out may skip any number of the text's words at no cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from app.quotes.tokens import Token

_MOST_CELLS = 12_000_000
"""Cells of a table that is still filled; a larger one is aligned from end to end instead."""
_SAME, _CASE, _WORD, _MARK, _MIXED = 0, 1, 4, 2, 7
_DROP_WORD, _DROP_MARK = 4, 1

Pair = tuple[int | None, int | None]
"""Positions of a token of the text and of the quotation that stand for each other; None where one has none."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs in order, from the first token of the stretch to the last."""

    pairs: tuple[Pair, ...]

    @property
    def span(self) -> tuple[int, int]:
        """First token of the text and the one after the last; (0, 0) for none."""
        ours = [ours for ours, _ in self.pairs if ours is not None]
        return (ours[0], ours[-1] + 1) if ours else (0, 0)


def align(text: Sequence[Token], quoted: Sequence[Token]) -> Alignment:
    """Align a quotation with the stretch of a text that is nearest to it.

    Args:
        text: Tokens of a paragraph.
        quoted: Tokens of the quotation, gaps among them.
    """
    if not text or not quoted:
        return Alignment(tuple((None, at) for at in range(len(quoted))))
    if len(text) * len(quoted) > _MOST_CELLS:
        return Alignment(_trimmed(_end_to_end(text, quoted)))
    return Alignment(_trimmed(_trace(_table(text, quoted), text, quoted)))


def _drops(tokens: Sequence[Token]) -> NDArray[np.int32]:
    return np.array([_DROP_WORD if token.is_word else _DROP_MARK for token in tokens], dtype=np.int32)


def _substitutions(text: Sequence[Token], quoted: Sequence[Token]) -> list[NDArray[np.int32]]:
    """Return, for every token of the quotation, what each of the text costs in its place; equal forms share rows."""
    forms = np.array([hash(token.form) for token in text])
    folded = np.array([hash(token.folded) for token in text])
    words = np.array([token.is_word for token in text])
    rows: dict[str, NDArray[np.int32]] = {}
    for token in quoted:
        if token.form not in rows:
            other = np.where(words == token.is_word, _WORD if token.is_word else _MARK, _MIXED)
            cased = np.where(folded == hash(token.folded), _CASE, other)
            rows[token.form] = np.where(forms == hash(token.form), _SAME, cased).astype(np.int32)
    return [rows[token.form] for token in quoted]


def _table(text: Sequence[Token], quoted: Sequence[Token]) -> NDArray[np.int32]:
    drops = np.concatenate(([0], np.cumsum(_drops(text)))).astype(np.int32)
    costs = _drops(quoted)
    table = np.zeros((len(quoted) + 1, len(text) + 1), dtype=np.int32)
    for row, substitution in enumerate(_substitutions(text, quoted), start=1):
        above = table[row - 1]
        if quoted[row - 1].kind == "gap":
            table[row] = np.minimum.accumulate(above)
            continue
        best = above + costs[row - 1]
        np.minimum(best[1:], above[:-1] + substitution, out=best[1:])
        table[row] = np.minimum.accumulate(best - drops) + drops
    return table


def _trace(table: NDArray[np.int32], text: Sequence[Token], quoted: Sequence[Token]) -> list[Pair]:
    drops, costs = _drops(text), _drops(quoted)
    substitutions = _substitutions(text, quoted)
    row, at = len(quoted), int(np.argmin(table[-1]))
    pairs: list[Pair] = []
    while row > 0:
        here = int(table[row, at])
        if quoted[row - 1].kind == "gap":
            back = int(np.flatnonzero(table[row - 1, : at + 1] == here)[-1])
            pairs += [(skipped, row - 1) for skipped in range(at - 1, back - 1, -1)] or [(None, row - 1)]
            row, at = row - 1, back
        elif at > 0 and here == int(table[row - 1, at - 1]) + int(substitutions[row - 1][at - 1]):
            row, at = row - 1, at - 1
            pairs.append((at, row))
        elif here == int(table[row - 1, at]) + int(costs[row - 1]):
            row -= 1
            pairs.append((None, row))
        else:
            assert at > 0 and here == int(table[row, at - 1]) + int(drops[at - 1])  # noqa: S101, PT018 - how it was filled
            at -= 1
            pairs.append((at, None))
    return pairs[::-1]


def _end_to_end(text: Sequence[Token], quoted: Sequence[Token]) -> list[Pair]:
    pairs: list[Pair] = []
    steps = Levenshtein.opcodes([token.form for token in text], [token.form for token in quoted])
    for step in steps:
        ours, theirs = range(step.src_start, step.src_end), range(step.dest_start, step.dest_end)
        shared = min(len(ours), len(theirs))
        pairs += list(zip(ours[:shared], theirs[:shared], strict=True))
        pairs += [(at, None) for at in ours[shared:]] + [(None, at) for at in theirs[shared:]]
    return pairs


def _trimmed(pairs: list[Pair]) -> tuple[Pair, ...]:
    """Take off the text's tokens before and after the stretch that no token of the quotation stands for."""
    first = next((at for at, pair in enumerate(pairs) if pair[1] is not None), 0)
    last = next((at for at in range(len(pairs) - 1, -1, -1) if pairs[at][1] is not None), -1)
    return tuple(pairs[first : last + 1])
