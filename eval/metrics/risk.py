"""The risk-coverage curve: how often the product errs, if it answers only what it is surest of.

El-Yaniv and Wiener (2010). Risk of an answerable question is 1 if the first citation is wrong, of an unanswerable
one always 1, since no answer to it can be right.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eval.metrics.metric import Figures, Metric


def risk_coverage(figures: Figures) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return coverage and risk, both (n,), surest first.

    Args:
        figures: Columns confidence and error (1 is an error). Questions of equal confidence are answered together, so
            that the order of the cases does not matter.
    """
    order = np.argsort(-figures[:, 0], kind="stable")
    confidence, error = figures[order, 0], figures[order, 1]
    for level in np.unique(confidence):
        error[confidence == level] = error[confidence == level].mean()
    count = np.arange(1, len(figures) + 1)
    return count / len(figures), np.cumsum(error) / count


def area_under_risk_coverage(figures: Figures) -> float:
    """Return the mean risk over all coverages; 0 is perfect."""
    return float(risk_coverage(figures)[1].mean())


METRICS = (
    Metric(
        "aurc",
        "area under risk-coverage",
        "Mean rate of error over every share of the questions answered, surest first.",
        ("confidence", "error"),
        task="question",
        statistic=area_under_risk_coverage,
        better="lower",
    ),
)
