"""REST of the texts: documents and paragraphs, with entity tags and pages."""

from __future__ import annotations

from typing import Annotated, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from app.api.conditional import conditional
from app.api.openapi import UNCHANGED
from app.schemas import DocumentList, DocumentOut, Language, ParagraphOut
from app.service import Service

Item = TypeVar("Item")
Limit = Annotated[int | None, Query(ge=1, le=1000, description="At most this many; unset gives all.")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="Leave out this many first.")]
Chosen = Annotated[Language | None, Query(description="Of labels and titles; unset means the text's own.")]


def documents_router(service: Service) -> APIRouter:
    """Return the routes over one service."""
    router = APIRouter(prefix="/api/v1/documents", tags=["documents"], responses=UNCHANGED)

    @router.get("", response_model=DocumentList)
    def documents(request: Request, limit: Limit = None, offset: Offset = 0, language: Chosen = None) -> Response:
        """List the documents."""
        found = service.documents(language).documents
        page = DocumentList(documents=_page(found, limit, offset))
        return conditional(request, page, headers=_links(request, len(found), limit, offset))

    @router.get("/{document_id}", response_model=DocumentOut)
    def document(
        request: Request, document_id: str, limit: Limit = None, offset: Offset = 0, language: Chosen = None
    ) -> Response:
        """Show a document paragraph by paragraph; `limit` and `offset` choose among the paragraphs."""
        found = service.document(document_id, language)
        page = found.model_copy(update={"paragraphs": _page(found.paragraphs, limit, offset)})
        return conditional(request, page, headers=_links(request, len(found.paragraphs), limit, offset))

    @router.get("/{document_id}/paragraphs/{paragraph_id}", response_model=ParagraphOut)
    def paragraph(request: Request, document_id: str, paragraph_id: str, language: Chosen = None) -> Response:
        """Show one paragraph."""
        return conditional(request, service.paragraph(document_id, paragraph_id, language))

    return router


def _page(items: tuple[Item, ...], limit: int | None, offset: int) -> tuple[Item, ...]:
    return items[offset : None if limit is None else offset + limit]


def _links(request: Request, total: int, limit: int | None, offset: int) -> dict[str, str]:
    """Return the total, and where the next page is (RFC 8288)."""
    headers = {"X-Total-Count": str(total)}
    if limit is not None and offset + limit < total:
        query = urlencode({**request.query_params, "limit": limit, "offset": offset + limit})
        headers["Link"] = f'<{request.url.path}?{query}>; rel="next"'
    return headers
