"""What must not get worse: promises that hold always, and figures compared with the committed baseline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.errors import RunError
from eval.metrics.metric import Metric
from eval.metrics.registry import ALL
from eval.record import Row, Run
from eval.uncertainty import Difference, difference

BASELINE = Path(__file__).parent / "results" / "baseline.json"

PROMISES: Mapping[str, float] = {"quotations_exact": 1.0, "quotes_detected": 1.0}
"""Metrics that have one acceptable value, whatever the baseline says."""


@dataclass(frozen=True, slots=True)
class Violation:
    """Why a run does not pass. `difference` is None for a broken promise."""

    metric: Metric
    library: str
    value: float
    difference: Difference | None

    def __str__(self) -> str:
        where = f"{self.metric.title} ({self.library})"
        if self.difference is None:
            return f"{where} is {self.value:.3f}; it has to be {PROMISES[self.metric.name]:.3f}"
        change = self.difference
        return (
            f"{where} is {self.value:.3f}, {change.value:+.3f} against the baseline "
            f"[{change.low:+.3f}, {change.high:+.3f}], over {change.count} cases"
        )


def check(run: Run, baseline: Run | None, metrics: Sequence[Metric] = ALL) -> tuple[Violation, ...]:
    """Find what has become worse beyond noise, and promises that are broken.

    Args:
        run: The new one.
        baseline: The committed one; None checks promises alone.
        metrics: To look at.

    Raises:
        RunError: The two have no case in common, so nothing was compared.
    """
    if baseline is not None and not {row.id for row in run.rows} & {row.id for row in baseline.rows}:
        raise RunError("the run and the baseline have no case in common; run the split that the baseline has")
    return tuple(_violations(run, baseline, metrics))


def _violations(run: Run, baseline: Run | None, metrics: Sequence[Metric]) -> Iterator[Violation]:
    for library in sorted({row.library for row in run.rows}):
        rows = _inside(run, library)
        before = _inside(baseline, library) if baseline else []
        for metric in metrics:
            value = metric.estimate(rows)
            if metric.name in PROMISES and value < PROMISES[metric.name]:
                yield Violation(metric, library, value, None)
            elif metric.gated and (change := difference(metric, before, rows)) and is_regression(metric, change):
                yield Violation(metric, library, value, change)


def is_regression(metric: Metric, change: Difference) -> bool:
    """Whether the whole 95 % interval of a change lies on the bad side."""
    return change.high < 0 if metric.better == "higher" else change.low > 0


def _inside(run: Run, library: str) -> list[Row]:
    return [row for row in run.rows if row.library == library]
