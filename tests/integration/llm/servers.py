"""Language model servers on loopback, shaped as the providers' protocols are, and as badly behaved as one wishes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, StreamingResponse

Script = Callable[[dict[str, Any]], Iterator[str]]
"""From the question and evidence it was sent to the pieces of text a model writes; it may raise or sleep."""


class DiedError(Exception):
    """The model's server breaks off in mid-stream."""


def openai_server(script: Script, *, status: int = 200, message: str = "no", failures: int | None = None) -> FastAPI:
    """Return a server that speaks OpenAI's chat completions, streamed; with a status, it fails so many times."""
    app = FastAPI()
    failed: list[int] = []

    @app.post("/v1/chat/completions")
    async def complete(request: Request) -> Any:
        if status != 200 and (failures is None or len(failed) < failures):
            failed.append(status)
            return JSONResponse({"error": {"message": message, "type": "server_error"}}, status)
        body = await request.json()
        data = json.loads(body["messages"][-1]["content"])

        def events() -> Iterator[str]:
            base = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m"}
            try:
                for piece in script(data):
                    chunk = {**base, "choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]}
                    yield f"data: {json.dumps(chunk)}\n\n"
            except DiedError:
                yield 'data: {"error": {"message": "out of memory"}}\n\n'
                return
            done = {**base, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
            yield f"data: {json.dumps(done)}\n\ndata: [DONE]\n\n"

        return StreamingResponse(events(), media_type="text/event-stream")

    return app


def anthropic_server(script: Script, *, status: int = 200) -> FastAPI:
    """Return a server that speaks Anthropic's messages, streamed."""
    app = FastAPI()

    @app.post("/v1/messages")
    async def messages(request: Request) -> Any:
        if status != 200:
            return JSONResponse({"type": "error", "error": {"type": "api_error", "message": "no"}}, status)
        body = await request.json()
        content = body["messages"][-1]["content"]
        data = json.loads(content if isinstance(content, str) else content[0]["text"])

        def events() -> Iterator[str]:
            def event(kind: str, **fields: Any) -> str:
                return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n"

            usage = {"input_tokens": 1, "output_tokens": 1}
            start = {"id": "m", "type": "message", "role": "assistant", "model": "m", "content": [], "usage": usage}
            yield event("message_start", message={**start, "stop_reason": None, "stop_sequence": None})
            yield event("content_block_start", index=0, content_block={"type": "text", "text": ""})
            try:
                for piece in script(data):
                    yield event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})
            except DiedError:
                yield event("error", error={"type": "overloaded_error", "message": "out of memory"})
                return
            yield event("content_block_stop", index=0)
            yield event("message_delta", delta={"stop_reason": "end_turn", "stop_sequence": None}, usage=usage)
            yield event("message_stop")

        return StreamingResponse(events(), media_type="text/event-stream")

    return app


def ollama_server(script: Script, *, status: int = 200) -> FastAPI:
    """Return a server that speaks Ollama's chat, streamed."""
    app = FastAPI()

    @app.post("/api/chat")
    async def chat(request: Request) -> Any:
        if status != 200:
            return JSONResponse({"error": "no"}, status)
        body = await request.json()
        data = json.loads(body["messages"][-1]["content"])

        def lines() -> Iterator[str]:
            base = {"model": "m", "created_at": "2024-01-01T00:00:00Z"}
            try:
                for piece in script(data):
                    yield json.dumps({**base, "message": {"role": "assistant", "content": piece}, "done": False}) + "\n"
            except DiedError:
                yield json.dumps({"error": "out of memory"}) + "\n"
                return
            end = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"}
            yield json.dumps({**base, **end}) + "\n"

        return StreamingResponse(lines(), media_type="application/x-ndjson")

    return app


def sentence(text: str, quote: str, source: str = "E1") -> str:
    """Return one line as the prompt asks for it."""
    return json.dumps({"sentence": text, "quotes": [{"id": source, "quote": quote}]}) + "\n"


def in_pieces(text: str, size: int = 7) -> Iterator[str]:
    """Yield a text as a model would, a few letters at a time."""
    for at in range(0, len(text), size):
        yield text[at : at + size]


def slow(_: dict[str, Any]) -> Iterator[str]:
    """Trickle for ever."""
    while True:
        time.sleep(0.2)
        yield " "
