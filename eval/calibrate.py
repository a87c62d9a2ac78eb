"""Fits the weights of relevance and confidence to the development questions, and says how well they hold elsewhere.

Relevance: a conditional logit over the candidates of each answerable question (McFadden, 1974); a second one over the
best of them weighs what reading them adds. Confidence: a logistic
regression of rightly found against unanswerable, each library and class with the same say, with a small shift per
language. What is reported comes from cross-validation: a family of questions is never judged by figures fitted to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from app.bootstrap import Services
from app.chain.abstain import best_first, probability, reading, relevance, signals, signs
from app.chain.calibration import Calibration
from app.chain.condense import condense
from app.chain.rank import READ, RelevanceReader, read
from embeddings.retriever import Hit
from eval.dataset import Language, QuestionCase
from eval.fitting import as_table, conditional_logit, even, logistic

FOLDS = 6
SEED = 20240301
_CLOSE = 10
"""Hits that are read, so that those first by any weights are among them."""
_SMOOTH = 5
"""Levels of 0.01 to each side."""
_PENALTY_CONFIDENCE = 1.0
_PENALTY_LANGUAGE = 8.0
"""Languages are pulled together harder than signs: each has a quarter of the questions."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A development question and what the search brought for it.

    Attributes:
        case: The question.
        hits: In the order of fusion, the first of them read where there is a reader.
        favoured: Documents that the question names.
        is_counting: Whether it asks how much or how many.
    """

    case: QuestionCase
    hits: tuple[Hit, ...]
    favoured: tuple[str, ...]
    is_counting: bool = False

    def is_right(self, hit: Hit) -> bool:
        """Whether a hit is a right paragraph."""
        return hit.passage.paragraph.key in self.case.relevant

    def ordered(self, weights: Calibration) -> list[Hit]:
        """Return the hits as the product orders them: the best by relevance, then those by reading."""
        unread = {hit.rank: replace(hit, answers=None) for hit in self.hits}
        order = best_first(list(unread.values()), weights, self.favoured)
        read = {hit.rank: hit for hit in self.hits}
        best = best_first([read[hit.rank] for hit in order[:READ]], weights, self.favoured)
        return [*best, *order[READ:]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A question judged by figures that were not fitted to its family."""

    sample: Sample
    first: str
    confidence: float


def samples_of(cases: Sequence[QuestionCase], services: Services, reader: RelevanceReader | None) -> Iterator[Sample]:
    """Yield a sample for each question that is searched for; greetings and paragraph numbers are not."""
    for case in cases:
        request = condense(case.question)
        if request.kind == "question" and not request.reference:
            found, mention = services.service.pipeline.search_evidence.candidates(request)
            hits = read(case.question, found.hits[:_CLOSE], reader) if reader else list(found.hits)
            if hits:
                yield Sample(case, tuple(hits), mention.documents, request.is_counting)


def fit(samples: Sequence[Sample], start: Calibration) -> Calibration:
    """Fit all weights and the threshold.

    Args:
        samples: Development questions.
        start: Names of the signals and signs to weigh; its weights do not matter.
    """
    weights = fit_weights(samples, start)
    return replace(weights, threshold=best_threshold(cross_validate(samples, start)))


def fit_weights(samples: Sequence[Sample], start: Calibration) -> Calibration:
    """Fit relevance, then confidence on the order it gives; the threshold stays as it is."""
    ordering = _fit_reading(samples, _fit_relevance(samples, start))
    return _fit_confidence(samples, ordering)


def cross_validate(samples: Sequence[Sample], start: Calibration, *, folds: int = FOLDS) -> list[Judged]:
    """Judge every sample by weights fitted to the other families."""
    families = sorted({sample.case.family for sample in samples})
    order = np.random.default_rng(SEED).permutation(len(families))
    fold = {families[place]: number % folds for number, place in enumerate(order)}
    judged = []
    for number in range(min(folds, len(families))):
        weights = fit_weights([s for s in samples if fold[s.case.family] != number], start)
        judged += [judge(s, weights) for s in samples if fold[s.case.family] == number]
    return judged


def judge(sample: Sample, weights: Calibration) -> Judged:
    """Order one sample's hits and say how sure the first is."""
    ordered = sample.ordered(weights)
    chance = probability(signs(ordered, weights, is_counting=sample.is_counting), weights, sample.case.language)
    return Judged(sample, ordered[0].passage.paragraph.key, chance)


def best_threshold(judged: Sequence[Judged]) -> float:
    """Return the confidence at which answered minus wrongly answered is highest, libraries counting alike.

    Youden's index, smoothed over neighbouring levels since few questions stand near any one of them.
    """
    levels = np.linspace(0.02, 0.98, 97)
    answerable = np.array([j.sample.case.expected == "answer" for j in judged])
    chances = np.array([j.confidence for j in judged])
    libraries = np.array([j.sample.case.library for j in judged])
    index = np.zeros(len(levels))
    for library in sorted(set(libraries)):
        inside = libraries == library
        index += [
            _share(chances[inside & answerable] >= level) - _share(chances[inside & ~answerable] >= level)
            for level in levels
        ]
    smooth = np.convolve(np.pad(index, _SMOOTH, mode="edge"), np.ones(2 * _SMOOTH + 1), mode="valid")
    return float(np.median(levels[smooth >= smooth.max() - 1e-9]))


def _fit_relevance(samples: Sequence[Sample], start: Calibration) -> Calibration:
    names = list(start.relevance)
    rows = [[(signals(hit), sample.is_right(hit)) for hit in sample.hits] for sample in samples]
    return replace(start, relevance=conditional_logit(rows, names))


def _fit_reading(samples: Sequence[Sample], start: Calibration) -> Calibration:
    """Fit what reading adds to relevance, over the paragraphs that would be read; unread samples change nothing."""
    if not any(hit.answers is not None for sample in samples for hit in sample.hits):
        return replace(start, reading={"relevance": 1.0, "answers": 0.0})
    rows = []
    for sample in samples:
        best = sample.ordered(replace(start, reading={"relevance": 1.0, "answers": 0.0}))[:READ]
        values = [{"relevance": relevance(hit, start), "answers": reading(hit)} for hit in best]
        rows.append([(value, sample.is_right(hit)) for value, hit in zip(values, best, strict=True)])
    return replace(start, reading=conditional_logit(rows, list(start.reading)))


def _fit_confidence(samples: Sequence[Sample], weights: Calibration) -> Calibration:
    """Fit the logistic curve; answerable questions with a wrong first paragraph tell neither way and are left out."""
    names = list(weights.confidence)
    languages = list(get_args(Language))
    rows, answers, groups, tongues = [], [], [], []
    for sample in samples:
        ordered = sample.ordered(weights)
        is_answer = sample.case.expected == "answer"
        if is_answer and ordered[0].passage.paragraph.key not in sample.case.relevant:
            continue
        rows.append(signs(ordered, weights, is_counting=sample.is_counting))
        answers.append(is_answer)
        groups.append((sample.case.library, is_answer))
        tongues.append([sample.case.language == language for language in languages])
    table = as_table(rows, names)
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    inputs = np.hstack([(table - middle) / spread, np.array(tongues, dtype=np.float64), np.ones((len(table), 1))])
    penalty = np.array([_PENALTY_CONFIDENCE] * len(names) + [_PENALTY_LANGUAGE] * len(languages) + [0.0])
    found = logistic(inputs, np.array(answers, dtype=np.float64), even(groups), penalty)
    slopes = found[: len(names)] / spread
    return replace(
        weights,
        confidence=dict(zip(names, slopes.tolist(), strict=True)),
        languages=dict(zip(languages, found[len(names) : -1].tolist(), strict=True)),
        bias=float(found[-1] - slopes @ middle),
    )


def _share(values: NDArray[np.bool_]) -> float:
    return float(values.mean()) if len(values) else 0.0
