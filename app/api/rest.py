"""REST under `/api/v1`: ask, search, claims, articles, quotes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from app.api.openapi import ASKING, Responses, problems
from app.api.streaming import EVENT_SCHEMA, EVENT_STREAM, EXAMPLE, sent_events, stream
from app.schemas import Answer, ArticleResult, ClaimResult, Filters, Language, QuoteResult, SearchResults, Turn
from app.service import MAX_QUESTION, MAX_RESULTS, MAX_TEXT, Service

SOME_TEXT = r"[^\s\x1c-\x1f\x85]"
"""Something other than white space, in any dialect of regular expressions."""
Accept = Annotated[str, Header(include_in_schema=False)]


_ANSWERED: Responses = {
    200: {
        "description": "An answer or a refusal; as events: `sources`, `text` …, `citations`, `answer` (or `error`).",
        "content": {EVENT_STREAM: {"schema": EVENT_SCHEMA, "example": EXAMPLE}},
    },
    **problems(404),
}


class Body(BaseModel):
    """Closed request body."""

    model_config = ConfigDict(extra="forbid")


class AskBody(Body):
    """A question, with its conversation."""

    question: str = Field(
        min_length=1, pattern=SOME_TEXT, max_length=MAX_QUESTION, examples=["What does paragraph 4 say?"]
    )
    history: list[Turn] = Field(
        default=[], max_length=100, examples=[[{"role": "user", "content": "What is said of trafficking in persons?"}]]
    )
    filters: Filters | None = Field(default=None, examples=[{"documents": ["celac-2024-kingstown-migration"]}])
    stream: bool = Field(default=False, description="Answer in server-sent events; so does Accept: text/event-stream.")


class SearchBody(Body):
    """A query."""

    query: str = Field(min_length=1, pattern=SOME_TEXT, max_length=MAX_QUESTION, examples=["trafficking in persons"])
    k: int = Field(default=10, ge=1, le=MAX_RESULTS)
    filters: Filters | None = None


class ClaimBody(Body):
    """A claim about the texts."""

    claim: str = Field(
        min_length=1, pattern=SOME_TEXT, max_length=MAX_TEXT, examples=["The declaration sets a quota for work visas."]
    )


class ArticleBody(Body):
    """An article, pasted whole."""

    article: str = Field(
        min_length=1,
        pattern=SOME_TEXT,
        max_length=MAX_TEXT,
        examples=["The declaration calls for dialogue on migration. It quotes “safe, orderly and regular migration”."],
    )


class QuoteBody(Body):
    """A quotation."""

    quote: str = Field(
        min_length=1, pattern=SOME_TEXT, max_length=MAX_TEXT, examples=["safe, orderly and regular migration"]
    )
    language: Language | None = Field(default=None, description="Of labels and warnings; unset means the quotation's.")


def rest_router(service: Service) -> APIRouter:
    """Return the routes over one service."""
    router = APIRouter(prefix="/api/v1", tags=["asking"], responses=ASKING)

    @router.post("/ask", response_model=Answer, response_model_exclude_none=True, responses=_ANSWERED)
    def ask(body: AskBody, accept: Accept = "") -> Answer | StreamingResponse:
        """Answer a question with exact quotations, or refuse."""
        if body.stream or EVENT_STREAM in accept:
            return stream(service.ask_stream(body.question, body.history, filters=body.filters), sent_events)
        return service.ask(body.question, body.history, filters=body.filters)

    @router.post("/search", responses=problems(404))
    def search(body: SearchBody) -> SearchResults:
        """Find paragraphs, best first."""
        return service.search(body.query, k=body.k, filters=body.filters)

    @router.post("/claims", response_model_exclude_none=True)
    def claims(body: ClaimBody) -> ClaimResult:
        """Say what the texts say of a claim."""
        return service.check_claim(body.claim)

    @router.post("/articles", response_model_exclude_none=True)
    def articles(body: ArticleBody) -> ArticleResult:
        """Check every quotation and every claim about the texts in an article, in place."""
        return service.check_article(body.article)

    @router.post("/quotes", response_model_exclude_none=True)
    def quotes(body: QuoteBody) -> QuoteResult:
        """Say whether a quotation stands in the texts, word for word."""
        return service.check_quote(body.quote, language=body.language)

    return router
