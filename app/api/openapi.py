"""The description of the API: OpenAPI 3.1, with the errors that every route may give, and the key."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.api.problems import MEDIA_TYPE
from app.schemas import Problem

_SCHEMA = "#/components/schemas/"
_MEANINGS = {
    400: "The request cannot be read: the body is not JSON, say.",
    401: "An API key is needed and none that counts was given.",
    403: "This server does not do that.",
    404: "There is no such document or paragraph.",
    413: "The body is too large.",
    415: "The body is not sent as application/json.",
    422: "The input cannot be taken as it is; the detail says what to change.",
    429: "Too many requests; try again after the seconds in Retry-After.",
    500: "Something went wrong on our side.",
    503: "Busy, or a model is not available; try again after the seconds in Retry-After.",
    504: "It took too long.",
}
Responses = dict[int | str, dict[str, Any]]


def problems(*statuses: int) -> Responses:
    """Return the documentation of errors told as problem details."""
    return {status: _response(status, MEDIA_TYPE, "Problem") for status in statuses}


def openai_problems(*statuses: int) -> Responses:
    """Return the documentation of errors in OpenAI's shape."""
    return {status: _response(status, "application/json", "OpenAIError") for status in statuses}


def describe(app: FastAPI) -> None:
    """Make an application describe itself at `/openapi.json`."""

    def schema() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = schema  # type: ignore[method-assign]


def _described(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
    components = schema.setdefault("components", {})
    known = components.setdefault("schemas", {})
    known["Problem"] = Problem.model_json_schema(ref_template=_SCHEMA + "{model}")
    known["OpenAIError"] = _OPENAI_ERROR
    for unused in ("HTTPValidationError", "ValidationError"):
        known.pop(unused, None)
    components["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    }
    schema["security"] = [{}, {"bearer": []}, {"header": []}]
    return schema


def _response(status: int, media_type: str, schema: str) -> dict[str, Any]:
    return {"description": _MEANINGS[status], "content": {media_type: {"schema": {"$ref": _SCHEMA + schema}}}}


_OPENAI_ERROR: dict[str, Any] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["message", "type", "param", "code"],
            "properties": {
                "message": {"type": "string"},
                "type": {"type": "string"},
                "param": {"type": ["string", "null"]},
                "code": {"type": ["string", "null"]},
            },
        }
    },
}

READING = problems(401, 404, 422, 429, 500)
UNCHANGED: Responses = {304: {"description": "What the caller has (If-None-Match) is still right."}, **READING}
ASKING = problems(400, 401, 413, 415, 422, 429, 500, 503, 504)
OPENAI_READING = openai_problems(401, 429, 500)
OPENAI_STREAMED: Responses = {200: {"description": "Whole, or as events.", "content": {"text/event-stream": {}}}}
OPENAI_ASKING = openai_problems(400, 401, 413, 415, 429, 500, 503, 504)
