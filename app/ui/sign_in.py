"""The page that asks for the API key where one is needed, and keeps it in a cookie that scripts cannot read."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app.ui.templating import render
from app.ui.texts import LANGUAGES, preferred_language

MAX_KEY = 200


def sign_in_router(identify: Callable[[str], str | None], *, address: str, cookie: str) -> APIRouter:
    """Return the routes.

    Args:
        identify: From a key to its id, None if it does not count.
        address: Path of the page.
        cookie: Name of the cookie that carries the key.
    """
    router = APIRouter(include_in_schema=False)

    @router.get(address)
    def show(request: Request, wanted: Annotated[str, Query(alias="next", max_length=500)] = "/") -> HTMLResponse:
        return _page(request, wanted)

    @router.post(address)
    def sign_in(
        request: Request,
        key: Annotated[str, Form(max_length=MAX_KEY)] = "",
        wanted: Annotated[str, Form(alias="next", max_length=500)] = "/",
    ) -> Response:
        if identify(key.strip()) is None:
            return _page(request, wanted, is_wrong=True)
        response = RedirectResponse(_own_path(wanted), HTTPStatus.SEE_OTHER)
        response.set_cookie(
            cookie, key.strip(), httponly=True, samesite="strict", secure=request.url.scheme == "https", path="/"
        )
        return response

    @router.post(f"{address}/out")
    def sign_out() -> RedirectResponse:
        response = RedirectResponse(address, HTTPStatus.SEE_OTHER)
        response.delete_cookie(cookie, path="/")
        return response

    return router


def _page(request: Request, wanted: str, *, is_wrong: bool = False) -> HTMLResponse:
    chosen = request.query_params.get("lang")
    language = chosen if chosen in LANGUAGES else preferred_language(request.headers.get("accept-language", ""))
    status = HTTPStatus.FORBIDDEN if is_wrong else HTTPStatus.OK
    html = render("sign_in.html", str(language), wanted=_own_path(wanted), is_wrong=is_wrong)
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


def _own_path(wanted: str) -> str:
    """Return a path on this server: whatever could lead elsewhere becomes the start page."""
    is_own = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return wanted if is_own else "/"
