"""Who may ask: from which host name, and with which API key."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.problems import problem
from app.keys import KeyRing

COOKIE = "celac_qa_key"
SIGN_IN = "/sign-in"
OPEN = ("/health/", "/page-files/", SIGN_IN)
"""What needs no key: the checks of a supervisor, and what it takes to sign in."""


class Hosts:
    """ASGI middleware that takes requests only under known host names.

    A page elsewhere may let its own name point to this machine (DNS rebinding) and so read what answers here;
    the name it was called by gives it away.
    """

    def __init__(self, app: ASGIApp, *, allowed: frozenset[str]) -> None:
        self._app = app
        self._allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on if the host it names is one of ours."""
        if scope["type"] not in {"http", "websocket"} or _host(scope) in self._allowed:
            await self._app(scope, receive, send)
            return
        detail = f"this server does not answer as {_host(scope)!r}; set CELAC_QA_ALLOWED_HOSTS to the name it has"
        await problem(scope["path"], HTTPStatus.MISDIRECTED_REQUEST, detail)(scope, receive, send)


class Access:
    """ASGI middleware that knows callers by their key, and turns away those without one where one is needed."""

    def __init__(self, app: ASGIApp, *, keys: KeyRing, is_required: bool) -> None:
        self._app = app
        self._keys = keys
        self._is_required = is_required

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on if its caller may ask."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        given = _given_key(Headers(scope=scope))
        caller = self._keys.identify(given) if given else None
        scope.setdefault("state", {})["caller"] = caller
        if caller or not self._is_required or scope["path"].startswith(OPEN):
            await self._app(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        await _turned_away(scope, had_key=bool(given))(scope, receive, send)


def _turned_away(scope: Scope, *, had_key: bool) -> Response:
    """Send a person to the page that asks for the key, and tell a program what to do."""
    headers = Headers(scope=scope)
    if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
        return RedirectResponse(f"{SIGN_IN}?next={quote(scope['path'])}", HTTPStatus.SEE_OTHER)
    detail = "this API key does not count" if had_key else "give an API key: Authorization: Bearer KEY, or X-API-Key"
    challenge = {"WWW-Authenticate": 'Bearer realm="celac-qa"'}
    return problem(scope["path"], HTTPStatus.UNAUTHORIZED, detail, headers=challenge)


def _given_key(headers: Headers) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    return headers.get("x-api-key") or cookie_parser(headers.get("cookie", "")).get(COOKIE, "")


def _host(scope: Scope) -> str:
    try:
        return urlsplit(f"//{Headers(scope=scope).get('host', '')}").hostname or ""
    except ValueError:
        return ""
