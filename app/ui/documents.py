"""Server-rendered pages of the texts: `/documents`, `/documents/{id}` with an anchor per paragraph, and the reader."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from app.evidence.force import force_of
from app.service import Service
from app.ui.reader import open_paragraph, versions
from app.ui.templating import render
from app.ui.texts import LANGUAGES, page_texts, preferred_language
from corpus.errors import UnknownDocumentError, UnknownParagraphError
from corpus.labels import citation_label

STATIC_FOLDER = Path(__file__).parent / "static"

Offset = Annotated[int | None, Query(ge=0)]
Chosen = Annotated[str | None, Query(max_length=8)]


def documents_router(service: Service) -> APIRouter:
    """Return the pages over one service."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/documents")
    def documents(request: Request, lang: Chosen = None) -> HTMLResponse:
        language = page_language(request, lang)
        return _page("documents.html", language, documents=service.documents(language).documents)

    @router.get("/catalogue")
    def catalogue(request: Request, lang: Chosen = None) -> HTMLResponse:
        language = page_language(request, lang)
        return _page("catalogue.html", language, entries=service.catalogue(language).entries)

    @router.get("/documents/{document_id}")
    def document(document_id: str, request: Request, lang: Chosen = None) -> HTMLResponse:
        language = page_language(request, lang)
        try:
            found = service.library.document(document_id)
        except UnknownDocumentError:
            return _page("missing.html", language, status=404, documents=service.documents(language).documents)
        return _page(
            "document.html",
            language,
            document=service.document(document_id, language),
            versions=versions(service.library, found),
            forces={paragraph.id: force_of(paragraph, found.language) for paragraph in found},
            citations={
                paragraph.id: f"“{paragraph.text}” ({citation_label(found, paragraph.id, language)})"
                for paragraph in found
            },
        )

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
            return _page("error.html", language, status=404, message=message)
        return _page("reader.html", language, reading=reading)

    return router


def page_language(request: Request, chosen: str | None) -> str:
    """Return the language of a page: the one chosen, else the browser's."""
    if chosen in LANGUAGES:
        return str(chosen)
    return preferred_language(request.headers.get("accept-language", ""))


def _page(template: str, language: str, *, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401
    headers = {"Content-Language": language, "Vary": "Accept-Language"}
    return HTMLResponse(render(template, language, **values), status_code=status, headers=headers)
