"""`POST /v1/responses`, streamed and not. Nothing is stored: the conversation comes with each request."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import Field

from app.api.openai.annotations import annotate
from app.api.openai.chat import usage
from app.api.openai.conversation import MODEL, Item, Open, read_conversation
from app.api.openapi import OPENAI_ASKING, OPENAI_STREAMED
from app.api.problems import detail_of
from app.api.streaming import log_broken, stream
from app.errors import InputError
from app.schemas import Answer
from app.service import AnswerEvent, Service, StreamEvent, TextEvent


class ResponsesBody(Open):
    """A question, or a conversation whose last message is the question."""

    model: str = Field(default=MODEL, max_length=200)
    input: str | list[Item] = Field(
        max_length=50_000, examples=["What does the declaration say about trafficking in persons?"]
    )
    stream: bool | None = False
    previous_response_id: str | None = None


def responses_router(service: Service) -> APIRouter:
    """Return the route over one service."""
    router = APIRouter(prefix="/v1", tags=["OpenAI"], responses=OPENAI_ASKING)

    @router.post("/responses", response_model=dict[str, Any], responses=OPENAI_STREAMED)
    def respond(body: ResponsesBody, request: Request) -> dict[str, Any] | StreamingResponse:
        """Answer; the citations are `url_citation` annotations of the text, `celac_qa` has the whole answer."""
        if body.previous_response_id:
            raise InputError("no responses are stored; send the earlier messages in input")
        items = [Item(role="user", content=body.input)] if isinstance(body.input, str) else body.input
        question, history = read_conversation(items)
        writer = _Writer(question, str(request.base_url).rstrip("/"))
        if body.stream:
            return stream(service.ask_stream(question, history), writer.events)
        return writer.response(service.ask(question, history))

    return router


class _Writer:
    """Writes one response, whole or as events."""

    def __init__(self, question: str, base_url: str) -> None:
        self._question = question
        self._base_url = base_url
        self._id = f"resp_{secrets.token_hex(12)}"
        self._item = f"msg_{secrets.token_hex(12)}"
        self._created = int(time.time())
        self._number = 0

    def response(self, answer: Answer) -> dict[str, Any]:
        asked, said, both = usage(self._question, answer.answer).values()
        return {
            **self._state("completed", [self._message(answer)]),
            "usage": {
                "input_tokens": asked,
                "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
                "output_tokens": said,
                "output_tokens_details": {"reasoning_tokens": 0},
                "total_tokens": both,
            },
            "celac_qa": answer.model_dump(mode="json", exclude_none=True),
        }

    def events(self, events: Iterable[StreamEvent]) -> Iterator[str]:
        yield self._event("response.created", response=self._state("in_progress", []))
        yield self._event("response.in_progress", response=self._state("in_progress", []))
        empty = {"type": "message", "id": self._item, "status": "in_progress", "role": "assistant", "content": []}
        yield self._event("response.output_item.added", output_index=0, item=empty)
        yield self._at("response.content_part.added", part=_part("", []))
        try:
            for event in events:
                if isinstance(event, TextEvent):
                    yield self._at("response.output_text.delta", delta=event.text, logprobs=[])
                elif isinstance(event, AnswerEvent):
                    yield from self._end(event.answer)
        except Exception as error:  # noqa: BLE001 - the status is sent; the stream itself has to tell
            log_broken(error)
            told = {"code": "server_error", "message": detail_of(error)}
            yield self._event("response.failed", response={**self._state("failed", []), "error": told})

    def _end(self, answer: Answer) -> Iterator[str]:
        found = annotate(answer, self._base_url)
        for index, annotation in enumerate(found):
            added = {"annotation_index": index, "annotation": annotation}
            yield self._at("response.output_text.annotation.added", **added)
        yield self._at("response.output_text.done", text=answer.answer, logprobs=[])
        yield self._at("response.content_part.done", part=_part(answer.answer, found))
        yield self._event("response.output_item.done", output_index=0, item=self._message(answer))
        yield self._event("response.completed", response=self.response(answer))

    def _message(self, answer: Answer) -> dict[str, Any]:
        part = _part(answer.answer, annotate(answer, self._base_url))
        return {"type": "message", "id": self._item, "status": "completed", "role": "assistant", "content": [part]}

    def _state(self, status: str, output: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": self._id,
            "object": "response",
            "created_at": self._created,
            "status": status,
            "model": MODEL,
            "output": output,
            "error": None,
            "incomplete_details": None,
            "instructions": None,
            "metadata": {},
            "parallel_tool_calls": False,
            "previous_response_id": None,
            "store": False,
            "temperature": None,
            "text": {"format": {"type": "text"}},
            "tool_choice": "none",
            "tools": [],
            "top_p": None,
        }

    def _at(self, kind: str, **more: Any) -> str:  # noqa: ANN401 - anything that JSON can hold
        return self._event(kind, item_id=self._item, output_index=0, content_index=0, **more)

    def _event(self, kind: str, **more: Any) -> str:  # noqa: ANN401 - anything that JSON can hold
        record = {"type": kind, "sequence_number": self._number, **more}
        self._number += 1
        return f"event: {kind}\ndata: {json.dumps(record, ensure_ascii=False, separators=(',', ':'))}\n\n"


def _part(text: str, found: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "output_text", "text": text, "annotations": found, "logprobs": []}
