"""The report on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from eval.dataset import Language
from eval.metrics.metric import Metric
from eval.metrics.registry import ALL
from eval.record import Run
from eval.summary import Figure
from eval.uncertainty import Difference, difference

LANGUAGES: tuple[Language, ...] = ("en", "es", "pt", "fr")


def show(metric: Metric, value: float) -> str:
    """Return a figure as people read it."""
    match metric.unit:
        case "ms":
            return f"{value:.0f} ms"
        case "times":
            return f"{value:.2f}×"
        case "share":
            return f"{value:.3f}"


def print_figures(console: Console, run: Run, figures: Sequence[Figure], baseline: Run | None) -> None:
    """Print one table a library: each metric over all, by language, and against the baseline."""
    for library in sorted({figure.library for figure in figures}):
        table = Table(title=f"{run.name}: {library} ({run.split})", title_justify="left")
        for heading in ("metric", "all", "95 %", "n", *LANGUAGES, "baseline"):
            table.add_column(heading, justify="left" if heading == "metric" else "right", no_wrap=True)
        found = {(f.metric, f.language): f for f in figures if f.library == library and f.kind == "all"}
        for metric in ALL:
            figure = found.get((metric.name, "all"))
            if figure is None:
                continue
            by_language = (found.get((metric.name, language)) for language in LANGUAGES)
            table.add_row(
                metric.title,
                show(metric, figure.value),
                f"{show(metric, figure.low)}–{show(metric, figure.high)}",
                str(figure.count),
                *(show(metric, f.value) if f else "" for f in by_language),
                _change(metric, run, baseline, library),
            )
        console.print(table)
    for name, reason in run.skipped.items():
        console.print(f"left out {name}: {reason}")


def print_differences(console: Console, first: Run, second: Run) -> None:
    """Print the paired comparison of two runs, one table a library."""
    for library in sorted({row.library for row in first.rows} & {row.library for row in second.rows}):
        table = Table(title=f"{second.name} against {first.name}: {library}", title_justify="left")
        for heading in ("metric", "difference", "95 %", "p", "n"):
            table.add_column(heading, justify="left" if heading == "metric" else "right")
        for metric in ALL:
            change = _difference(metric, first, second, library)
            if change is not None:
                interval = f"{change.low:+.3f} to {change.high:+.3f}"
                table.add_row(
                    metric.title, f"{change.value:+.3f}", interval, f"{change.p_value:.3f}", str(change.count)
                )
        console.print(table)


def _change(metric: Metric, run: Run, baseline: Run | None, library: str) -> str:
    change = _difference(metric, baseline, run, library) if baseline else None
    if change is None:
        return ""
    is_beyond_noise = change.low > 0 or change.high < 0
    return f"{change.value:+.3f}{'*' if is_beyond_noise else ''}"


def _difference(metric: Metric, first: Run, second: Run, library: str) -> Difference | None:
    left, right = ([row for row in run.rows if row.library == library] for run in (first, second))
    return difference(metric, left, right)
