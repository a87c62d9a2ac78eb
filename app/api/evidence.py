"""REST for evidence: packs, their verification, citations ready to paste, drafts of reviews."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import Field, model_validator
from starlette.concurrency import run_in_threadpool

from app.api.openapi import ASKING, Responses, problems
from app.api.rest import SOME_TEXT, Body, ClaimBody
from app.evidence.archive import MAX_BYTES
from app.schemas import CitationFormats, Language, PackReport, Turn
from app.service import MAX_QUESTION, MAX_TEXT, Service

VERIFY_PATH = "/api/v1/packs/verify"
MAX_PACK_BYTES = MAX_BYTES
_ZIP = "application/zip"
_JSON_LD = "application/ld+json"
_PACK: Responses = {
    200: {"description": "The pack.", "content": {_ZIP: {"schema": {"type": "string", "format": "binary"}}}}
}
_REVIEW: Responses = {200: {"description": "The draft.", "content": {_JSON_LD: {"schema": {"type": "object"}}}}}
_Text = Annotated[str | None, Field(default=None, min_length=1, pattern=SOME_TEXT, max_length=MAX_TEXT)]


class PackBody(Body):
    """What to ask or check, and keep: one of question, claim and quote."""

    question: str | None = Field(default=None, min_length=1, pattern=SOME_TEXT, max_length=MAX_QUESTION)
    history: list[Turn] = Field(default=[], max_length=100)
    claim: _Text = None
    quote: _Text = None
    language: Language = "en"

    @model_validator(mode="after")
    def _is_one(self) -> PackBody:
        if sum(text is not None for text in (self.question, self.claim, self.quote)) != 1:
            raise ValueError("give one of question, claim and quote")
        return self


class CiteBody(Body):
    """A paragraph, or words in it by their offsets."""

    document: str = Field(max_length=200, examples=["celac-2024-kingstown-migration"])
    paragraph: str = Field(max_length=50, examples=["p2"])
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=1)
    language: Language | None = None


class ReviewBody(ClaimBody):
    """A claim to draft a ClaimReview of, and who stands for it."""

    reviewer: str | None = Field(
        default=None,
        min_length=1,
        pattern=r"[^\W\d_]",
        max_length=200,
        description="Who has read the evidence and stands for the verdict; without a name, an incomplete draft.",
    )
    url: str = Field(
        default="",
        max_length=2_000,
        pattern=r"^(https?://\S+)?$",
        description="Where the review is published; a draft without it.",
    )
    date: dt.date | None = Field(default=None, description="Day of the review; today where not given.")


def evidence_router(service: Service) -> APIRouter:
    """Return the routes over one service."""
    router = APIRouter(prefix="/api/v1", tags=["evidence"], responses=ASKING)

    @router.post("/packs", response_class=Response, responses=_PACK)
    def packs(body: PackBody) -> Response:
        """Ask or check, and give the result with all it stands on as one zip file."""
        asked, result = _result(service, body)
        data = service.pack(asked, result, language=body.language)
        headers = {"Content-Disposition": 'attachment; filename="celac-qa-evidence.zip"'}
        return Response(data, media_type=_ZIP, headers=headers)

    @router.post("/packs/verify", openapi_extra={"requestBody": {"required": True, "content": _PACK[200]["content"]}})
    async def verify(request: Request) -> PackReport:
        """Check a pack, sent as the body, for changes and against the texts at hand."""
        return await run_in_threadpool(service.verify_pack, await request.body())

    @router.post("/cite", responses=problems(404))
    def cite(body: CiteBody, request: Request) -> CitationFormats:
        """Give the citation of a paragraph, or of words in it, in every format."""
        base = str(request.base_url).rstrip("/")
        return service.cite(
            body.document, body.paragraph, start=body.start, end=body.end, language=body.language, base=base
        )

    @router.post("/reviews", response_class=Response, responses=_REVIEW)
    def reviews(body: ReviewBody, request: Request) -> Response:
        """Check a claim and draft a ClaimReview of it (schema.org, JSON-LD); incomplete until a person is named."""
        base = str(request.base_url).rstrip("/")
        review = service.review(body.claim, reviewer=body.reviewer, url=body.url, date=body.date, base=base)
        return Response(json.dumps(review, ensure_ascii=False), media_type=_JSON_LD)

    return router


def _result(service: Service, body: PackBody) -> tuple[dict[str, Any], Any]:
    if body.question is not None:
        history = [turn.model_dump() for turn in body.history]
        return {"question": body.question, "history": history}, service.ask(body.question, body.history)
    if body.claim is not None:
        return {"claim": body.claim}, service.check_claim(body.claim)
    quoted = body.quote or ""
    return {"quote": quoted}, service.check_quote(quoted, language=body.language)
