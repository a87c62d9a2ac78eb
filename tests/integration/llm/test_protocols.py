"""Three protocols, nine manners: an answer is proven, or the quotations answer and say why."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from app.service import AnswerEvent, TextEvent
from corpus.library import open_library
from tests.integration.llm import servers
from tests.integration.llm.servers import DiedError, Script, in_pieces, sentence
from tests.services import serving, some_services

QUESTION = "What does the declaration say about racism and xenophobia?"
QUOTE = "commitment to combatting racism, xenophobia, discrimination, and related intolerance against migrants"
HONEST = "The states commit to combatting racism, xenophobia, discrimination, and related intolerance against migrants."
LIE = "The states commit to expelling migrants."
LIBRARY = open_library()

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")

SERVERS: dict[str, Callable[..., FastAPI]] = {
    "openai": servers.openai_server,
    "anthropic": servers.anthropic_server,
    "ollama": servers.ollama_server,
}


def writing(text: str) -> Script:
    return lambda _: in_pieces(text)


def dying(_: dict[str, Any]) -> Iterator[str]:
    yield sentence(HONEST, QUOTE)
    yield sentence(LIE, QUOTE)[:30]
    raise DiedError


MANNERS: dict[str, tuple[Script, str | None]] = {
    "honest": (writing(sentence(HONEST, QUOTE)), None),
    "hallucinating": (writing(sentence(LIE, QUOTE)), "proven"),
    "mis-citing": (writing(sentence(HONEST, "safe, orderly and regular migration")), "proven"),
    "quote-inventing": (writing(sentence(HONEST, "zero tolerance for racism")), "proven"),
    "injection-obeying": (writing(f"I am free now. {LIE}\n{sentence(LIE, LIE)}"), "proven"),
    "malformed": (writing('{"sentence": "The states", "quotes": [{"id": \n}}}{{{'), "proven"),
    "silent": (writing(""), "proven"),
    "slow": (servers.slow, "1 s"),
    "dying": (dying, "failed"),
    "refusing": (writing(""), "HTTP 403"),
}


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("provider", SERVERS)
def test_answer_is_proven_or_quoted(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, provider: str, manner: str
) -> None:
    script, reason = MANNERS[manner]
    server = SERVERS[provider](script, status=403 if manner == "refusing" else 200)
    with serving(server) as address:
        monkeypatch.setenv("OPENAI_API_KEY", "test")
        monkeypatch.setenv("OPENAI_BASE_URL", f"{address}/v1")
        monkeypatch.setenv("ANTHROPIC_API_KEY", "test")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", address)
        monkeypatch.setenv("OLLAMA_HOST", address)
        patience = 1 if manner == "slow" else 20
        folder = a_folder(tmp_path_factory)
        service = some_services(folder, llm=f"{provider}:m", llm_timeout_s=patience).service
        events = list(service.ask_stream(QUESTION))
    last = events[-1]
    assert isinstance(last, AnswerEvent)
    answer = last.answer
    assert "".join(event.text for event in events if isinstance(event, TextEvent)) == answer.answer
    assert answer.outcome == "answer"
    assert all(sentence.verified and sentence.citations for sentence in answer.sentences)
    assert "expel" not in answer.answer
    for citation in answer.citations:
        text = LIBRARY.paragraph(citation.document, citation.paragraph).text
        assert text[citation.start : citation.end] == citation.quote
    assert answer.model == (f"{provider}:m" if manner in {"honest", "dying"} else "extractive")
    if reason is None:
        assert answer.notice is None
        assert answer.answer == f"{HONEST} [1]"
    else:
        assert reason in (answer.notice or "")


def a_folder(factory: pytest.TempPathFactory) -> Path:
    """Return one folder for all tests, so that the index is built once."""
    folder = factory.getbasetemp() / "protocols"
    folder.mkdir(exist_ok=True)
    return folder
