"""Language models, opt-in: opened by name, read piece by piece, within a time limit and a budget.

The only module that talks to one. Whatever a provider raises becomes one of our own errors here; keys come from the
provider's own environment variables and are never seen.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from app.errors import ModelUnavailableError

_END = object()


class Budget:
    """Tokens a process may spend on a model; counted by what the provider reports, else by four letters a token."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._spent = 0
        self._lock = threading.Lock()

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left; a limit of 0 means there is none."""
        return bool(self._limit) and self._spent >= self._limit

    def spend(self, tokens: int) -> None:
        """Count tokens."""
        with self._lock:
            self._spent += tokens


def open_model(name: str, *, timeout_s: float, max_tokens: int) -> BaseChatModel:
    """Open a chat model as LangChain's `init_chat_model` names it.

    Args:
        name: `provider:model`.
        timeout_s: For one reading of the network, in seconds.
        max_tokens: Longest draft.

    Raises:
        ModelUnavailableError: The provider's package or key is missing, or the name means nothing.
    """
    from langchain.chat_models import init_chat_model

    if ":" not in name:
        raise ModelUnavailableError(f"{name!r} names no provider; set CELAC_QA_LLM to provider:model or to extractive")
    options: dict[str, Any] = {"num_predict": max_tokens, "client_kwargs": {"timeout": timeout_s}}
    if not name.startswith("ollama:"):
        options = {"max_tokens": max_tokens, "timeout": timeout_s, "max_retries": 1}
    try:
        model: BaseChatModel = init_chat_model(name, temperature=0, **options)
    except Exception as error:
        raise ModelUnavailableError(f"the language model {name} cannot be opened: {error}") from error
    return model


def stream_text(
    model: BaseChatModel, messages: Sequence[BaseMessage], *, timeout_s: float, budget: Budget
) -> Iterator[str]:
    """Yield a model's text as it comes.

    Args:
        model: Any chat model.
        messages: The prompt.
        timeout_s: For the whole draft, in seconds, however slowly it trickles.
        budget: Is asked before and told after.

    Raises:
        ModelUnavailableError: It is over budget, too slow, or failed; what was yielded before still stands.
    """
    if budget.is_spent:
        raise ModelUnavailableError("its token budget is spent")
    pieces: queue.Queue[Any] = queue.Queue(maxsize=1_000)
    stop = threading.Event()
    reader = threading.Thread(target=_read, args=(model, list(messages), pieces, stop), daemon=True)
    reader.start()
    deadline = time.monotonic() + timeout_s
    spent = sum(len(str(message.content)) for message in messages) // 4
    try:
        while True:
            try:
                piece = pieces.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise ModelUnavailableError(f"it took longer than {timeout_s:g} s") from None
            if piece is _END:
                return
            if isinstance(piece, Exception):
                raise ModelUnavailableError(f"it failed: {type(piece).__name__}") from piece
            spent += len(piece) // 4 + 1
            yield piece
    finally:
        stop.set()
        budget.spend(spent)


def _read(model: BaseChatModel, messages: list[BaseMessage], pieces: queue.Queue[Any], stop: threading.Event) -> None:
    try:
        for chunk in model.stream(messages):
            if stop.is_set():
                return
            pieces.put(chunk.text)
    except Exception as error:  # noqa: BLE001 - each provider raises errors of its own; it is told to the reader
        pieces.put(error)
    else:
        pieces.put(_END)
