"""Errors over HTTP: problem details (RFC 9457), and OpenAI's own shape under `/v1`.

Everything that goes wrong passes through here, so that no error leaves in another shape or says more than it should.
"""

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
from embeddings.errors import EmbeddingsError

MEDIA_TYPE = "application/problem+json"
OPENAI_PREFIX = "/v1/"
UNEXPECTED = "Something went wrong on our side; the log has it under the X-Request-ID of this response."

_OPENAI_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}


def add_problem_handlers(app: FastAPI) -> None:
    """Make an application tell every error as problem details, and under `/v1` as OpenAI does."""
    for kind in (AppError, CorpusError, EmbeddingsError):
        app.add_exception_handler(kind, _known)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)


def problem(
    path: str,
    status: int,
    detail: str,
    *,
    headers: dict[str, str] | None = None,
    errors: list[dict[str, Any]] | None = None,
) -> JSONResponse:
    """Return the response that tells an error.

    Args:
        path: Of the request.
        status: HTTP status.
        detail: What went wrong and what to do, for people.
        headers: More headers.
        errors: What is wrong where, one record each.
    """
    status = int(status)  # not HTTPStatus, which logs show in full
    if path.startswith(OPENAI_PREFIX):
        return JSONResponse(openai_error(status, detail), status_code=status, headers=headers)
    body = Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail, instance=path, errors=tuple(errors or ())
    )
    return JSONResponse(body.model_dump(), status_code=status, headers=headers, media_type=MEDIA_TYPE)


def openai_error(status: int, detail: str) -> dict[str, Any]:
    """Return an error in the shape of the OpenAI protocol."""
    kind = _OPENAI_TYPES.get(
        status, "server_error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "invalid_request_error"
    )
    code = "invalid_api_key" if status == HTTPStatus.UNAUTHORIZED else None
    return {"error": {"message": detail, "type": kind, "param": None, "code": code}}


def status_of(error: Exception) -> int:
    """Return the HTTP status that an error of ours has; 500 for one that nobody foresaw."""
    if isinstance(error, UnknownDocumentError | UnknownParagraphError):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, BusyError | ModelUnavailableError | EmbeddingsError):
        return HTTPStatus.SERVICE_UNAVAILABLE
    if isinstance(error, InputError | CorpusError):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.INTERNAL_SERVER_ERROR


def detail_of(error: Exception) -> str:
    """Return what callers are told of an error: its own words if it is one of ours, else none of them."""
    return str(error) if status_of(error) != HTTPStatus.INTERNAL_SERVER_ERROR else UNEXPECTED


async def _known(request: Request, error: Exception) -> JSONResponse:
    headers = {"Retry-After": str(error.retry_after_s)} if isinstance(error, BusyError) else None
    return problem(request.url.path, _status_at(request, status_of(error)), detail_of(error), headers=headers)


async def _http(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    detail = str(error.detail)
    if error.status_code == HTTPStatus.NOT_FOUND and detail == HTTPStatus.NOT_FOUND.phrase:
        detail = f"there is nothing at {request.url.path}; /openapi.json lists what there is"
    return problem(request.url.path, error.status_code, detail, headers=dict(error.headers or {}))


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    found = error.errors()
    if any(e["type"] == "json_invalid" for e in found):
        return problem(request.url.path, HTTPStatus.BAD_REQUEST, "the body is not JSON")
    if any(tuple(e["loc"]) == ("body",) for e in found) and not _says_json(request):
        detail = "send the body as Content-Type: application/json"
        return problem(request.url.path, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail)
    errors = [{"where": [str(step) for step in e["loc"]], "message": e["msg"]} for e in found]
    detail = "; ".join(f"{'.'.join(e['where'][1:]) or e['where'][0]}: {e['message']}" for e in errors)
    status = _status_at(request, HTTPStatus.UNPROCESSABLE_ENTITY)
    return problem(request.url.path, status, detail, errors=errors)


def _status_at(request: Request, status: int) -> int:
    """Return the status as the protocol at hand has it: OpenAI's knows 400 only."""
    is_openai = request.url.path.startswith(OPENAI_PREFIX)
    return HTTPStatus.BAD_REQUEST if is_openai and status == HTTPStatus.UNPROCESSABLE_ENTITY else status


def _says_json(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
