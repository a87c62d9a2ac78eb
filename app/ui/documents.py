"""Server-rendered pages of the texts: `/documents`, `/documents/{id}` with an anchor per paragraph, and the reader."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, select_autoescape

from app.service import Service
from app.ui.texts import LANGUAGES, page_texts, preferred_language
from corpus.errors import UnknownDocumentError
from corpus.labels import citation_label, paragraph_label

HERE = Path(__file__).parent
STATIC = StaticFiles(directory=HERE / "static")

Offset = Annotated[int | None, Query(ge=0)]


def documents_router(service: Service) -> APIRouter:
    """Return the pages over one service."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=select_autoescape(default=True), trim_blocks=True
    )

    def render(template: str, language: str, *, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401
        text = environment.get_template(template).render(t=page_texts(language), language=language, **values)
        return HTMLResponse(text, status_code=status)

    @router.get("/documents")
    def documents(request: Request, lang: str | None = None) -> HTMLResponse:
        language = page_language(request, lang)
        return render("documents.html", language, documents=service.documents(language).documents)

    @router.get("/documents/{document_id}")
    def document(
        document_id: str, request: Request, lang: str | None = None, start: Offset = None, end: Offset = None
    ) -> HTMLResponse:
        language = page_language(request, lang)
        try:
            shown = service.document(document_id, language)
        except UnknownDocumentError:
            listed = service.documents(language).documents
            return render("missing.html", language, status=404, documents=listed)
        return render("document.html", language, document=shown, start=start, end=end)

    @router.get("/documents/{document_id}/reader/{paragraph_id}")
    def reader(
        document_id: str,
        paragraph_id: str,
        request: Request,
        lang: str | None = None,
        start: Offset = None,
        end: Offset = None,
    ) -> HTMLResponse:
        language = page_language(request, lang)
        document = service.library.document(document_id)
        paragraph = document.paragraph(paragraph_id)
        position = document.paragraphs.index(paragraph)
        before, quoted, after = split_quote(paragraph.text, start, end)
        return render(
            "reader.html",
            language,
            document=document,
            paragraph=paragraph,
            label=citation_label(document, paragraph_id, language),
            short_label=paragraph_label(paragraph_id, language),
            before=before,
            quoted=quoted,
            after=after,
            previous=document.paragraphs[position - 1] if position else None,
            next=document.paragraphs[position + 1] if position + 1 < len(document) else None,
        )

    return router


def page_language(request: Request, chosen: str | None) -> str:
    """Return the language of a page: the one chosen, else the browser's."""
    return chosen if chosen in LANGUAGES else preferred_language(request.headers.get("accept-language", ""))


def split_quote(text: str, start: int | None, end: int | None) -> tuple[str, str, str]:
    """Return a text before, in and after a quotation; all of it before where the offsets mean nothing.

    Examples:
        >>> split_quote("we urge peace", 3, 7)
        ('we ', 'urge', ' peace')
    """
    if start is None or end is None or not 0 <= start < end <= len(text):
        return text, "", ""
    return text[:start], text[start:end], text[end:]
