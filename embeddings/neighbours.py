"""Which vectors lie nearest to others: an exact scan of all of them. Chroma's graph (`store`) answers the same way."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors


class Neighbours(Protocol):
    """Finds the nearest of the vectors of an index, whose rows are numbered as they were added."""

    def nearest_to_each(self, vectors: Vectors, count: int) -> list[NDArray[np.int64]]:
        """Find the rows nearest to each of some vectors at one go.

        Args:
            vectors: (n, d) float32, unit norm.
            count: At most this many for each.

        Returns:
            Row numbers, best first, for each vector in order.
        """

    def close(self) -> None:
        """Let go of the files."""


class ExactScan:
    """Compares with every vector.

    Args:
        vectors: (n, d) float32, unit norm; may be memory-mapped.
    """

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    def nearest_to_each(self, vectors: Vectors, count: int) -> list[NDArray[np.int64]]:
        """Find the rows nearest to each of some vectors; see `Neighbours`. Equally near ones stand in row order."""
        return [highest(np.vecdot(self._vectors, vector), count) for vector in vectors]

    def close(self) -> None:
        """Hold on to nothing."""


def highest(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Return the positions of the highest scores, best first, equal ones in order.

    Args:
        scores: (n,) float32.
        count: At most this many.

    Examples:
        >>> highest(np.array([0.5, 0.9, 0.1, 0.9], dtype=np.float32), 3).tolist()
        [1, 3, 0]
    """
    if count < len(scores):
        worst = np.partition(scores, len(scores) - count)[len(scores) - count]
        among = np.flatnonzero(scores >= worst)
    else:
        among = np.arange(len(scores))
    return among[np.argsort(-scores[among], kind="stable")[:count]]
