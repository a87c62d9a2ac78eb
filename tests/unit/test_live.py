"""A service that replaces itself when what it serves has changed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.live import live
from app.service import Service
from corpus.errors import TamperedError


def a_service(name: str) -> Service:
    return cast("Service", SimpleNamespace(library=name))


def test_live_stays_with_its_service_while_nothing_changes() -> None:
    service = live(a_service("old"), mark=lambda: 1, renew=lambda: a_service("new"))
    assert service.library == "old"


def test_live_replaces_its_service_once_per_change() -> None:
    marks: list[Any] = [1]
    made: list[Service] = []

    def renew() -> Service:
        made.append(a_service(f"new {len(made)}"))
        return made[-1]

    service = live(a_service("old"), mark=lambda: marks[0], renew=renew)
    marks[0] = 2
    assert [service.library, service.library] == ["new 0", "new 0"]
    assert len(made) == 1


def test_live_keeps_answering_when_the_new_texts_cannot_be_opened(caplog: pytest.LogCaptureFixture) -> None:
    marks: list[Any] = [1]

    def renew() -> Service:
        raise TamperedError("celac-2019-quimera", "paragraphs.json")

    service = live(a_service("old"), mark=lambda: marks[0], renew=renew)
    marks[0] = 2
    assert service.library == "old"
    assert "celac-2019-quimera" in caplog.text
