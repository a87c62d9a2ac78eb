"""Asks the product every case of a library, as a caller would, and scores what comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from app.bootstrap import Services
from app.schemas import Answer, Turn
from app.service import Service
from eval.dataset import AnyCase, ClaimCase, ConversationCase, Expectation, QuestionCase, QuoteCase
from eval.metrics.citation import score_citations
from eval.metrics.claims import score_claim
from eval.metrics.conversation import score_turn
from eval.metrics.nuggets import score_nuggets
from eval.metrics.quotation import score_quotations
from eval.metrics.quotes import score_quote
from eval.metrics.ranking import score_ranking
from eval.metrics.refusal import score_refusal
from eval.quotations import generate_quotes
from eval.record import Row

Result = TypeVar("Result")

DEPTH = 10
"""Hits looked at when a ranking is scored."""
QUOTES_PER_KIND = 8
"""Quotations of one kind made from one library for one split."""


def quotes_of(services: Services, library: str) -> Iterator[QuoteCase]:
    """Make quotations from the texts of a library.

    Args:
        services: The product over it.
        library: Its name.
    """
    yield from generate_quotes(
        services.library.paragraphs(),
        library=library,
        languages={document.id: document.language for document in services.library.documents},  # type: ignore[misc]
        per_kind=QUOTES_PER_KIND,
    )


def rows_of(case: AnyCase, services: Services) -> Iterator[Row]:
    """Yield the rows of one case: one, or one per turn of a conversation."""
    service = services.service
    match case:
        case QuestionCase():
            yield _row(case, _ask_question(case, services))
        case ConversationCase():
            for number, turn in enumerate(_converse(case.turns, service), start=1):
                yield _row(case, turn, id_=f"{case.id}#{number}")
        case ClaimCase():
            yield _row(case, score_claim(case, service.check_claim(case.claim)))
        case QuoteCase():
            yield _row(case, score_quote(case, service.check_quote(case.quote)))


def score_answer(case: Expectation, answer: Answer, service: Service) -> dict[str, float]:
    """Score one answer by every metric that looks at answers."""
    scores = {
        **score_citations(case, answer),
        **score_quotations(answer.citations, lambda document, id_: service.paragraph(document, id_).text),
        **score_nuggets(case, answer),
        **score_refusal(case, answer),
    }
    return scores | {"error": 1 - scores.get("first_cited", 0.0)}


def _ask_question(case: QuestionCase, services: Services) -> dict[str, float]:
    answer, ms = _timed(lambda: services.service.ask(case.question))
    _, encoder_ms = _timed(lambda: services.encoder.encode([case.question]))
    hits = services.service.search(case.question, k=DEPTH).results if case.gold else ()
    return {
        **score_answer(case, answer, services.service),
        **score_ranking(case, [f"{hit.document}/{hit.paragraph}" for hit in hits]),
        "ms": ms,
        "encoder_passes": ms / encoder_ms,
    }


def _converse(turns: Sequence[Expectation], service: Service) -> Iterator[dict[str, float]]:
    history: list[Turn] = []
    for turn in turns:
        answer = service.ask(turn.question, history)
        alone = service.ask(turn.question) if history else None
        yield {**score_answer(turn, answer, service), **score_turn(turn, answer, alone=alone)}
        history += [Turn(role="user", content=turn.question), Turn(role="assistant", content=answer.answer)]


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    started = time.perf_counter()
    result = work()
    return result, (time.perf_counter() - started) * 1000


def _row(case: AnyCase, scores: dict[str, float], *, id_: str | None = None) -> Row:
    return Row(
        id=id_ or case.id,
        task=case.task,
        kind=case.kind,
        language=case.language,
        split=case.split,
        library=case.library,
        family=case.family,
        scores=scores,
    )
