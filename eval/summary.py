"""A run in figures: every metric with its interval, for each library, each language and each kind of case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from eval.dataset import Record
from eval.metrics.metric import Metric
from eval.metrics.registry import ALL
from eval.record import Row, Run
from eval.uncertainty import RESAMPLES, Estimate, estimate


class Figure(Record):
    """One metric over one slice of one run.

    Attributes:
        system: Name of the run.
        library: The library asked.
        language: One of the four, or "all".
        kind: Of case, or "all".
        metric: Its name.
        value: The figure.
        low: Lower end of its 95 % interval.
        high: Upper end.
        count: Rows that count.
    """

    system: str
    library: str
    language: str
    kind: str
    metric: str
    value: float
    low: float
    high: float
    count: int


def summarise(run: Run, metrics: Sequence[Metric] = ALL, *, resamples: int = RESAMPLES) -> tuple[Figure, ...]:
    """Compute every figure of a run that its rows can give."""
    return tuple(_figures(run, metrics, resamples))


def _figures(run: Run, metrics: Sequence[Metric], resamples: int) -> Iterator[Figure]:
    for library, language, kind, rows in slices(run.rows):
        for metric in metrics:
            found: Estimate | None = estimate(metric, rows, resamples=resamples)
            if found is None:
                continue
            yield Figure(
                system=run.name,
                library=library,
                language=language,
                kind=kind,
                metric=metric.name,
                value=found.value,
                low=found.low,
                high=found.high,
                count=found.count,
            )


def slices(rows: Iterable[Row]) -> Iterator[tuple[str, str, str, list[Row]]]:
    """Yield library, language, kind and the rows: all of a library first, then by language, then by kind."""
    every = list(rows)
    for library in sorted({row.library for row in every}):
        inside = [row for row in every if row.library == library]
        yield library, "all", "all", inside
        for language in sorted({row.language for row in inside}):
            yield library, language, "all", [row for row in inside if row.language == language]
        for kind in sorted({row.kind for row in inside}):
            yield library, "all", kind, [row for row in inside if row.kind == kind]
