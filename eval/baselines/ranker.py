"""What a baseline is: something that ranks paragraphs for a question and gives its best hit a score."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from corpus.model import Document, Paragraph
from eval.dataset import AnyCase, QuestionCase
from eval.metrics.ranking import score_ranking
from eval.record import Row

DEPTH = 10


class Ranker(Protocol):
    """Ranks the paragraphs of the documents it was made for."""

    def rank(self, question: str, k: int) -> list[tuple[str, float]]:
        """Return at most k global paragraph ids with scores, best first; higher is better."""


MakeRanker = Callable[[Sequence[Document]], Ranker]


def paragraphs_of(documents: Sequence[Document]) -> list[Paragraph]:
    """Return all paragraphs, document by document."""
    return [paragraph for document in documents for paragraph in document]


def rows_of_ranker(ranker: Ranker, cases: Sequence[AnyCase]) -> list[Row]:
    """Ask a baseline the questions among the cases.

    A baseline of this kind always answers, with its best paragraph as the citation and its score as the confidence.
    """
    return [_row(ranker, case) for case in cases if isinstance(case, QuestionCase)]


def _row(ranker: Ranker, case: QuestionCase) -> Row:
    started = time.perf_counter()
    ranked = ranker.rank(case.question, DEPTH)
    ms = (time.perf_counter() - started) * 1000
    scores = score_ranking(case, [id_ for id_, _ in ranked])
    if case.gold:
        scores["first_cited"] = scores["success_at_1"]
    scores |= {
        "answerable": float(case.expected == "answer"),
        "answered": float(bool(ranked)),
        "confidence": ranked[0][1] if ranked else 0.0,
        "error": 1 - scores.get("first_cited", 0.0),
        "ms": ms,
    }
    return Row(
        id=case.id,
        task="question",
        kind=case.kind,
        language=case.language,
        split=case.split,
        library=case.library,
        family=case.family,
        scores=scores,
    )
