"""`POST /v1/chat/completions`, streamed and not."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import Field

from app.api.openai.annotations import annotate, nested
from app.api.openai.conversation import MODEL, Message, Open, read_conversation
from app.api.openapi import OPENAI_ASKING, OPENAI_STREAMED
from app.api.problems import detail_of, openai_error
from app.api.streaming import data_line, log_broken, stream
from app.schemas import Answer
from app.service import AnswerEvent, Service, StreamEvent, TextEvent

_EXAMPLE = [{"role": "user", "content": "What does the declaration say about trafficking in persons?"}]


class StreamOptions(Open):
    """How to stream."""

    include_usage: bool = False


class ChatBody(Open):
    """A conversation whose last message is the question."""

    model: str = Field(default=MODEL, max_length=200)
    messages: list[Message] = Field(min_length=1, max_length=2000, examples=[_EXAMPLE])
    stream: bool | None = False
    stream_options: StreamOptions | None = None


def chat_router(service: Service) -> APIRouter:
    """Return the route over one service."""
    router = APIRouter(prefix="/v1", tags=["OpenAI"], responses=OPENAI_ASKING)

    @router.post("/chat/completions", response_model=dict[str, Any], responses=OPENAI_STREAMED)
    def complete(body: ChatBody, request: Request) -> dict[str, Any] | StreamingResponse:
        """Answer a conversation; the citations are `url_citation` annotations, `celac_qa` has the whole answer."""
        question, history = read_conversation(body.messages)
        writer = _Writer(question, str(request.base_url).rstrip("/"), has_usage=_wants_usage(body))
        if body.stream:
            return stream(service.ask_stream(question, history), writer.chunks)
        return writer.completion(service.ask(question, history))

    return router


class _Writer:
    """Writes one completion, whole or in chunks."""

    def __init__(self, question: str, base_url: str, *, has_usage: bool) -> None:
        self._question = question
        self._base_url = base_url
        self._has_usage = has_usage
        self._head = {"id": f"chatcmpl-{secrets.token_hex(12)}", "created": int(time.time()), "model": MODEL}

    def completion(self, answer: Answer) -> dict[str, Any]:
        message = {
            "role": "assistant",
            "content": answer.answer,
            "refusal": None,
            "annotations": self._annotations(answer),
        }
        return {
            **self._head,
            "object": "chat.completion",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
            "usage": usage(self._question, answer.answer),
            "celac_qa": answer.model_dump(mode="json", exclude_none=True),
        }

    def chunks(self, events: Iterable[StreamEvent]) -> Iterator[str]:
        yield self._chunk({"role": "assistant", "content": ""})
        try:
            for event in events:
                if isinstance(event, TextEvent):
                    yield self._chunk({"content": event.text})
                elif isinstance(event, AnswerEvent):
                    yield from self._end(event.answer)
        except Exception as error:  # noqa: BLE001 - the status is sent; the stream itself has to tell
            yield data_line(openai_error(log_broken(error), detail_of(error)))
        yield "data: [DONE]\n\n"

    def _end(self, answer: Answer) -> Iterator[str]:
        whole = answer.model_dump(mode="json", exclude_none=True)
        yield self._chunk({"annotations": self._annotations(answer)})
        yield self._chunk({}, finish_reason="stop", celac_qa=whole)
        if self._has_usage:
            yield self._line([], usage=usage(self._question, answer.answer))

    def _chunk(self, delta: dict[str, Any], *, finish_reason: str | None = None, **more: Any) -> str:  # noqa: ANN401
        return self._line([{"index": 0, "delta": delta, "finish_reason": finish_reason, "logprobs": None}], **more)

    def _line(self, choices: list[dict[str, Any]], **more: Any) -> str:  # noqa: ANN401 - anything that JSON can hold
        return data_line({**self._head, "object": "chat.completion.chunk", "choices": choices, **more})

    def _annotations(self, answer: Answer) -> list[dict[str, Any]]:
        return [nested(flat) for flat in annotate(answer, self._base_url)]


def usage(question: str, text: str) -> dict[str, int]:
    """Return what clients expect of usage, counted in words, since nothing here is paid by the token."""
    asked, said = len(question.split()), len(text.split())
    return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}


def _wants_usage(body: ChatBody) -> bool:
    return bool(body.stream_options and body.stream_options.include_usage)
