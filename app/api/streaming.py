"""Answers as server-sent events (HTML standard, 9.2): sources first, then text, then citations, then the whole."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import Any

import structlog
from fastapi.responses import StreamingResponse

from app.api.problems import detail_of, status_of
from app.schemas import Problem
from app.service import AnswerEvent, SourcesEvent, StreamEvent

EVENT_STREAM = "text/event-stream"
HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
EVENT_SCHEMA = {
    "type": "object",
    "required": ["event", "data"],
    "properties": {
        "event": {"enum": ["sources", "text", "citations", "answer", "error"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
}
EXAMPLE = (
    'event: sources\ndata: {"paragraphs": ["celac-2024-kingstown-migration/p2"]}\n\n'
    'event: text\ndata: {"text": "Paragraph 2: … [1]"}\n\n'
    'event: citations\ndata: {"citations": [{"marker": 1, "paragraph": "p2", "quote": "…"}]}\n\n'
    'event: answer\ndata: {"outcome": "answer", "answer": "Paragraph 2: … [1]"}\n\n'
)


def stream(
    events: Iterator[StreamEvent], encode: Callable[[Iterable[StreamEvent]], Iterator[str]]
) -> StreamingResponse:
    """Send an answer as it comes about; what goes wrong before the first event is an ordinary error.

    Args:
        events: From the service.
        encode: Writes them as an event stream.
    """
    first = next(events)
    pieces = encode(itertools.chain((first,), events))
    return StreamingResponse(pieces, media_type=EVENT_STREAM, headers=HEADERS)


def sent_events(events: Iterable[StreamEvent]) -> Iterator[str]:
    """Yield an answer as named events; an error on the way is the last one, named `error`."""
    try:
        for event in events:
            yield from _named(event)
    except Exception as error:  # noqa: BLE001 - the status is sent; the stream itself has to tell
        yield from _told(error)


def data_line(record: Any) -> str:  # noqa: ANN401 - anything that JSON can hold
    """Return an event that has no name, as the OpenAI protocol sends them."""
    return f"data: {json.dumps(record, ensure_ascii=False, separators=(',', ':'))}\n\n"


def log_broken(error: Exception) -> int:
    """Log what ended a stream, and return its HTTP status."""
    status = status_of(error)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        structlog.get_logger().exception("stream broken")
    return status


def _named(event: StreamEvent) -> Iterator[str]:
    if isinstance(event, AnswerEvent):
        cited = [c.model_dump(mode="json", exclude_none=True) for c in event.answer.citations]
        yield _event("citations", json.dumps({"citations": cited}, ensure_ascii=False))
        yield _event("answer", event.answer.model_dump_json(exclude_none=True))
    elif isinstance(event, SourcesEvent):
        yield _event("sources", json.dumps({"paragraphs": event.paragraphs}))
    else:
        yield _event("text", json.dumps({"text": event.text}, ensure_ascii=False))


def _told(error: Exception) -> Iterator[str]:
    status = log_broken(error)
    told = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail_of(error))
    yield _event("error", told.model_dump_json())


def _event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {data}\n\n"
