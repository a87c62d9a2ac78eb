"""Limits under load: requests per caller in a time, and requests worked on at once."""

from __future__ import annotations

import math
import time
from http import HTTPStatus

import anyio
from limits import RateLimitItem
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.metrics import Metrics
from app.api.problems import problem

ASKING = ("/api/v1/", "/v1/", "/mcp")
PAGE_ASKING = "/gradio_api/queue/join"
WAITING_PER_PLACE = 4
WAIT_S = 5.0
RETRY_AFTER_S = 2


class RateLimit:
    """ASGI middleware: so many requests per API key, or per address where there is none."""

    def __init__(self, app: ASGIApp, *, limit: RateLimitItem, metrics: Metrics) -> None:
        self._app = app
        self._limit = limit
        self._shed = metrics.shed.labels("rate")
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on if its caller has not had too many."""
        if not is_work(scope, (*ASKING, PAGE_ASKING)):
            await self._app(scope, receive, send)
            return
        caller = scope.get("state", {}).get("caller") or f"address {_address(scope)}"
        if await self._limiter.hit(self._limit, caller):
            await self._app(scope, receive, send)
            return
        self._shed.inc()
        window = await self._limiter.get_window_stats(self._limit, caller)
        wait_s = max(1, math.ceil(window.reset_time - time.time()))
        detail = f"more than {self._limit} from one caller; try again in {wait_s} s"
        headers = {"Retry-After": str(wait_s)}
        await problem(scope["path"], HTTPStatus.TOO_MANY_REQUESTS, detail, headers=headers)(scope, receive, send)


class ConcurrencyLimit:
    """ASGI middleware: so many requests worked on at once; some wait for a place, the rest are told to come back."""

    def __init__(self, app: ASGIApp, *, places: int, metrics: Metrics) -> None:
        self._app = app
        self._places = anyio.Semaphore(places)
        self._most_waiting = places * WAITING_PER_PLACE
        self._shed = metrics.shed.labels("busy")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on when there is a place for it."""
        if not is_work(scope, ASKING):
            await self._app(scope, receive, send)
            return
        if not await self._take_place():
            self._shed.inc()
            detail = f"busy; try again in {RETRY_AFTER_S} s"
            headers = {"Retry-After": str(RETRY_AFTER_S)}
            await problem(scope["path"], HTTPStatus.SERVICE_UNAVAILABLE, detail, headers=headers)(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._places.release()

    async def _take_place(self) -> bool:
        if self._places.statistics().tasks_waiting >= self._most_waiting:
            return False
        with anyio.move_on_after(WAIT_S):
            await self._places.acquire()
            return True
        return False


def is_work(scope: Scope, prefixes: tuple[str, ...]) -> bool:
    """Whether a request asks for work, rather than for a file or a page."""
    return scope["type"] == "http" and scope["method"] == "POST" and str(scope["path"]).startswith(prefixes)


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else "unknown"
