"""Errors over HTTP: `application/problem+json` (RFC 9457) for whatever goes wrong."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from app.errors import AppError, BusyError, InputError, ModelUnavailableError
from app.schemas import Problem
from corpus.errors import CorpusError, UnknownDocumentError, UnknownParagraphError

MEDIA_TYPE = "application/problem+json"

RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {
        "model": Problem,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        "description": text,
    }
    for status, text in {
        400: "The body is not JSON.",
        413: "The body is too large.",
        422: "The input cannot be taken as it is.",
        503: "Busy, or a model is not available.",
    }.items()
}
NOT_FOUND: dict[int | str, dict[str, Any]] = {
    404: {
        "model": Problem,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        "description": "No such document or paragraph.",
    }
}


def add_problem_handlers(app: FastAPI) -> None:
    """Make an application tell every error as problem details."""
    app.add_exception_handler(AppError, _known)
    app.add_exception_handler(CorpusError, _known)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)


def problem(
    status: int,
    detail: str,
    request: Request,
    *,
    headers: dict[str, str] | None = None,
    errors: list[dict[str, Any]] | None = None,
) -> JSONResponse:
    """Return a problem response."""
    body = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=request.url.path,
        errors=tuple(errors or ()),
    )
    return JSONResponse(body.model_dump(), status_code=status, headers=headers, media_type=MEDIA_TYPE)


async def _known(request: Request, error: Exception) -> JSONResponse:
    headers = {"Retry-After": str(error.retry_after_s)} if isinstance(error, BusyError) else None
    return problem(_status(error), str(error), request, headers=headers)


def _status(error: Exception) -> int:
    if isinstance(error, UnknownDocumentError | UnknownParagraphError):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, BusyError | ModelUnavailableError):
        return HTTPStatus.SERVICE_UNAVAILABLE
    return (
        HTTPStatus.UNPROCESSABLE_ENTITY
        if isinstance(error, InputError | CorpusError)
        else HTTPStatus.INTERNAL_SERVER_ERROR
    )


async def _http(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    return problem(error.status_code, str(error.detail), request, headers=dict(error.headers or {}))


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    errors = [{"where": list(e["loc"]), "message": e["msg"]} for e in error.errors()]
    is_json = all(e["type"] != "json_invalid" for e in error.errors())
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_json else HTTPStatus.BAD_REQUEST
    return problem(status, "; ".join(str(e["message"]) for e in errors), request, errors=errors)
