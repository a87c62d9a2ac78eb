"""The report as one HTML file that needs nothing else: tables and plots of one or more systems side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.metrics.registry import ALL
from eval.record import Run
from eval.report.plots import plot_languages, plot_latency, plot_reliability, plot_risk_coverage
from eval.report.table import LANGUAGES, show
from eval.summary import Figure

TEMPLATE = "report.html.jinja"


def render(runs: Sequence[Run], figures: Sequence[Figure]) -> str:
    """Return the page.

    Args:
        runs: The product first, then what it is compared with.
        figures: Of all the runs.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    libraries = sorted({figure.library for figure in figures})
    return environment.get_template(TEMPLATE).render(
        runs=runs,
        libraries=libraries,
        languages=LANGUAGES,
        metrics=ALL,
        show=show,
        figures={(f.system, f.library, f.language, f.kind, f.metric): f for f in figures},
        kinds={
            library: sorted({f.kind for f in figures if f.library == library and f.kind != "all"})
            for library in libraries
        },
        plots={library: _plots(runs, figures, library) for library in libraries},
    )


def _plots(runs: Sequence[Run], figures: Sequence[Figure], library: str) -> dict[str, str]:
    asked = [row for row in runs[0].rows if row.library == library and "answerable" in row.scores]
    if not asked:
        return {}
    return {
        "Right paragraph first, by language": plot_languages(figures, library),
        "Reliability of the confidence": plot_reliability(asked),
        "Risk and coverage": plot_risk_coverage(runs, library),
        "Time of an answer": plot_latency(runs, library),
    }
