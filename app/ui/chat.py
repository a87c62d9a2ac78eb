"""The conversation of the page: from what the visitor sees to what the service is asked, and back, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app.errors import AppError
from app.schemas import Turn
from app.service import AnswerEvent, Service, TextEvent
from app.ui.render import answer_html, error_html, partial_html, plain_text, question_html
from corpus.errors import CorpusError

MAX_TURNS = 40
"""Earlier messages that are sent along."""

Message = dict[str, Any]


def converse(service: Service, question: str, messages: Sequence[Message], language: str) -> Iterator[list[Message]]:
    """Answer a question in a conversation.

    The conversation is what the visitor's own page holds; nothing of it is kept here.

    Args:
        service: Answers.
        question: As typed.
        messages: What the page shows so far.
        language: Of the page.

    Yields:
        The messages to show, longer each time.
    """
    shown = [*messages, {"role": "user", "content": question_html(question)}]
    text = ""
    try:
        for event in service.ask_stream(question, turns(messages)):
            if isinstance(event, TextEvent):
                text += event.text
                yield [*shown, {"role": "assistant", "content": partial_html(text)}]
            elif isinstance(event, AnswerEvent):
                yield [*shown, {"role": "assistant", "content": answer_html(event.answer, language)}]
    except (AppError, CorpusError) as error:
        yield [*shown, {"role": "assistant", "content": error_html(str(error), language)}]


def turns(messages: Sequence[Message]) -> list[Turn]:
    """Return the conversation that the page shows as plain turns."""
    found = []
    for message in messages[-MAX_TURNS:]:
        text = plain_text(_content(message["content"]))[:20_000]
        if message["role"] in {"user", "assistant"}:
            found.append(Turn(role=message["role"], content=text))
    return found


def _content(content: Any) -> str:  # noqa: ANN401 - Gradio sends text or a list of parts
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content if isinstance(part, dict))
