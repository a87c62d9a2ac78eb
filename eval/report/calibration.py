"""What a calibration is worth on questions that it was not fitted to, as tables."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from rich.console import Console
from rich.table import Table

from app.chain.calibration import Calibration
from app.claims.verdict import Calibration as ClaimCalibration
from eval.calibrate import Judged
from eval.calibrate_claims import Judged as JudgedClaim
from eval.calibrate_claims import summary
from eval.metrics.refusal import auroc

_BINS = np.linspace(0, 1, 6)


def print_calibration(console: Console, judged: Sequence[Judged], fit: Calibration) -> None:
    """Print how well confidence holds, by library and language, and how often each level of it is right.

    Args:
        console: To print on.
        judged: Questions judged by figures not fitted to their family.
        fit: The figures fitted to all of them.
    """
    table = Table("library", "language", "n", "first right", "AUROC", "answered", "wrongly", title="Cross-validated")
    for library, language, inside in _slices(judged):
        table.add_row(library, language, str(len(inside)), *(f"{value:.3f}" for value in _figures(inside, fit)))
    console.print(table)
    bins = Table("confidence", "questions", "mean", "right", title="Reliability")
    for low, high in itertools.pairwise(_BINS):
        inside = [j for j in judged if low <= j.confidence < high or (high == 1 and j.confidence == 1)]
        if inside:
            mean = np.mean([j.confidence for j in inside])
            bins.add_row(f"{low:.1f} to {high:.1f}", str(len(inside)), f"{mean:.2f}", f"{np.mean(_right(inside)):.2f}")
    console.print(bins)
    console.print(f"threshold {fit.threshold:.3f}, bias {fit.bias:.2f}")
    for name in ("relevance", "reading", "confidence", "languages"):
        console.print(f"{name}: " + ", ".join(f"{key} {value:.3f}" for key, value in getattr(fit, name).items()))


def print_claims(console: Console, judged: Sequence[JudgedClaim], fit: ClaimCalibration) -> None:
    """Print how well verdicts hold, by library and language, and the curves.

    Args:
        console: To print on.
        judged: Claims judged by curves not fitted to their family.
        fit: The figures fitted to all of them.
    """
    table = Table("claims", "n", "macro-F1", "contradicted called supported", title="Cross-validated")
    for name, count, f1, wrong in summary(judged):
        table.add_row(name, str(count), f"{f1:.3f}", f"{wrong:.3f}")
    console.print(table)
    for name, curve in (("support", fit.support), ("denial", fit.denial)):
        weights = ", ".join(f"{key} {value:.2f}" for key, value in curve.weights.items())
        console.print(f"{name}: threshold {curve.threshold:.2f}, bias {curve.bias:.2f}, {weights}")
    console.print(f"told: {fit.told:.2f}")


def _slices(judged: Sequence[Judged]) -> Iterator[tuple[str, str, list[Judged]]]:
    for library in sorted({j.sample.case.library for j in judged}):
        inside = [j for j in judged if j.sample.case.library == library]
        yield library, "all", inside
        for language in sorted({j.sample.case.language for j in inside}):
            yield library, language, [j for j in inside if j.sample.case.language == language]


def _figures(judged: Sequence[Judged], fit: Calibration) -> tuple[float, float, float, float]:
    answerable = np.array([j.sample.case.expected == "answer" for j in judged])
    chances = np.array([j.confidence for j in judged])
    answered = chances >= fit.threshold
    figures = np.column_stack([answerable, chances])
    right = np.array(_right(judged))
    return float(right[answerable].mean()), auroc(figures), _mean(answered[answerable]), _mean(answered[~answerable])


def _right(judged: Sequence[Judged]) -> list[bool]:
    return [j.first in j.sample.case.relevant for j in judged]


def _mean(values: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    return float(values.mean()) if len(values) else float("nan")
