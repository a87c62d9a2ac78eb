"""REST under `/api/v1`: ask, search, claims, quotes, documents."""

from __future__ import annotations

import json
from collections.abc import Iterator

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from app.api.problems import NOT_FOUND, RESPONSES
from app.schemas import (
    Answer,
    ClaimResult,
    DocumentList,
    DocumentOut,
    Filters,
    ParagraphOut,
    QuoteResult,
    SearchResults,
    Turn,
)
from app.service import MAX_QUESTION, MAX_RESULTS, MAX_TEXT, AnswerEvent, Service, SourcesEvent, StreamEvent


class Body(BaseModel):
    """Closed request body."""

    model_config = ConfigDict(extra="forbid")


class AskBody(Body):
    """A question, with its conversation."""

    question: str = Field(min_length=1, max_length=MAX_QUESTION, examples=["What does paragraph 4 say?"])
    history: list[Turn] = Field(default=[], max_length=100)
    filters: Filters | None = None
    stream: bool = False


class SearchBody(Body):
    """A query."""

    query: str = Field(min_length=1, max_length=MAX_QUESTION, examples=["trafficking in persons"])
    k: int = Field(default=10, ge=1, le=MAX_RESULTS)
    filters: Filters | None = None


class ClaimBody(Body):
    """A claim about the texts."""

    claim: str = Field(min_length=1, max_length=MAX_TEXT, examples=["The declaration sets a quota for work visas."])


class QuoteBody(Body):
    """A quotation."""

    quote: str = Field(min_length=1, max_length=MAX_TEXT, examples=["safe, orderly and regular migration"])


def rest_router(service: Service) -> APIRouter:
    """Return the routes over one service."""
    router = APIRouter(prefix="/api/v1", tags=["celac-qa"], responses=RESPONSES)

    @router.post("/ask", response_model=Answer, response_model_exclude_none=True)
    def ask(body: AskBody) -> Answer | StreamingResponse:
        """Answer a question with exact quotations, or refuse; `stream` gives server-sent events."""
        if body.stream:
            events = service.ask_stream(body.question, body.history, filters=body.filters)
            return StreamingResponse(_sent_events(events), media_type="text/event-stream", headers=_NO_BUFFER)
        return service.ask(body.question, body.history, filters=body.filters)

    @router.post("/search")
    def search(body: SearchBody) -> SearchResults:
        """Find paragraphs, best first."""
        return service.search(body.query, k=body.k, filters=body.filters)

    @router.post("/claims", response_model_exclude_none=True)
    def claims(body: ClaimBody) -> ClaimResult:
        """Say what the texts say of a claim."""
        return service.check_claim(body.claim)

    @router.post("/quotes", response_model_exclude_none=True)
    def quotes(body: QuoteBody) -> QuoteResult:
        """Say whether a quotation stands in the texts, word for word."""
        return service.check_quote(body.quote)

    @router.get("/documents")
    def documents() -> DocumentList:
        """List the documents."""
        return service.documents()

    @router.get("/documents/{document_id}", response_model=DocumentOut, responses=NOT_FOUND)
    def document(document_id: str, request: Request, response: Response) -> DocumentOut | Response:
        """Show a document paragraph by paragraph."""
        shown = service.document(document_id)
        etag = f'"{service.library.digest.removeprefix("sha256:")[:32]}"'
        response.headers["ETag"] = etag
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers={"ETag": etag})
        return shown

    @router.get("/documents/{document_id}/paragraphs/{paragraph_id}", responses=NOT_FOUND)
    def paragraph(document_id: str, paragraph_id: str) -> ParagraphOut:
        """Show one paragraph."""
        return service.paragraph(document_id, paragraph_id)

    return router


_NO_BUFFER = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


def _sent_events(events: Iterator[StreamEvent]) -> Iterator[str]:
    """Write events as the HTML standard's server-sent events: sources, then text, then the answer."""
    for event in events:
        if isinstance(event, AnswerEvent):
            yield f"event: answer\ndata: {event.answer.model_dump_json(exclude_none=True)}\n\n"
        elif isinstance(event, SourcesEvent):
            yield f"event: sources\ndata: {json.dumps({'paragraphs': event.paragraphs})}\n\n"
        else:
            yield f"event: text\ndata: {json.dumps({'text': event.text})}\n\n"
