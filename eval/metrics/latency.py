"""How long an answer takes, warm: absolute, and over one pass of the query encoder on the same machine."""

from __future__ import annotations

import numpy as np

from eval.metrics.metric import Figures, Metric


def median(figures: Figures) -> float:
    """Return the median of the first column."""
    return float(np.median(figures[:, 0]))


def percentile_95(figures: Figures) -> float:
    """Return the 95th percentile of the first column."""
    return float(np.percentile(figures[:, 0], 95))


METRICS = (
    Metric(
        "ask_p50_ms",
        "ask, median",
        "Wall-clock time of an answer.",
        ("ms",),
        task="question",
        statistic=median,
        better="lower",
        unit="ms",
        gated=False,  # a property of the machine
    ),
    Metric(
        "ask_p95_ms",
        "ask, 95th percentile",
        "Likewise, of the slow ones.",
        ("ms",),
        task="question",
        statistic=percentile_95,
        better="lower",
        unit="ms",
        gated=False,
    ),
    Metric(
        "ask_over_encoder",
        "ask, median over one encoder pass",
        "Time of an answer over the time that encoding its question takes.",
        ("encoder_passes",),
        task="question",
        statistic=median,
        better="lower",
        unit="times",
        gated=False,
    ),
)
