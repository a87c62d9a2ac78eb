"""One set of cases over every way of asking: the same citations everywhere, streamed or not."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import openai
import pytest
from mcp import Client

from app.cli.ask import _history
from app.cli.batch import run_batch
from app.main import create_app
from app.schemas import Turn
from app.service import AnswerEvent, Service
from tests.services import serving, some_services

CASES: tuple[tuple[str, list[dict[str, str]]], ...] = (
    ("What does the declaration say about trafficking in persons?", []),
    ("¿Qué dice sobre el racismo y la xenofobia?", []),
    ("O que diz o parágrafo 1?", []),
    ("Que dit le paragraphe 4 ?", []),
    ("And the next one?", [{"role": "user", "content": "paragraph 1"}, {"role": "assistant", "content": "…"}]),
    ("Does it set a quota for work visas?", []),
    ("hello", []),
)
Citations = list[tuple[str, str]]
Ask = Callable[[str, list[dict[str, str]]], Citations]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, str]]:
    services = some_services(tmp_path_factory.mktemp("data"))
    with serving(create_app(services)) as url:
        yield services.service, url


def of_answer(answer: dict[str, Any]) -> Citations:
    return [(cited["label"], cited["url"]) for cited in answer["citations"]]


def of_annotations(found: list[dict[str, Any]], url: str) -> Citations:
    return [(note["title"], note["url"].removeprefix(url)) for note in found]


def events(text: str) -> list[dict[str, Any]]:
    data = [line.removeprefix("data: ") for line in text.splitlines() if line.startswith("data: ")]
    return [json.loads(line) for line in data if line != "[DONE]"]


def over_rest(url: str) -> Ask:
    def ask(question: str, history: list[dict[str, str]]) -> Citations:
        return of_answer(httpx.post(f"{url}/api/v1/ask", json={"question": question, "history": history}).json())

    return ask


def over_sse(url: str) -> Ask:
    def ask(question: str, history: list[dict[str, str]]) -> Citations:
        body = {"question": question, "history": history, "stream": True}
        return of_answer(events(httpx.post(f"{url}/api/v1/ask", json=body).text)[-2])

    return ask


def over_chat(url: str, *, is_streamed: bool) -> Ask:
    def ask(question: str, history: list[dict[str, str]]) -> Citations:
        messages: Any = [*history, {"role": "user", "content": question}]
        with openai.OpenAI(base_url=f"{url}/v1", api_key="x") as client:
            if is_streamed:
                with client.chat.completions.stream(model="celac-qa", messages=messages) as stream:
                    completion: Any = stream.get_final_completion()
            else:
                completion = client.chat.completions.create(model="celac-qa", messages=messages)
        notes = completion.choices[0].message.annotations or []
        return of_annotations([note.url_citation.model_dump() for note in notes], url)

    return ask


def over_responses(url: str, *, is_streamed: bool) -> Ask:
    def ask(question: str, history: list[dict[str, str]]) -> Citations:
        items: Any = [*history, {"role": "user", "content": question}]
        with openai.OpenAI(base_url=f"{url}/v1", api_key="x") as client:
            if is_streamed:
                with client.responses.stream(model="celac-qa", input=items) as stream:
                    response: Any = stream.get_final_response()
            else:
                response = client.responses.create(model="celac-qa", input=items)
        return of_annotations([note.model_dump() for note in response.output[0].content[0].annotations], url)

    return ask


def over_mcp(url: str) -> Ask:
    async def call(question: str, history: list[dict[str, str]]) -> dict[str, Any]:
        async with Client(f"{url}/mcp") as client:
            result = await client.call_tool("ask", {"question": question, "history": history})
        assert result.structured_content
        return dict(result.structured_content)

    return lambda question, history: of_answer(anyio.run(call, question, history))


def over_service_stream(service: Service) -> Ask:
    def ask(question: str, history: list[dict[str, str]]) -> Citations:
        turns = [Turn.model_validate(turn) for turn in history]
        last = [event for event in service.ask_stream(question, turns) if isinstance(event, AnswerEvent)][-1]
        return of_answer(last.answer.model_dump())

    return ask


def over_command_line(service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    def ask(question: str, history: list[dict[str, str]]) -> Citations:
        batch = tmp_path / "batch.jsonl"
        batch.write_text(json.dumps({"id": 1, "question": question, "history": history}) + "\n", encoding="utf-8")
        capsys.readouterr()
        code = run_batch(
            str(batch),
            lambda record: service.ask(record["question"], _history(record)).model_dump(mode="json"),
            fields=frozenset({"question", "history"}),
        )
        assert code == 0
        return of_answer(json.loads(io.StringIO(capsys.readouterr().out).readline()))

    return ask


@pytest.mark.parametrize(("question", "history"), CASES, ids=[question for question, _ in CASES])
def test_citations_are_equal_however_one_asks(
    service: tuple[Service, str],
    question: str,
    history: list[dict[str, str]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answering, url = service
    turns = [Turn.model_validate(turn) for turn in history]
    expected = of_answer(answering.ask(question, turns).model_dump())
    surfaces = {
        "stream": over_service_stream(answering),
        "REST": over_rest(url),
        "SSE": over_sse(url),
        "chat": over_chat(url, is_streamed=False),
        "chat, streamed": over_chat(url, is_streamed=True),
        "responses": over_responses(url, is_streamed=False),
        "responses, streamed": over_responses(url, is_streamed=True),
        "MCP": over_mcp(url),
        "command line": over_command_line(answering, tmp_path, capsys),
    }
    found = {name: ask(question, history) for name, ask in surfaces.items()}
    assert found == dict.fromkeys(surfaces, expected)


def test_cases_hold_answers_and_refusals(service: tuple[Service, str]) -> None:
    outcomes = {
        service[0].ask(question, [Turn.model_validate(turn) for turn in history]).outcome for question, history in CASES
    }
    assert outcomes == {"answer", "refusal"}
