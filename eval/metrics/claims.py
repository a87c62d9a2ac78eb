"""Verdicts on claims: macro-F1, precision of each verdict, the error that matters most, and the evidence."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import numpy as np

from app.schemas import ClaimResult
from eval.dataset import ClaimCase, Verdict
from eval.metrics.citation import global_id
from eval.metrics.metric import Figures, Metric

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
_SUPPORTED, _CONTRADICTED = VERDICTS.index("supported"), VERDICTS.index("contradicted")
_COLUMNS = ("verdict_gold", "verdict")


def macro_f1(figures: Figures) -> float:
    """Return the mean F1 of the verdicts that occur in the cases (column 0: right verdict, column 1: given)."""
    scores = []
    for verdict in np.unique(figures[:, 0]):
        right = ((figures[:, 0] == verdict) & (figures[:, 1] == verdict)).sum()
        scores.append(2 * right / ((figures[:, 0] == verdict).sum() + (figures[:, 1] == verdict).sum()))
    return float(np.mean(scores))


def precision_of(verdict: int) -> Callable[[Figures], float]:
    """Return the statistic that is the precision of one verdict."""

    def precision(figures: Figures) -> float:
        given = figures[figures[:, 1] == verdict, 0]
        return float((given == verdict).mean()) if len(given) else float("nan")

    return precision


def contradicted_called_supported(figures: Figures) -> float:
    """Return the share of contradicted claims that were called supported."""
    given = figures[figures[:, 0] == _CONTRADICTED, 1]
    return float((given == _SUPPORTED).mean()) if len(given) else float("nan")


METRICS = (
    Metric(
        "claims_macro_f1",
        "claims: verdict macro-F1",
        "Mean over the four verdicts of the harmonic mean of precision and recall.",
        _COLUMNS,
        task="claim",
        statistic=macro_f1,
    ),
    *(
        Metric(
            f"claims_precision_{verdict}",
            f"claims: precision of '{verdict}'",
            "Share of these verdicts that were right.",
            _COLUMNS,
            task="claim",
            statistic=precision_of(index),
        )
        for index, verdict in enumerate(VERDICTS)
    ),
    Metric(
        "claims_contradicted_called_supported",
        "claims: contradicted called supported",
        "Share of contradicted claims that were called supported.",
        _COLUMNS,
        task="claim",
        statistic=contradicted_called_supported,
        better="lower",
    ),
    Metric(
        "claims_evidence",
        "claims: evidence paragraph right",
        "Share of claims with a verdict in the texts whose first evidence is a right paragraph.",
        ("evidence_right",),
        task="claim",
    ),
)


def score_claim(case: ClaimCase, result: ClaimResult) -> dict[str, float]:
    """Score one verdict and its evidence."""
    scores = {
        "verdict_gold": float(VERDICTS.index(case.verdict)),
        "verdict": float(VERDICTS.index(result.verdict)),
        "verdict_right": float(result.verdict == case.verdict),
        "confidence": result.confidence,
    }
    if case.gold:
        first = global_id(result.evidence[0]) if result.evidence else ""
        scores["evidence_right"] = float(first in case.relevant)
    return scores
