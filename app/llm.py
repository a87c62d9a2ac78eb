"""A language model at work: read piece by piece, within limits of time, tokens and money, tried again, remembered.

Whatever a provider raises becomes one of our own errors here, without the provider's words, which may hold a key.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from app.errors import ModelStoppedError
from app.prompts import PROMPT_VERSION, prompt
from app.providers import is_passing, what_failed

LETTERS_PER_TOKEN = 4
"""A rough rate, used only where a provider does not report what it counted."""
_TRIES = 3
_FIRST_WAIT_S = 0.5
_LONGEST_WAIT_S = 8.0
_REMEMBERED = 256
_MILLION = 1_000_000
_END = object()


@dataclass(frozen=True, slots=True)
class Price:
    """What tokens cost, per million, in any one currency."""

    read: float = 0.0
    written: float = 0.0


class Budget:
    """What a process may spend on a model. A limit of 0 means there is none.

    Args:
        tokens: Most tokens, read and written together.
        money: Most money, in the currency of the price.
        price: Of a token.
    """

    def __init__(self, tokens: int = 0, money: float = 0.0, price: Price = Price()) -> None:
        self._limit = tokens
        self._most = money
        self._price = price
        self._lock = threading.Lock()
        self.tokens = 0
        self.money = 0.0

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left."""
        return bool(self._limit and self.tokens >= self._limit) or bool(self._most and self.money >= self._most)

    def spend(self, read: int, written: int) -> None:
        """Count tokens."""
        with self._lock:
            self.tokens += read + written
            self.money += (read * self._price.read + written * self._price.written) / _MILLION


class ModelWriter:
    """One model with its limits and a memory of what it wrote.

    Args:
        model: Any chat model.
        name: How people know it.
        timeout_s: For one task from start to end, retries included, in seconds.
        max_tokens: Longest text; what comes after it is not read.
        budget: Is asked before and told after.
    """

    def __init__(self, model: BaseChatModel, *, name: str, timeout_s: float, max_tokens: int, budget: Budget) -> None:
        self.name = name
        self._model = model
        self._timeout_s = timeout_s
        self._most_letters = 2 * LETTERS_PER_TOKEN * max_tokens
        self._budget = budget
        self._memory: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def write(self, task: str, language: str, data: Mapping[str, Any]) -> Generator[str, None, None]:
        """Yield what the model writes on a task, as it comes; from memory where it wrote on the same before.

        Args:
            task: Name of a prompt.
            language: Of the prompt.
            data: Sent apart from the prompt, as JSON.

        Raises:
            ModelStoppedError: It is over budget, too slow, or failed; what was yielded before still stands.
        """
        messages = [SystemMessage(prompt(task, language)), HumanMessage(json.dumps(data, ensure_ascii=False))]
        key = json.dumps([self.name, PROMPT_VERSION, *(str(message.content) for message in messages)])
        known = self._recall(key)
        if known is not None:
            yield from known
            return
        pieces: list[str] = []
        for piece in self._stream(messages):
            pieces.append(piece)
            yield piece
        self._remember(key, pieces)

    def _stream(self, messages: Sequence[BaseMessage]) -> Generator[str, None, None]:
        if self._budget.is_spent:
            raise ModelStoppedError("model_spent")
        deadline = time.monotonic() + self._timeout_s
        reading = _Reading(self._model, messages, deadline)
        letters = 0
        try:
            while letters < self._most_letters:
                piece = reading.next()
                if piece is None:
                    return
                letters += len(piece)
                yield piece
        except queue.Empty:
            raise ModelStoppedError("model_slow", seconds=f"{self._timeout_s:g}") from None
        finally:
            reading.stop()
            asked = sum(len(str(message.content)) for message in messages)
            read, written = reading.counted
            self._budget.spend(read or asked // LETTERS_PER_TOKEN, written or -(-letters // LETTERS_PER_TOKEN))

    def _recall(self, key: str) -> tuple[str, ...] | None:
        with self._lock:
            if key in self._memory:
                self._memory.move_to_end(key)
            return self._memory.get(key)

    def _remember(self, key: str, pieces: Sequence[str]) -> None:
        with self._lock:
            self._memory[key] = tuple(pieces)
            if len(self._memory) > _REMEMBERED:
                self._memory.popitem(last=False)


class _Reading:
    """A model read in a thread of its own, so that waiting for it can end; tried again until its first word."""

    def __init__(self, model: BaseChatModel, messages: Sequence[BaseMessage], deadline: float) -> None:
        self._model = model
        self._messages = list(messages)
        self._deadline = deadline
        self._pieces: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._has_begun = False
        self.counted = (0, 0)
        threading.Thread(target=self._run, daemon=True).start()

    def next(self) -> str | None:
        """Return the next piece, None at the end; raises queue.Empty when time is up."""
        piece = self._pieces.get(timeout=max(0.0, self._deadline - time.monotonic()))
        if isinstance(piece, Exception):
            raise ModelStoppedError("model_failed", error=what_failed(piece)) from None
        return None if piece is _END else str(piece)

    def stop(self) -> None:
        """Read no further."""
        self._stopped.set()

    def _run(self) -> None:
        try:
            Retrying(
                retry=retry_if_exception(lambda error: is_passing(error) and not self._has_begun),
                stop=stop_after_attempt(_TRIES),
                wait=wait_random_exponential(_FIRST_WAIT_S, _LONGEST_WAIT_S),
                sleep=self._wait,
                reraise=True,
            )(self._read)
        except Exception as error:  # noqa: BLE001 - each provider raises errors of its own; it is told to the reader
            self._pieces.put(error)
        else:
            self._pieces.put(_END)

    def _wait(self, seconds: float) -> None:
        self._stopped.wait(seconds)

    def _read(self) -> None:
        if self._stopped.is_set():
            return
        for chunk in self._model.stream(self._messages):
            if self._stopped.is_set():
                return
            usage = chunk.usage_metadata
            if usage:
                self.counted = (self.counted[0] + usage["input_tokens"], self.counted[1] + usage["output_tokens"])
            if chunk.text:
                self._has_begun = True
                self._pieces.put(chunk.text)
