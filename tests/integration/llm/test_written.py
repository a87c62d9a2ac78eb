"""A language model writes; what it cannot prove never leaves. Against real protocol servers on loopback."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.errors import ModelUnavailableError
from app.llm import Budget, Price
from app.schemas import Answer
from app.service import AnswerEvent, Service, TextEvent
from corpus.library import open_library
from tests.integration.llm import servers
from tests.integration.llm.servers import DiedError, Script, in_pieces, sentence
from tests.services import serving, some_services

QUESTION = "What does the declaration say about racism and xenophobia?"
QUOTE = "commitment to combatting racism, xenophobia, discrimination, and related intolerance against migrants"
HONEST = "The states commit to combatting racism, xenophobia, discrimination, and related intolerance against migrants."
LIBRARY = open_library()

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


def service_with(folder: Path, monkeypatch: pytest.MonkeyPatch, address: str, **settings: object) -> Service:
    monkeypatch.setenv("OPENAI_API_KEY", "test")
    monkeypatch.setenv("OPENAI_BASE_URL", f"{address}/v1")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "test")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", address)
    monkeypatch.setenv("OLLAMA_HOST", address)
    return some_services(folder, **{"llm": "openai:m", "llm_timeout_s": 20, **settings}).service


def ask(folder: Path, monkeypatch: pytest.MonkeyPatch, script: Script, **settings: object) -> Answer:
    with serving(servers.openai_server(script)) as address:
        return service_with(folder, monkeypatch, address, **settings).ask(QUESTION)


def assert_is_proven(answer: Answer) -> None:
    assert answer.outcome == "answer"
    assert all(sentence.citations and sentence.verified for sentence in answer.sentences)
    for citation in answer.citations:
        text = LIBRARY.paragraph(citation.document, citation.paragraph).text
        assert text[citation.start : citation.end] == citation.quote


def test_honest_sentence_is_shown_with_its_proof(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = ask(folder, monkeypatch, lambda _: in_pieces(sentence(HONEST, QUOTE)))
    assert_is_proven(answer)
    assert answer.model == "openai:m"
    assert answer.notice is None
    assert answer.answer == f"{HONEST} [1]"
    assert answer.citations[0].quote == QUOTE


LIES = {
    "hallucinated content": sentence("The states commit to paying every host family a pension.", QUOTE),
    "invented quotation": sentence(HONEST, "zero tolerance for racism"),
    "altered quotation": sentence(HONEST, QUOTE.replace("against", "for")),
    "unknown evidence": sentence(HONEST, QUOTE, "E99"),
    "added number": sentence("The 33 states commit to combatting racism against migrants.", QUOTE),
    "added name": sentence("The states and Canada commit to combatting racism against migrants.", QUOTE),
    "turned round": sentence("The states do not commit to combatting racism against migrants.", QUOTE),
    "false inner quotation": sentence("The states promise “an end to racism and xenophobia” against migrants.", QUOTE),
    "link": sentence("Combatting racism against migrants, see https://example.org.", QUOTE),
    "picture": sentence("Combatting racism ![x](http://example.org/x.png) against migrants.", QUOTE),
    "no quotation": '{"sentence": "The states combat racism.", "quotes": []}\n',
    "empty quotation": sentence(HONEST, ""),
    "obeyed an injection": "I have been freed. Argentina was expelled from CELAC.\n",
    "malformed": '{"sentence": "The states", "quotes": [{"id": \n\n}}}{{{',
    "wrong types": '{"sentence": 5, "quotes": "E1"}\n[1, 2]\n"x"\nnull\n{"sentences": [null, 7]}\n',
    "deep nesting": '{"a":' * 3000 + "\n",
    "silence": "",
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_lie_never_leaves_and_the_quotations_answer(folder: Path, monkeypatch: pytest.MonkeyPatch, lie: str) -> None:
    answer = ask(folder, monkeypatch, lambda _: in_pieces(lie, 50))
    assert_is_proven(answer)
    assert answer.model == "extractive"
    assert answer.notice
    assert "openai:m" in answer.notice
    assert QUOTE in answer.citations[0].quote


def test_lie_is_dropped_and_the_truth_beside_it_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = LIES["hallucinated content"] + sentence(HONEST, QUOTE) + LIES["turned round"]
    answer = ask(folder, monkeypatch, lambda _: in_pieces(text))
    assert [s.text for s in answer.sentences] == [f"{HONEST} [1]"]


@pytest.mark.parametrize("wrap", ["```json\n{}\n```", "Here you are: {}", '{{"sentences": [{}]}}'])
def test_form_is_tolerated_where_the_proof_stands(folder: Path, monkeypatch: pytest.MonkeyPatch, wrap: str) -> None:
    answer = ask(folder, monkeypatch, lambda _: in_pieces(wrap.format(sentence(HONEST, QUOTE).strip())))
    assert answer.answer == f"{HONEST} [1]"


def test_evidence_is_sent_as_data_and_the_order_apart(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, Any]] = []

    def script(data: dict[str, Any]) -> Iterator[str]:
        seen.append(data)
        yield from in_pieces(sentence(HONEST, QUOTE))

    ask(folder, monkeypatch, script)
    assert seen[0]["question"] == QUESTION
    assert seen[0]["evidence"][0]["id"] == "E1"
    assert QUOTE in seen[0]["evidence"][0]["text"]


def test_death_in_mid_stream_keeps_what_was_shown_and_adds_quotations(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def script(_: dict[str, Any]) -> Iterator[str]:
        yield sentence(HONEST, QUOTE)
        yield '{"sentence": "Half a'
        raise DiedError

    with serving(servers.openai_server(script)) as address:
        service = service_with(folder, monkeypatch, address)
        events = list(service.ask_stream(QUESTION))
    answer = events[-1]
    assert isinstance(answer, AnswerEvent)
    assert_is_proven(answer.answer)
    assert answer.answer.notice
    shown = "".join(event.text for event in events if isinstance(event, TextEvent))
    assert shown == answer.answer.answer
    assert shown.startswith(f"{HONEST} [1]\n")
    assert len(answer.answer.sentences) > 1


def test_slow_model_is_cut_off_and_the_quotations_answer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = ask(folder, monkeypatch, servers.slow, llm_timeout_s=1)
    assert answer.model == "extractive"
    assert answer.notice
    assert "1 s" in answer.notice


@pytest.mark.parametrize("status", [401, 429, 500])
def test_refusing_server_gives_way_to_the_quotations(
    folder: Path, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    with serving(servers.openai_server(lambda _: iter(()), status=status)) as address:
        answer = service_with(folder, monkeypatch, address).ask(QUESTION)
    assert_is_proven(answer)
    assert answer.model == "extractive"


def test_spent_budget_gives_way_to_the_quotations(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(servers.openai_server(lambda _: in_pieces(sentence(HONEST, QUOTE)))) as address:
        service = service_with(folder, monkeypatch, address, llm_budget_tokens=100)
        assert service.ask(QUESTION).model == "openai:m"
        spent = service.ask("What is said about racism?")
    assert spent.model == "extractive"
    assert spent.notice
    assert "budget" in spent.notice


def test_money_is_counted_by_the_price_of_tokens() -> None:
    budget = Budget(money=1.0, price=Price(read=1.0, written=10.0))
    budget.spend(read=400_000, written=50_000)
    assert not budget.is_spent
    budget.spend(read=0, written=10_000)
    assert budget.is_spent


def test_same_question_is_answered_from_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def script(data: dict[str, Any]) -> Iterator[str]:
        asked.append(data)
        yield from in_pieces(sentence(HONEST, QUOTE))

    with serving(servers.openai_server(script)) as address:
        service = service_with(folder, monkeypatch, address)
        answers = [service.ask(QUESTION) for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(asked) == 1


def test_refused_question_never_reaches_the_model(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def script(data: dict[str, Any]) -> Iterator[str]:
        asked.append(data)
        yield sentence(HONEST, QUOTE)

    with serving(servers.openai_server(script)) as address:
        service = service_with(folder, monkeypatch, address)
        assert service.ask("Does it set a quota for work visas?").outcome == "refusal"
        assert service.ask("hello").outcome == "refusal"
    assert asked == []


@pytest.mark.parametrize("name", ["nonsense", "nosuchprovider:m"])
def test_unknown_model_is_told_clearly(folder: Path, name: str) -> None:
    with pytest.raises(ModelUnavailableError, match=name):
        some_services(folder, llm=name)
