"""How likely it is that the best paragraph found answers the question; below the bar, nothing is said.

A logistic curve over two figures of the best hit, fitted on development questions and kept in `calibration.toml`.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from embeddings.retriever import Hit


@dataclass(frozen=True, slots=True)
class Calibration:
    """Coefficients of the curve.

    Attributes:
        bias: Constant.
        similarity: Weight of the cosine of question and passage.
        coverage: Weight of the share of the question's information in the paragraph's words.
        threshold: Probability from which an answer is given.
        coverage_in_rank: How much coverage counts against cosine when paragraphs are ordered.
    """

    bias: float
    similarity: float
    coverage: float
    threshold: float
    coverage_in_rank: float


@lru_cache(maxsize=1)
def calibration() -> Calibration:
    """Read the shipped calibration."""
    table = tomllib.loads(Path(__file__).with_name("calibration.toml").read_text(encoding="utf-8"))
    return Calibration(**table)


def confidence(hit: Hit | None) -> float:
    """Return the probability in [0, 1] that a hit answers the question it was found for; 0 without one."""
    if hit is None:
        return 0.0
    fit = calibration()
    return 1 / (1 + math.exp(-(fit.bias + fit.similarity * hit.similarity + fit.coverage * hit.coverage)))


def relevance(hit: Hit) -> float:
    """Return what paragraphs are ordered by, higher is better."""
    return hit.similarity + calibration().coverage_in_rank * hit.coverage


def best_first(hits: Sequence[Hit], favoured: Sequence[str] = ()) -> list[Hit]:
    """Order hits by relevance, those of the documents that the question names first among equals.

    Args:
        hits: As found.
        favoured: Ids of documents the question calls by name.
    """
    names = set(favoured)
    return sorted(
        hits, key=lambda hit: (-relevance(hit) - (_NAMED if hit.passage.paragraph.document in names else 0), hit.rank)
    )


_NAMED = 0.15
