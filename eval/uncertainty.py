"""How much chance is in a figure: bootstrap intervals, and a paired test between two runs.

Rows of one family (one question in four languages, say) are drawn together, since they are not independent: the
cluster bootstrap of Davison and Hinkley (1997), section 3.8. Seeds are fixed, so a report can be made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.metrics.metric import Metric
from eval.record import Row, common_rows

RESAMPLES = 500
SEED = 20240301
_TAIL = 2.5
"""Percent cut off at each end of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval, over `count` rows."""

    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Difference:
    """How a run differs from another on the cases that both have.

    Attributes:
        value: Second minus first.
        low: Lower end of the 95 % interval of the paired bootstrap.
        high: Upper end.
        p_value: Two-sided, of the same bootstrap; at least 2 / (resamples + 1).
        count: Rows compared.
    """

    value: float
    low: float
    high: float
    p_value: float
    count: int


def estimate(metric: Metric, rows: Sequence[Row], *, resamples: int = RESAMPLES) -> Estimate | None:
    """Estimate a metric; None where no row counts or the rows cannot give the figure."""
    counted = metric.select(rows)
    figures = metric.figures(counted)
    if not counted or np.isnan(value := metric.statistic(figures)):
        return None
    drawn = [metric.statistic(figures[chosen]) for chosen in resample(counted, resamples=resamples)]
    low, high = _interval(drawn)
    return Estimate(value, low, high, len(counted))


def difference(
    metric: Metric, first: Sequence[Row], second: Sequence[Row], *, resamples: int = RESAMPLES
) -> Difference | None:
    """Compare two runs on the rows that both have; None where they have none in common."""
    left, right = common_rows(metric.select(first), metric.select(second))
    if not left:
        return None
    before, after = metric.figures(left), metric.figures(right)
    value = metric.statistic(after) - metric.statistic(before)
    if np.isnan(value):
        return None
    drawn = [
        metric.statistic(after[chosen]) - metric.statistic(before[chosen])
        for chosen in resample(left, resamples=resamples)
    ]
    kept = np.array([figure for figure in drawn if not np.isnan(figure)])
    tail = min((kept <= 0).sum(), (kept >= 0).sum())
    low, high = _interval(drawn)
    return Difference(value, low, high, min(1.0, 2 * (tail + 1) / (len(kept) + 1)), len(left))


def resample(rows: Sequence[Row], *, resamples: int = RESAMPLES) -> Iterator[NDArray[np.intp]]:
    """Yield indices of rows, families drawn with replacement."""
    places: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(row.family, []).append(place)
    clusters = [np.array(places[family], dtype=np.intp) for family in sorted(places)]
    random = np.random.default_rng(SEED)
    for _ in range(resamples):
        chosen = random.integers(len(clusters), size=len(clusters))
        yield np.concatenate([clusters[cluster] for cluster in chosen])


def _interval(drawn: Sequence[float]) -> tuple[float, float]:
    kept = [figure for figure in drawn if not np.isnan(figure)]
    if not kept:
        return float("nan"), float("nan")
    low, high = np.percentile(kept, (_TAIL, 100 - _TAIL))
    return float(low), float(high)
