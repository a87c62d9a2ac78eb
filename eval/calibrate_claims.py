"""Fits the two curves of claim verdicts to development claims, and says how well they hold elsewhere.

Each curve is a logistic regression over the paragraphs held against a claim: that a paragraph supports it, that it
contradicts it. The thresholds are those of the best macro-F1 when every claim is judged by curves fitted to other
families, among those that call no more contradicted claims supported than allowed, or as few as can be.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.claims.check import ClaimChecker
from app.claims.evidence import Assessment
from app.claims.verdict import UNREAD, Calibration, Curve, Entailed, figures, judge, whole_verdict
from app.schemas import ClaimVerdict
from eval.dataset import ClaimCase
from eval.fitting import Figures, even, logistic_curve

FOLDS = 6
SEED = 20240301
VERDICTS: tuple[ClaimVerdict, ...] = ("supported", "contradicted", "partly_supported", "not_found")
MOST_WRONGLY_SUPPORTED = 0.05
_LEVELS = tuple(np.arange(0.2, 0.91, 0.1).round(2).tolist())
_TOLD = (0.2, 0.35, 0.5, 0.7, 0.9)

Part = tuple[Sequence[Assessment], Sequence[Entailed] | None]


@dataclass(frozen=True, slots=True)
class Sample:
    """A development claim and the paragraphs held against each part of it."""

    case: ClaimCase
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim judged by curves that were not fitted to its family."""

    case: ClaimCase
    verdict: ClaimVerdict


def samples_of(cases: Iterable[ClaimCase], checker: ClaimChecker) -> Iterator[Sample]:
    """Yield a sample of each claim that is not about a paragraph by its number: these have rules of their own."""
    for case in cases:
        parts = tuple(checker.readings(case.claim))
        if parts:
            yield Sample(case, parts)


def fit(samples: Sequence[Sample], start: Calibration) -> tuple[Calibration, list[Judged]]:
    """Fit the curves and their thresholds.

    Args:
        samples: Development claims.
        start: Names of the values to weigh; its weights do not matter.

    Returns:
        The figures fitted to all, and every claim judged by curves fitted to the other families.
    """
    folds = list(_folds(samples, start))
    choices = []
    for support, denial, told in itertools.product(_LEVELS, _LEVELS, _TOLD):
        judged = _judged(folds, support, denial, told)
        excess = max(_wrongly_supported(judged), MOST_WRONGLY_SUPPORTED)
        choices.append((-excess, _macro_f1(judged), support, denial, told, judged))
    *_, support, denial, told, judged = max(choices, key=lambda choice: choice[:5])
    return _at(fit_curves(samples, start), support, denial, told), judged


def fit_curves(samples: Sequence[Sample], start: Calibration) -> Calibration:
    """Fit both curves to claims of one part; the thresholds stay as they are."""
    return replace(
        start,
        support=_curve(samples, start.support, "supported"),
        denial=_curve(samples, start.denial, "contradicted"),
    )


def _curve(samples: Sequence[Sample], start: Curve, verdict: ClaimVerdict) -> Curve:
    """Fit the curve of one verdict: its right paragraphs against those of claims of any other verdict."""
    rows, answers, groups = [], [], []
    for sample in samples:
        if len(sample.parts) != 1 or sample.case.verdict == "partly_supported":
            continue
        assessments, entailed = sample.parts[0]
        for item, model in zip(assessments, entailed or [UNREAD] * len(assessments), strict=True):
            is_right = item.paragraph.key in sample.case.relevant
            if sample.case.verdict == verdict and not is_right:
                continue  # other paragraphs may say it too
            rows.append(figures(item, model))
            answers.append(float(sample.case.verdict == verdict))
            groups.append((sample.case.library, sample.case.verdict))
    weights, bias = logistic_curve(rows, list(start.weights), np.array(answers), even(groups))
    return Curve(bias, start.threshold, weights)


def _folds(samples: Sequence[Sample], start: Calibration) -> Iterator[tuple[Calibration, list[Sample]]]:
    families = sorted({sample.case.family for sample in samples})
    order = np.random.default_rng(SEED).permutation(len(families))
    fold = {families[place]: number % FOLDS for number, place in enumerate(order)}
    for number in range(min(FOLDS, len(families))):
        curves = fit_curves([s for s in samples if fold[s.case.family] != number], start)
        yield curves, [s for s in samples if fold[s.case.family] == number]


def _at(curves: Calibration, support: float, denial: float, told: float) -> Calibration:
    return Calibration(replace(curves.support, threshold=support), replace(curves.denial, threshold=denial), told)


def _judged(
    folds: Iterable[tuple[Calibration, Sequence[Sample]]], support: float, denial: float, told: float
) -> list[Judged]:
    found = []
    for curves, samples in folds:
        at = _at(curves, support, denial, told)
        for sample in samples:
            parts = [judge(items, entailed, fit=at).verdict for items, entailed in sample.parts]
            found.append(Judged(sample.case, whole_verdict(parts)))
    return found


def _macro_f1(judged: Sequence[Judged]) -> float:
    """Return the mean over libraries of the mean F1 over the verdicts that occur."""
    libraries = sorted({one.case.library for one in judged})
    return float(np.mean([np.mean(_f1(inside)) for x in libraries if (inside := _inside(judged, x))]))


def _inside(judged: Sequence[Judged], library: str) -> list[Judged]:
    return [one for one in judged if one.case.library == library]


def _f1(judged: Sequence[Judged]) -> Figures:
    right = np.array([VERDICTS.index(one.case.verdict) for one in judged])
    given = np.array([VERDICTS.index(one.verdict) for one in judged])
    values = []
    for number in sorted(set(right.tolist())):
        both = ((right == number) & (given == number)).sum()
        values.append(2 * both / max(1, (right == number).sum() + (given == number).sum()))
    return np.array(values)


def _wrongly_supported(judged: Sequence[Judged]) -> float:
    contradicted = [one for one in judged if one.case.verdict == "contradicted"]
    return sum(one.verdict == "supported" for one in contradicted) / max(1, len(contradicted))


def summary(judged: Sequence[Judged]) -> Iterator[tuple[str, int, float, float]]:
    """Yield, for each library and language, the number of claims, macro-F1 and the share wrongly called supported."""
    slices = sorted({(one.case.library, language) for one in judged for language in ("all", one.case.language)})
    for library, language in slices:
        inside = [one for one in _inside(judged, library) if language in {"all", one.case.language}]
        yield f"{library} {language}", len(inside), float(np.mean(_f1(inside))), _wrongly_supported(inside)
