"""How good an encoder is on held-back data: finding the translation, and finding the paragraph that answers."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray


def translation_accuracy(foreign: NDArray[np.float32], english: NDArray[np.float32]) -> float:
    """Return the share of rows of `foreign` whose nearest row of `english` is their own (both of unit norm)."""
    return float((np.argmax(foreign @ english.T, axis=1) == np.arange(len(foreign))).mean())


def ndcg_at_k(ranking: Sequence[int], relevant: set[int], k: int = 10) -> float:
    """Return nDCG@k for binary relevance (Järvelin & Kekäläinen 2002), 0 to 1.

    >>> ndcg_at_k([3, 1], {3})
    1.0
    """
    gains = [1 / np.log2(rank + 2) for rank, item in enumerate(ranking[:k]) if item in relevant]
    ideal = sum(1 / np.log2(rank + 2) for rank in range(min(k, len(relevant))))
    return float(sum(gains) / ideal)


def recall_at_k(ranking: Sequence[int], relevant: set[int], k: int = 5) -> float:
    """Return the share of relevant items among the first k."""
    return len(relevant.intersection(ranking[:k])) / len(relevant)


def retrieval(rankings: Sequence[Sequence[int]], relevant: Sequence[int]) -> Mapping[str, float]:
    """Return mean nDCG@10 and Recall@5 where each question has one relevant passage."""
    pairs = list(zip(rankings, relevant, strict=True))
    return {
        "ndcg@10": float(np.mean([ndcg_at_k(ranking, {item}) for ranking, item in pairs])),
        "recall@5": float(np.mean([recall_at_k(ranking, {item}) for ranking, item in pairs])),
    }


def rank(questions: NDArray[np.float32], passages: NDArray[np.float32], *, k: int = 10) -> list[list[int]]:
    """Return the k best passages of each question by dot product, ties by number."""
    scores = questions @ passages.T
    return [list(np.lexsort((np.arange(len(row)), -row))[:k]) for row in scores]
