"""Server-rendered pages of the texts: `/documents`, `/documents/{id}` with an anchor per paragraph, and the reader."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from app.documents import document_out
from app.evidence.force import force_of
from app.service import Service
from app.ui.crossrefs import cross_references
from app.ui.reader import open_paragraph
from app.ui.templating import render
from app.ui.texts import LANGUAGES, page_texts, preferred_language
from corpus.catalogue import load_catalogue
from corpus.errors import UnknownDocumentError, UnknownParagraphError
from corpus.labels import citation_label
from corpus.library import Library
from corpus.versions import Versions

Offset = Annotated[int | None, Query(ge=0)]
_Writer = Callable[[str, str], tuple[bytes, str]]
Chosen = Annotated[str | None, Query(max_length=8)]


def documents_router(service: Service) -> APIRouter:
    """Return the pages over one service."""
    pages = _Pages()
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/documents")
    def documents(request: Request, lang: Chosen = None) -> HTMLResponse:
        language = page_language(request, lang)
        return page("documents.html", language, documents=service.documents(language).documents)

    @router.get("/catalogue")
    def catalogue(request: Request, lang: Chosen = None) -> HTMLResponse:
        language = page_language(request, lang)
        return page("catalogue.html", language, entries=service.catalogue(language).entries)

    @router.get("/documents/{document_id}")
    def document(document_id: str, request: Request, lang: Chosen = None) -> Response:
        language = page_language(request, lang)
        try:
            written, etag = pages.of(service.library)(document_id, language)
        except UnknownDocumentError:
            return page("missing.html", language, status=404, documents=service.documents(language).documents)
        headers = {"ETag": etag, "Cache-Control": "no-cache"} | _language_headers(language)
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers=headers)
        return HTMLResponse(written, headers=headers)

    @router.get("/documents/{document_id}/reader/{paragraph_id}")
    def reader(
        document_id: str,
        paragraph_id: str,
        request: Request,
        lang: Chosen = None,
        start: Offset = None,
        end: Offset = None,
    ) -> HTMLResponse:
        language = page_language(request, lang)
        try:
            reading = open_paragraph(
                service.library, document_id, paragraph_id, language=language, start=start, end=end
            )
        except (UnknownDocumentError, UnknownParagraphError):
            message = page_texts(language)["paragraph_missing"]
            return page("error.html", language, status=404, message=message)
        return page("reader.html", language, reading=reading)

    return router


def page_language(request: Request, chosen: str | None) -> str:
    """Return the language of a page: the one chosen, else the browser's."""
    if chosen in LANGUAGES:
        return str(chosen)
    return preferred_language(request.headers.get("accept-language", ""))


def page(template: str, language: str, *, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401
    """Return a page in a language, and say so in its headers."""
    return HTMLResponse(render(template, language, **values), status, headers=_language_headers(language))


class _Pages:
    """The last pages written of a library: one of thousands of paragraphs takes a good part of a second."""

    def __init__(self) -> None:
        self._written: tuple[Library, _Writer] | None = None

    def of(self, library: Library) -> _Writer:
        """Return what writes the pages of this library, and remembers a few."""
        written = self._written
        if written is None or written[0] is not library:
            written = self._written = (library, lru_cache(maxsize=8)(partial(_document_page, library)))
        return written[1]


def _document_page(library: Library, document_id: str, language: str) -> tuple[bytes, str]:
    """Return a document's page and its entity tag."""
    document = library.document(document_id)
    written = render(
        "document.html",
        language,
        document=document_out(document, language),
        named=citation_label(document, "", language),
        versions=Versions(library).others(document),
        acts={paragraph.id: force_of(paragraph, document.language).act for paragraph in document},
        contents=[(section.title, document.paragraphs[section.first]) for section in document.sections],
        cross_references=cross_references(document, library, load_catalogue(), language),
    ).encode()
    return written, f'"{hashlib.sha256(written).hexdigest()[:32]}"'


def _language_headers(language: str) -> dict[str, str]:
    return {"Content-Language": language, "Vary": "Accept-Language"}
