"""The report's plots, as SVG to be put into the page: glyphs are drawn, so no font or host is needed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from eval.dataset import Language
from eval.metrics.registry import ALL
from eval.metrics.risk import risk_coverage
from eval.record import Row, Run
from eval.summary import Figure

LANGUAGES: tuple[Language, ...] = ("en", "es", "pt", "fr")
BINS = 10


def draw(paint: Callable[[Any], None], *, width: float = 5.2, height: float = 3.6) -> str:
    """Return an `<svg>` element.

    Args:
        paint: Draws on the axes it is given.
        width: In inches.
        height: In inches.
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure as Canvas

    with rc_context({"svg.hashsalt": "celac-qa", "font.size": 9}):
        canvas = Canvas(figsize=(width, height), layout="constrained")
        paint(canvas.subplots())
        out = io.StringIO()
        canvas.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    svg = out.getvalue()
    return re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.DOTALL)


def plot_reliability(rows: Sequence[Row]) -> str:
    """Plot how often questions of a given confidence have an answer in the texts."""
    asked = [row.scores for row in rows if row.task == "question" and "answerable" in row.scores]
    confidence = np.array([scores["confidence"] for scores in asked])
    answerable = np.array([scores["answerable"] for scores in asked])
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    bins = [number for number in range(BINS) if (place == number).any()]

    def paint(axes: Any) -> None:  # noqa: ANN401 - matplotlib is typed in part
        axes.plot([0, 1], [0, 1], color="0.7", linestyle="--")
        axes.plot(
            [confidence[place == number].mean() for number in bins],
            [answerable[place == number].mean() for number in bins],
            marker="o",
        )
        axes.set(xlabel="confidence", ylabel="share answerable", xlim=(0, 1), ylim=(0, 1))

    return draw(paint)


def plot_risk_coverage(runs: Sequence[Run], library: str) -> str:
    """Plot the rate of error over the share of questions answered, one line a system."""

    def paint(axes: Any) -> None:  # noqa: ANN401 - matplotlib is typed in part
        for run in runs:
            figures = np.array(
                [
                    [row.scores["confidence"], row.scores["error"]]
                    for row in run.rows
                    if row.task == "question"
                    and row.library == library
                    and {"confidence", "error"} <= row.scores.keys()
                ]
            )
            if len(figures):
                axes.plot(*risk_coverage(figures), label=run.name)
        axes.set(xlabel="coverage", ylabel="risk", xlim=(0, 1), ylim=(0, 1))
        axes.legend(frameon=False)

    return draw(paint)


def plot_latency(runs: Sequence[Run], library: str) -> str:
    """Plot the distribution of the time of an answer, one line a system."""

    def paint(axes: Any) -> None:  # noqa: ANN401 - matplotlib is typed in part
        for run in runs:
            taken = sorted(r.scores["ms"] for r in run.rows if r.library == library and "ms" in r.scores)
            if taken:
                axes.plot(taken, np.arange(1, len(taken) + 1) / len(taken), label=run.name)
        axes.set(xlabel="milliseconds", ylabel="share of questions answered by then", xscale="log", ylim=(0, 1))
        axes.legend(frameon=False)

    return draw(paint)


def plot_languages(figures: Sequence[Figure], library: str, *, metric: str = "first_cited") -> str:
    """Plot a metric by language with its intervals, one group of bars a language."""
    title = next(known.title for known in ALL if known.name == metric)
    systems = list(dict.fromkeys(figure.system for figure in figures))
    found = {
        (f.system, f.language): f for f in figures if f.metric == metric and f.library == library and f.kind == "all"
    }

    def paint(axes: Any) -> None:  # noqa: ANN401 - matplotlib is typed in part
        width = 0.8 / max(len(systems), 1)
        for number, system in enumerate(systems):
            shown = [(place, found[system, lang]) for place, lang in enumerate(LANGUAGES) if (system, lang) in found]
            if not shown:
                continue
            values = np.array([figure.value for _, figure in shown])
            spread = [
                np.clip(values - [figure.low for _, figure in shown], 0, None),
                np.clip(np.array([figure.high for _, figure in shown]) - values, 0, None),
            ]
            axes.bar([p + number * width for p, _ in shown], values, width, yerr=spread, label=system, capsize=2)
        axes.set_xticks([place + width * (len(systems) - 1) / 2 for place in range(len(LANGUAGES))], LANGUAGES)
        axes.set(ylabel=title, ylim=(0, 1.05))
        axes.legend(frameon=False, loc="lower right")

    return draw(paint)
