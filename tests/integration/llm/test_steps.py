"""What a model is used for is named step by step; the rest works without it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.errors import SettingsError
from app.schemas import Turn
from app.settings import load_settings
from tests.integration.llm import servers
from tests.integration.llm.servers import in_pieces
from tests.services import serving, some_services

TRANSLATION = "Expresamos nuestro compromiso de combatir el racismo y la xenofobia contra los migrantes en cada país."
HISTORY = [Turn(role="user", content="What does the declaration say about trafficking in persons?")]


class Model:
    """Answers each task by the shape of its data, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def __call__(self, data: dict[str, Any]) -> Iterator[str]:
        self.asked.append(data)
        if "texts" in data:
            yield from in_pieces(f'{{"id": "1", "translation": "{TRANSLATION}"}}')
        elif "claim" in data:
            yield from in_pieces('{"part": "It condemns racism"} {"part": "it creates a fund for victims"}')
        elif "conversation" in data:
            yield from in_pieces('{"question": "What is said about trafficking in persons and women?"}')


def test_translation_is_an_unofficial_aid_beside_an_extractive_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Model()
    with serving(servers.openai_server(model)) as address:
        monkeypatch.setenv("OPENAI_API_KEY", "test")
        monkeypatch.setenv("OPENAI_BASE_URL", f"{address}/v1")
        service = some_services(tmp_path, llm="openai:m", llm_steps="translate").service
        answer = service.ask("¿Qué dice el párrafo 3?")
    assert answer.model == "extractive"
    translation = answer.citations[0].translation
    assert translation is not None
    assert translation.text == TRANSLATION
    assert translation.is_official is False
    assert translation.note.startswith("Traducción no oficial")
    assert TRANSLATION not in answer.answer
    assert all("texts" in data for data in model.asked)


def test_rewritten_question_is_searched_with_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model()
    with serving(servers.openai_server(model)) as address:
        monkeypatch.setenv("OPENAI_API_KEY", "test")
        monkeypatch.setenv("OPENAI_BASE_URL", f"{address}/v1")
        service = some_services(tmp_path, llm="openai:m", llm_steps="condense").service
        answer = service.ask("And women?", HISTORY)
    assert answer.standalone_question == "What is said about trafficking in persons and women?"
    assert answer.question == "And women?"
    assert {citation.paragraph for citation in answer.citations} == {"p2"}
    assert all("conversation" in data for data in model.asked)


def test_claim_is_cut_where_the_model_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model()
    with serving(servers.openai_server(model)) as address:
        monkeypatch.setenv("OPENAI_API_KEY", "test")
        monkeypatch.setenv("OPENAI_BASE_URL", f"{address}/v1")
        service = some_services(tmp_path, llm="openai:m", llm_steps="claims").service
        result = service.check_claim("It condemns racism and it creates a fund for victims")
    assert [part.claim for part in result.parts] == ["It condemns racism", "it creates a fund for victims"]
    assert [list(data) for data in model.asked] == [["claim"]]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"llm_steps": "draft,dream"}, "LLM_STEPS: .*dream.*claims, condense, draft, translate"),
        ({"llm_price": "cheap"}, "LLM_PRICE: .*2.5/10"),
        ({"llm_budget_cost": 5.0}, "LLM_BUDGET_COST: .*LLM_PRICE"),
    ],
)
def test_setting_without_meaning_says_what_to_write(values: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        load_settings(**values)
