"""Watches every request: its id, its line in the log, its place in the metrics, and the errors nobody foresaw."""

from __future__ import annotations

import re
import secrets
import time
from http import HTTPStatus

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.metrics import Metrics
from app.api.problems import UNEXPECTED, problem

REQUEST_ID = "X-Request-ID"
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_log = structlog.get_logger("celac_qa")


class Observe:
    """ASGI middleware; stands outside of all that may refuse a request."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and note what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope))
        status = 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        began = time.perf_counter()
        with (
            structlog.contextvars.bound_contextvars(request_id=request_id),
            self._metrics.in_progress.track_inprogress(),
        ):
            try:
                await self._app(scope, receive, noted)
            except Exception:
                _log.exception("unexpected error", route=_route(scope))
                if status:
                    raise
                await problem(scope["path"], HTTPStatus.INTERNAL_SERVER_ERROR, UNEXPECTED)(scope, receive, noted)
            finally:
                self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = _route(scope)
        self._metrics.requests.labels(_method(scope), route, str(status)).inc()
        self._metrics.seconds.labels(route).observe(seconds)
        caller = scope.get("state", {}).get("caller")
        _log.info(
            "request",
            method=scope["method"],
            route=route,
            status=status,
            milliseconds=round(seconds * 1000, 1),
            **({"key": caller} if caller else {}),
        )


def _request_id(headers: Headers) -> str:
    """Return the caller's id if it is harmless in a log, else a new one."""
    given = headers.get(REQUEST_ID, "")
    return given if _ID.fullmatch(given) else secrets.token_hex(8)


def _route(scope: Scope) -> str:
    """Return the pattern of the route, never the address: few in number, and no words of visitors."""
    return str(getattr(scope.get("route"), "path", "")) or "other"


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in {"GET", "HEAD", "POST", "OPTIONS"} else "other"
