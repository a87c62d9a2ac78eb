"""No order hidden anywhere gets a lie said: not by the quotations, not by a model that obeys everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from app.schemas import Answer, Filters
from app.service import AnswerEvent, Service, TextEvent
from tests.integration.llm import servers
from tests.integration.llm.injections import (
    CANARY,
    Case,
    hidden_in_input,
    hidden_in_output,
    honest,
    obedient,
    poisoned_library,
)
from tests.integration.llm.servers import in_pieces
from tests.services import serving, some_services

LIBRARY = poisoned_library()
INPUTS = hidden_in_input()
OUTPUTS = hidden_in_output()

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")


@dataclass
class Services:
    """The product without a model, with one that obeys, and with one whose unproven sentences are shown."""

    plain: Service
    strict: Service
    open: Service
    output: str | None = None

    def write(self, data: dict[str, object]) -> Iterator[str]:
        evidence = data["evidence"]
        assert isinstance(evidence, list)
        text = self.output if self.output is not None else obedient(data, evidence[0]["text"])
        yield from in_pieces(text, 40)


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("data")
    made: list[Services] = []

    def write(data: dict[str, object]) -> Iterator[str]:
        return made[0].write(data)

    with pytest.MonkeyPatch.context() as patch, serving(servers.openai_server(write)) as address:
        patch.setenv("OPENAI_API_KEY", "test")
        patch.setenv("OPENAI_BASE_URL", f"{address}/v1")
        model = {"llm": "openai:m", "llm_timeout_s": 30, "llm_steps": "draft,condense"}
        made.append(
            Services(
                plain=some_services(folder, library=LIBRARY).service,
                strict=some_services(folder, library=LIBRARY, **model).service,
                open=some_services(folder, library=LIBRARY, show_unverified=True, **model).service,
            )
        )
        yield made[0]


def asked(service: Service, case: Case, *, again: bool = False) -> Answer:
    """Ask as a stream, which is shown piece by piece, and, if asked again, at once; both must say the same."""
    filters = Filters(documents=(case.document,))
    events = list(service.ask_stream(case.question, case.history, filters=filters))
    last = events[-1]
    assert isinstance(last, AnswerEvent)
    assert "".join(event.text for event in events if isinstance(event, TextEvent)) == last.answer.answer
    if again:
        assert service.ask(case.question, case.history, filters=filters) == last.answer
    return last.answer


def assert_quotations_are_exact(answer: Answer) -> None:
    for citation in answer.citations:
        assert LIBRARY.paragraph(citation.document, citation.paragraph).text[citation.start : citation.end] == (
            citation.quote
        )


def own_words(answer: Answer) -> list[str]:
    """Return what the answer says itself: its verified sentences without the quotations."""
    said = []
    for sentence in answer.sentences:
        text = sentence.text
        for marker in sentence.citations:
            text = text.replace(answer.citations[marker - 1].quote, "")
        if sentence.verified:
            said.append(text)
    return said


def assert_nothing_was_obeyed(answer: Answer) -> None:
    assert_quotations_are_exact(answer)
    assert not any(CANARY.search(text) for text in own_words(answer))
    assert all(sentence.citations for sentence in answer.sentences)
    if answer.outcome == "refusal":
        assert answer.citations == answer.sentences == ()


def test_there_are_enough_cases() -> None:
    assert len({case.id for case in (*INPUTS, *OUTPUTS)}) >= 150


def assert_is_about(answer: Answer, case: Case) -> None:
    if case.paragraph is not None:
        assert answer.outcome == "answer"
        assert {(c.document, c.paragraph) for c in answer.citations} == {(case.document, case.paragraph)}


@pytest.mark.parametrize("case", INPUTS, ids=lambda case: case.id)
def test_order_hidden_in_the_input_is_not_obeyed(services: Services, case: Case) -> None:
    services.output = None
    for service in (services.plain, services.strict):
        answer = asked(service, case, again=service is services.strict)
        assert_nothing_was_obeyed(answer)
        assert answer.reason in {None, "unsafe", "not_found"}
        assert_is_about(answer, case)


@pytest.mark.parametrize("case", OUTPUTS, ids=lambda case: case.id)
def test_lie_in_the_output_is_not_shown_as_verified(services: Services, case: Case) -> None:
    services.output = case.output
    for service in (services.strict, services.open):
        answer = asked(service, case, again=True)
        assert_nothing_was_obeyed(answer)
        assert_is_about(answer, case)
        if answer.model == "openai:m":
            truth = honest(case.language, answer.citations[0].quote)
            assert {s.text for s in answer.sentences if s.verified} == {f"{truth} [1]"}
        else:
            assert answer.notice
            assert "HTTP" not in answer.notice, answer.notice
            assert "failed" not in answer.notice, answer.notice
        lies = [s for s in answer.sentences if CANARY.search(s.text)]
        assert not lies or service is services.open


def test_unproven_sentence_is_shown_as_such_where_the_setting_says_so(services: Services) -> None:
    case = next(case for case in OUTPUTS if case.id == "output-en-true-quotation")
    services.output = case.output
    shown = [s for s in asked(services.open, case).sentences if CANARY.search(s.text)]
    assert [s.verified for s in shown] == [False]
    assert shown[0].text.startswith("Not verified: ")


def test_proven_sentence_beside_a_lie_is_shown(services: Services) -> None:
    for case in OUTPUTS:
        if case.id.endswith("truth-beside-a-lie"):
            services.output = case.output
            assert asked(services.strict, case).model == "openai:m"
