"""The conversation of the page: from what the visitor sees to what the service is asked, and back, piece by piece.

The conversation lives in the visitor's own page, which sends it along with each question; nothing of it is kept here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app.errors import AppError
from app.schemas import Answer, Turn
from app.service import AnswerEvent, Service, TextEvent
from app.ui.render import answer_html, error_html, partial_html, pending_html, question_html
from app.ui.texts import page_texts
from corpus.errors import CorpusError
from embeddings.errors import EmbeddingsError

MAX_TURNS = 40
"""Earlier messages that are sent along."""
MAX_TURN = 20_000
"""Code points of one of them."""

Message = dict[str, Any]


def converse(
    service: Service, question: str, messages: Sequence[Message], language: str
) -> Iterator[tuple[list[Message], Answer | None]]:
    """Answer a question in a conversation.

    Args:
        service: Answers.
        question: As typed.
        messages: What the page shows so far.
        language: Of the page.

    Yields:
        The messages to show, longer each time; with the last ones the whole answer, if it came to that.
    """
    shown = [*settled(messages, language), message("user", question, question_html(question))]
    yield [*shown, message("assistant", "", pending_html(language))], None
    text = ""
    try:
        for event in service.ask_stream(question, turns(messages)):
            if isinstance(event, TextEvent):
                text += event.text
                yield [*shown, message("assistant", text, partial_html(text))], None
            elif isinstance(event, AnswerEvent):
                answer = event.answer
                yield [*shown, message("assistant", answer.answer, answer_html(answer, language))], answer
    except (AppError, CorpusError, EmbeddingsError) as error:
        yield [*shown, message("assistant", "", error_html(str(error), language))], None


def settled(messages: Sequence[Message], language: str) -> list[Message]:
    """Return a conversation in which an answer that never became whole says so, and counts for nothing."""
    broken = message("assistant", "", error_html(page_texts(language)["broken"], language))
    return [broken if is_unfinished(sent) else sent for sent in messages]


def is_unfinished(sent: Message) -> bool:
    """Whether a message is an answer that broke off; texts and questions are escaped and cannot look like one."""
    content = str(sent["content"])
    return sent["role"] == "assistant" and any(f'class="reply {state}"' in content for state in ("pending", "partial"))


def message(role: str, text: str, html: str) -> Message:
    """Return a message: what is shown, and the plain words that go into later questions."""
    return {"role": role, "content": html, "metadata": {"log": text}}


def turns(messages: Sequence[Message]) -> list[Turn]:
    """Return the conversation that the page sent along, as plain turns."""
    found = []
    for sent in messages[-MAX_TURNS:]:
        text = str((sent.get("metadata") or {}).get("log") or "")[:MAX_TURN]
        if text and not is_unfinished(sent) and sent["role"] in {"user", "assistant"}:
            found.append(Turn(role=sent["role"], content=text))
    return found
