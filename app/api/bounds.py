"""How much a request may bring and how long it may take."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import anyio
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import problem


class BodyLimit:
    """ASGI middleware that refuses a body over a size, before it is read where the size is told."""

    def __init__(self, app: ASGIApp, *, max_bytes: int, more: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._more = more or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting the bytes of its body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._more.get(scope["path"], self._max_bytes)
        told = Headers(scope=scope).get("content-length", "")
        too_large = f"the body is larger than {most} bytes"
        if told.isdigit() and int(told) > most:
            await problem(scope["path"], HTTPStatus.REQUEST_ENTITY_TOO_LARGE, too_large)(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, too_large)
            return message

        await self._app(scope, counted, send)


class TimeLimit:
    """ASGI middleware that answers 504 where no response has begun in time.

    Work in a thread cannot be stopped: the caller is answered in time and the thread ends when it ends, keeping
    its place among the requests worked on.
    """

    def __init__(self, app: ASGIApp, *, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with an eye on the clock."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        has_begun = is_late = False

        async def in_time(message: Message) -> None:
            nonlocal has_begun
            if not is_late:
                has_begun = True
                await send(message)

        async def watch() -> None:
            nonlocal is_late
            await anyio.sleep(self._seconds)
            if not has_begun:
                is_late = True
                detail = f"it took longer than {self._seconds:g} s; ask something shorter, or try again later"
                await problem(scope["path"], HTTPStatus.GATEWAY_TIMEOUT, detail)(scope, receive, send)
                group.cancel_scope.cancel()

        async with anyio.create_task_group() as group:
            group.start_soon(watch)
            await self._app(scope, receive, in_time)
            group.cancel_scope.cancel()
