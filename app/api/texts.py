"""REST for the texts as such: the catalogue, and adding a document where the settings allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response, UploadFile
from starlette.concurrency import run_in_threadpool

from app.api.conditional import conditional
from app.api.openapi import ASKING, READING, UNCHANGED, problems
from app.documents import document_out
from app.errors import InputError
from app.schemas import CatalogueOut, DocumentOut, Language

if TYPE_CHECKING:
    from app.bootstrap import Services
    from corpus.adding import Facts
    from corpus.model import Document

MAX_DOCUMENT_BYTES = 20_000_000
"""Largest document that is taken over HTTP."""
UPLOAD_PATH = "/api/v1/documents"
MAX_UPLOAD_BYTES = MAX_DOCUMENT_BYTES + 100_000
"""Largest request that brings one, with the facts beside it."""

_Fact = Annotated[str, Form(min_length=1, max_length=500)]
_Optional = Annotated[str | None, Form(max_length=500)]


def texts_router(services: Services) -> APIRouter:
    """Return the routes over the services of one process."""
    router = APIRouter(prefix="/api/v1", tags=["documents"], responses=READING)

    @router.get("/catalogue", response_model=CatalogueOut, responses=UNCHANGED)
    def catalogue(request: Request, language: Language = "en") -> Response:
        """List what is known of official texts, at hand or not: facts, and where they were seen."""
        return conditional(request, services.service.catalogue(language))

    @router.post("/documents", status_code=201, responses={**ASKING, **problems(403)})
    async def add_document(  # noqa: PLR0913 - one field per fact
        request: Request,
        *,
        id: _Fact,  # noqa: A002 - the contract's name
        title: _Fact,
        date: _Fact,
        file: UploadFile | None = None,
        url: Annotated[str | None, Form(max_length=2000)] = None,
        language: _Optional = None,
        place: _Optional = None,
        event: _Optional = None,
        version_of: _Optional = None,
    ) -> DocumentOut:
        """Add a document, sent as a file or named by its address; it can be asked about at once.

        Answered with 403 unless the server was started with `CELAC_QA_ALLOW_UPLOADS`.
        """
        from app.adopting import given_facts

        _check_allowed(request, is_open=services.settings.allow_uploads)
        facts = given_facts(
            id=id,
            title=title,
            date=date,
            language=language or None,
            place=place or None,
            event=event or None,
            version_of=version_of or None,
        )
        return document_out(await _adopt(services, facts, file, url))

    return router


def _check_allowed(request: Request, *, is_open: bool) -> None:
    if not is_open:
        raise HTTPException(403, "this server takes no documents; its owner can set CELAC_QA_ALLOW_UPLOADS=true")
    if request.headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
        raise HTTPException(403, "documents are not taken from pages of other sites; send it from a program")


async def _adopt(services: Services, facts: Facts, file: UploadFile | None, url: str | None) -> Document:
    """Add what was sent, a file or an address, and return it.

    Raises:
        HTTPException: The file is too large.
        InputError: It is neither or both, or the address is none of the web's.
    """
    from app.adopting import Adopter

    adopter = Adopter(services.settings, services.encoder)
    if file is not None and not url:
        data = await file.read(MAX_DOCUMENT_BYTES + 1)
        if len(data) > MAX_DOCUMENT_BYTES:
            raise HTTPException(413, f"a document may have {MAX_DOCUMENT_BYTES:,} bytes at most")
        name, declared = file.filename or "", file.content_type or ""
        return await run_in_threadpool(adopter.add_bytes, data, facts, name=name, declared=declared)
    if url and file is None:
        if not url.startswith(("http://", "https://")):
            raise InputError("the address must begin with http:// or https://")
        return await run_in_threadpool(adopter.add, url, facts)
    raise InputError("send either a file or a url")
