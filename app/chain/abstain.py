"""How likely it is that the best paragraph found answers the question; below the bar, nothing is said.

A logistic curve over two figures of the best hit, fitted on development questions by `eval.calibrate` and kept in
`calibration.toml`.
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
        lift: Weight of how far the paragraph's closeness stands out from the library's.
        coverage: Weight of the share of the question's information in the paragraph's words.
        threshold: Probability from which an answer is given.
    """

    bias: float
    lift: float
    coverage: float
    threshold: float


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
    return 1 / (1 + math.exp(-(fit.bias + fit.lift * lift(hit) + fit.coverage * hit.coverage)))


def lift(hit: Hit) -> float:
    """Return how far a paragraph's closeness to the question stands out from the library's, about -1 to 1."""
    return _closeness(hit) - hit.background


def relevance(hit: Hit) -> float:
    """Return what paragraphs are ordered by, higher is better."""
    return _closeness(hit) + _COVERAGE_IN_RANK * hit.coverage


def _closeness(hit: Hit) -> float:
    """Return the cosine of the best passage, with that of the whole paragraph at half its weight."""
    return (hit.similarity + _WHOLE * hit.whole) / (1 + _WHOLE)


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
_WHOLE = 0.5
_COVERAGE_IN_RANK = 0.4
