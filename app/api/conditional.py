"""Conditional requests (RFC 9110, 13): an entity tag on what may be kept, and 304 where nothing has changed."""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from fastapi import Request, Response
from pydantic import BaseModel


def conditional(request: Request, shape: BaseModel, *, headers: dict[str, str] | None = None) -> Response:
    """Return a shape with its entity tag, or 304 if the caller has it already.

    Args:
        request: With `If-None-Match`, if the caller has something.
        shape: What to send.
        headers: More headers.
    """
    body = shape.model_dump_json().encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    kept = {"ETag": tag, "Cache-Control": "no-cache", **(headers or {})}
    if _matches(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=kept)
    return Response(body, media_type="application/json", headers=kept)


def _matches(header: str, tag: str) -> bool:
    """Whether an If-None-Match header names a tag, by weak comparison."""
    given = [entry.strip().removeprefix("W/") for entry in header.split(",")]
    return "*" in given or tag in given
