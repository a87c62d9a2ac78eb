"""How much of what has to be said an answer shows: the gold nuggets found in its text and quotations."""

from __future__ import annotations

from statistics import fmean

from app.schemas import Answer
from eval.dataset import Expectation
from eval.metrics.metric import Metric

METRICS = (
    Metric(
        "nuggets",
        "answer coverage (nuggets)",
        "Share of the gold nuggets, a few of the text's own words each, that the answer shows; a refusal shows none.",
        ("nuggets",),
        task="question",
    ),
)


def score_nuggets(case: Expectation, answer: Answer) -> dict[str, float]:
    """Look for the nuggets of a case, letter case and white space aside."""
    if not case.nuggets:
        return {}
    shown = _plain(" ".join((answer.answer, *(c.quote for c in answer.citations)))) if answer.citations else ""
    return {"nuggets": fmean(any(_plain(n) in shown for n in nugget.split("|")) for nugget in case.nuggets)}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
