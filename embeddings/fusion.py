"""Reciprocal rank fusion (Cormack, Clarke & Buettcher, SIGIR 2009)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

RANK_CONSTANT = 60
"""The paper's k: how little the first rank stands out."""


def fuse(rankings: Sequence[Sequence[int]], weights: Sequence[float]) -> list[tuple[int, float]]:
    """Fuse rankings of the same items.

    Args:
        rankings: Item numbers, best first; an item may be missing from some.
        weights: How much each ranking counts.

    Returns:
        (item, score) best first, ties by item number. A score of 1 means first in every ranking.

    Examples:
        >>> fuse([[7, 8], [8]], [1.0, 1.0])[0][0]
        8
    """
    scores: dict[int, float] = {}
    top = sum(weights) / (RANK_CONSTANT + 1)
    for ranking, weight in zip(rankings, weights, strict=True):
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + weight / (RANK_CONSTANT + rank)
    return _sorted({item: score / top for item, score in scores.items()})


def _sorted(scores: Mapping[int, float]) -> list[tuple[int, float]]:
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
