"""The form that adds a text, for servers whose owner allows it: `CELAC_QA_ALLOW_UPLOADS`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from app.errors import AppError, InputError
from app.ui.documents import Chosen, page, page_language
from app.ui.texts import page_texts
from corpus.catalogue import load_catalogue
from corpus.errors import CorpusError
from embeddings.errors import EmbeddingsError

if TYPE_CHECKING:
    from app.bootstrap import Services
    from corpus.model import Document

ADD_PATH = "/documents/add"
MAX_BYTES = 20_000_000
"""Largest document that is taken."""
_Field = Annotated[str, Form(max_length=2_000)]


def adding_router(services: Services) -> APIRouter:
    """Return the form and what it does; to be included before the documents, whose ids it would be one of."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get(ADD_PATH)
    def form(request: Request, lang: Chosen = None) -> HTMLResponse:
        return _form(page_language(request, lang), defaultdict(str))

    @router.post(ADD_PATH)
    def add(
        request: Request,
        *,
        id: _Field = "",  # noqa: A002 - the contract's name
        title: _Field = "",
        date: _Field = "",
        language: _Field = "",
        url: _Field = "",
        file: UploadFile | None = None,
        lang: Chosen = None,
    ) -> Response:
        tongue = page_language(request, lang)
        fields = {"id": id, "title": title, "date": date, "language": language, "url": url}
        given = {name: text.strip() for name, text in fields.items()}
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return _form(tongue, given, status=403, failure=page_texts(tongue)["add_elsewhere"])
        try:
            added = _add(services, file, given, tongue)
        except (AppError, CorpusError, EmbeddingsError) as error:
            return _form(tongue, given, status=422, failure=str(error))
        return RedirectResponse(f"/documents/{added.id}?lang={tongue}", status_code=303)

    return router


def _add(services: Services, file: UploadFile | None, given: Mapping[str, str], tongue: str) -> Document:
    from app.adopting import Adopter, given_facts

    words, address, name = page_texts(tongue), given["url"], (file.filename if file else "") or ""
    if not address and not name:
        raise InputError(words["add_no_file"])
    facts = given_facts(id=given["id"], title=given["title"], date=given["date"], language=given["language"] or None)
    adopter = Adopter(services.settings, services.encoder)
    if file is None or not name:
        if not address.startswith(("http://", "https://")):
            raise InputError(words["add_bad_address"])
        return adopter.add(address, facts)
    data = file.file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(words["add_too_large"].format(size=MAX_BYTES // 1_000_000))
    return adopter.add_bytes(data, facts, name=name, declared=file.content_type or "")


def _form(language: str, given: Mapping[str, str], *, status: int = 200, failure: str = "") -> HTMLResponse:
    known = [(entry.id, entry.title(language)) for entry in load_catalogue().entries]
    shown = {"failure": failure, "given": given, "known": known, "size": MAX_BYTES // 1_000_000, "path": ADD_PATH}
    return page("add.html", language, status=status, **shown)
