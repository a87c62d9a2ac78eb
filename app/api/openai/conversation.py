"""What the OpenAI protocol brings in: messages and items, read as a question and its history.

Instructions of system and developer messages are passed over: what may be said is settled by the texts. Tool
messages are passed over too.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.errors import InputError
from app.schemas import Turn
from app.service import MAX_QUESTION

LAST_TURNS = 50
"""How far back a conversation is read."""
MAX_TURN = 20_000
MODEL = "celac-qa"

_TEXT_PARTS = frozenset({"text", "input_text", "output_text"})
_SPEAKERS = frozenset({"user", "assistant"})


class Open(BaseModel):
    """Request that takes whatever else clients send, and does nothing with it."""

    model_config = ConfigDict(extra="ignore")


class Part(Open):
    """One part of a message; only text can be read."""

    type: str = Field(examples=["text"])
    text: str | None = None


class Message(Open):
    """One message of a conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None


class Item(Open):
    """One input item of the responses protocol; items other than messages are passed over."""

    type: str = "message"
    role: str | None = None
    content: str | list[Part] | None = None


def read_conversation(messages: list[Message] | list[Item]) -> tuple[str, list[Turn]]:
    """Return the question, which is the last message, and the earlier messages, oldest first.

    Raises:
        InputError: The last message is not a user's, or holds something other than text.
    """
    spoken = [(str(m.role), _text(m.content)) for m in messages if m.role in _SPEAKERS]
    if not spoken or spoken[-1][0] != "user":
        raise InputError("the last message must be a question, with role user")
    question = spoken[-1][1]
    if len(question) > MAX_QUESTION:
        raise InputError(f"the question has {len(question)} characters; {MAX_QUESTION} is the most")
    earlier = [_turn(role, text) for role, text in spoken[:-1] if text.strip()]
    return question, earlier[-LAST_TURNS:]


def _turn(role: str, text: str) -> Turn:
    return Turn.model_validate({"role": role, "content": text[:MAX_TURN]})


def _text(content: str | list[Part] | None) -> str:
    if content is None or isinstance(content, str):
        return content or ""
    other: Any = next((part.type for part in content if part.type not in _TEXT_PARTS), None)
    if other is not None:
        raise InputError(f"parts of type {other!r} cannot be read; send text")
    return "\n".join(part.text or "" for part in content)
