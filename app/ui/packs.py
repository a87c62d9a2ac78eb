"""Evidence packs from the checking desk: what was checked is checked again, and kept as a file."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request, Response

from app.errors import AppError
from app.service import MAX_TEXT, Service
from app.ui.documents import Chosen, page, page_language

PACK_PATH = "/check/pack"


def packs_router(service: Service) -> APIRouter:
    """Return the route over one service."""
    router = APIRouter(include_in_schema=False)

    @router.post(PACK_PATH)
    def pack(
        request: Request,
        what: Annotated[Literal["quote", "claim"], Form()],
        pasted: Annotated[str, Form(max_length=2 * MAX_TEXT)],
        lang: Chosen = None,
    ) -> Response:
        language = page_language(request, lang)
        text = pasted.replace("\r\n", "\n")  # as forms send line breaks
        try:
            checked = service.check_claim(text) if what == "claim" else service.check_quote(text, language=language)
        except AppError as error:
            return page("error.html", language, status=HTTPStatus.UNPROCESSABLE_ENTITY, message=str(error))
        data = service.pack({what: text}, checked, language=language)
        named = {"Content-Disposition": 'attachment; filename="evidence.zip"', "Cache-Control": "no-store"}
        return Response(data, media_type="application/zip", headers=named)

    return router
