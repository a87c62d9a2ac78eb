"""A service that is always the newest one: when the index is switched, the next question meets the new texts."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from corpus.errors import CorpusError
from embeddings.errors import EmbeddingsError

if TYPE_CHECKING:
    from app.service import Service

_log = logging.getLogger(__name__)


class _Live:
    def __init__(self, first: Service, mark: Callable[[], object], renew: Callable[[], Service]) -> None:
        self._current = first
        self._mark = mark
        self._renew = renew
        self._seen = mark()
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a service has
        if self._mark() != self._seen and self._lock.acquire(blocking=False):
            try:
                self._replace()
            finally:
                self._lock.release()
        return getattr(self._current, name)

    def _replace(self) -> None:
        self._seen = self._mark()
        try:
            self._current = self._renew()
        except (CorpusError, EmbeddingsError) as error:
            _log.warning("the texts have changed but cannot be opened; the earlier ones still answer: %s", error)


def live(first: Service, *, mark: Callable[[], object], renew: Callable[[], Service]) -> Service:
    """Return a service that replaces itself.

    Each call is answered by one service from beginning to end. Who comes first after a change waits for the new one;
    others are answered by the old one meanwhile. A new one that cannot be made is logged, and the old one stays.

    Args:
        first: Answers until something changes.
        mark: Says what there is to be served; cheap, asked at each call.
        renew: Makes the new service after the mark has changed.
    """
    return cast("Service", _Live(first, mark, renew))
