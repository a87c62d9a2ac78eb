"""In what order paragraphs answer, and how likely it is that the first one does; below the bar, nothing is said.

Relevance is a weighted mean of a paragraph's signals. The paragraphs first by it may be read beside the question, and
are then ordered by what the reading adds. Confidence is a logistic curve over how well the best paragraph fits and how
far it stands out. All weights are fitted to development questions and kept in `calibration.toml`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from statistics import fmean

from app.chain.calibration import Calibration
from app.chain.condense import Request
from app.chain.references import digits
from embeddings.retriever import Hit

_NAMED = 0.1
"""What a document that the question calls by name is ahead."""
_RIVALS = 4
"""Runners-up that the best paragraph is compared with."""
_ODDS = 20.0
"""Log-odds from the likeliest not to answer to the likeliest to."""


def signals(hit: Hit) -> dict[str, float]:
    """Return what the relevance of a paragraph is told from, each about 0 to 1, higher is better."""
    return {
        "similarity": hit.similarity,
        "whole": hit.whole,
        "topic": hit.topic,
        "topic_whole": hit.topic_whole,
        "coverage": hit.coverage,
        "lexical": hit.lexical,
    }


def relevance(hit: Hit, fit: Calibration) -> float:
    """Return what paragraphs are ordered by, about 0 to 1, higher is better."""
    values = signals(hit)
    return sum(weight * values[name] for name, weight in fit.relevance.items())


def rating(hit: Hit, fit: Calibration) -> float:
    """Return what paragraphs read beside the question are ordered by, about 0 to 1, higher is better."""
    if hit.answers is None:
        return relevance(hit, fit)
    return fit.reading["relevance"] * relevance(hit, fit) + fit.reading["answers"] * reading(hit)


def reading(hit: Hit) -> float:
    """Return how well a paragraph answers, as read, about 0 to 1; in the middle for one not read."""
    return 0.5 + (hit.answers or 0.0) / _ODDS


def best_first(hits: Sequence[Hit], fit: Calibration, favoured: Sequence[str] = ()) -> list[Hit]:
    """Order hits by relevance, those of the documents that the question names ahead of others as good.

    Hits that were read stand before those that were not.

    Args:
        hits: As found.
        fit: The weights.
        favoured: Ids of documents the question calls by name.
    """
    names = set(favoured)
    scores = {hit.rank: rating(hit, fit) + (_NAMED if hit.passage.paragraph.document in names else 0) for hit in hits}
    return sorted(hits, key=lambda hit: (hit.answers is None, -scores[hit.rank], hit.rank))


def signs(ordered: Sequence[Hit], fit: Calibration, *, is_counting: bool = False) -> dict[str, float]:
    """Return what tells whether the first of the ordered hits answers.

    Args:
        ordered: Best first, at least one.
        fit: The weights that they were ordered by.
        is_counting: The question asks how much or how many, so an answer has a number.
    """
    best = ordered[0]
    rivals = [relevance(hit, fit) for hit in ordered[1 : 1 + _RIVALS]]
    readings = [reading(hit) for hit in ordered[: 1 + _RIVALS]]
    return {
        "lift": best.similarity - best.background,
        "background": best.background,
        "topic": best.topic,
        "coverage": best.coverage,
        "gap": best.gap,
        "margin": relevance(best, fit) - fmean(rivals) if rivals else 0.0,
        "answers": readings[0],
        "best_answers": max(readings),
        "unnumbered": float(is_counting and not _has_number(best.passage.paragraph.text)),
    }


def confidence(ordered: Sequence[Hit], fit: Calibration, request: Request) -> float:
    """Return the probability in [0, 1] that the first of the ordered hits answers; 0 without one.

    Args:
        ordered: Best first.
        fit: The weights.
        request: What is asked.
    """
    if not ordered:
        return 0.0
    return probability(signs(ordered, fit, is_counting=request.is_counting), fit, request.language)


def _has_number(text: str) -> bool:
    return any(re.search(r"\d", digits(text, language)) for language in ("en", "es", "pt", "fr"))


def probability(values: Mapping[str, float], fit: Calibration, language: str) -> float:
    """Return the logistic curve's value for some signs."""
    logit = fit.bias + fit.languages.get(language, 0.0)
    logit += sum(weight * values[name] for name, weight in fit.confidence.items())
    return 1 / (1 + math.exp(-logit))
