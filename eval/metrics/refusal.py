"""Whether the product knows when the texts are silent: refusals, and the confidence that tells the two apart."""

from __future__ import annotations

import numpy as np
from scipy.stats import rankdata

from app.schemas import Answer
from eval.dataset import Expectation
from eval.metrics.metric import Figures, Metric

_COLUMNS = ("answerable", "answered")


def answered_when_answerable(figures: Figures) -> float:
    """Return the share of answerable questions (column 0) that were answered (column 1)."""
    return _share(figures[figures[:, 0] == 1, 1])


def answered_when_silent(figures: Figures) -> float:
    """Return the share of unanswerable questions that were answered."""
    return _share(figures[figures[:, 0] == 0, 1])


def refusal_precision(figures: Figures) -> float:
    """Return the share of refusals that were right."""
    return _share(1 - figures[figures[:, 1] == 0, 0])


def refusal_recall(figures: Figures) -> float:
    """Return the share of unanswerable questions that were refused."""
    return 1 - answered_when_silent(figures)


def auroc(figures: Figures) -> float:
    """Return the probability that an answerable question has the higher confidence; ties count half.

    Args:
        figures: Column 0 is 1 for answerable, column 1 the confidence.
    """
    positive = figures[:, 0] == 1
    n_positive, n_negative = int(positive.sum()), int((~positive).sum())
    if not n_positive or not n_negative:
        return float("nan")
    above = rankdata(figures[:, 1])[positive].sum() - n_positive * (n_positive + 1) / 2
    return float(above / (n_positive * n_negative))


METRICS = (
    Metric(
        "auroc",
        "answerable against unanswerable, AUROC",
        "How well confidence tells questions that the texts answer from those that they don't; 0.5 is chance.",
        ("answerable", "confidence"),
        task="question",
        statistic=auroc,
    ),
    Metric(
        "answered",
        "answerable questions answered",
        "Share of answerable questions that were answered, rightly or not.",
        _COLUMNS,
        task="question",
        statistic=answered_when_answerable,
    ),
    Metric(
        "wrongly_answered",
        "unanswerable questions answered",
        "Share of questions that the texts don't answer that were answered all the same.",
        _COLUMNS,
        task="question",
        statistic=answered_when_silent,
        better="lower",
    ),
    Metric(
        "refusal_precision",
        "refusal precision",
        "Share of refusals that were right.",
        _COLUMNS,
        task="question",
        statistic=refusal_precision,
    ),
    Metric(
        "refusal_recall",
        "refusal recall",
        "Share of unanswerable questions that were refused.",
        _COLUMNS,
        task="question",
        statistic=refusal_recall,
        gated=False,  # one minus `wrongly_answered`
    ),
)


def score_refusal(case: Expectation, answer: Answer) -> dict[str, float]:
    """Note what was expected, what came and how sure it was."""
    return {
        "answerable": float(case.expected == "answer"),
        "answered": float(answer.outcome == "answer"),
        "confidence": answer.confidence,
    }


def _share(values: Figures) -> float:
    return float(np.mean(values)) if len(values) else float("nan")
