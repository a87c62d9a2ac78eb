"""Opening a provider and trying it without spending tokens; keys stay out of all that is said."""

import logging

import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from app.errors import ModelUnavailableError
from app.llm import Budget, ModelWriter
from app.providers import open_model, reach_model
from tests.integration.llm import servers
from tests.services import serving

KEY = "sk-never-to-be-seen"


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def a_listing_server(status: int = 200) -> FastAPI:
    app = FastAPI()

    @app.get("/v1/models")
    def models() -> JSONResponse:
        listed = {"object": "list", "data": [{"id": "m", "object": "model", "created": 0, "owned_by": "x"}]}
        return JSONResponse(listed if status == 200 else {"error": {"message": f"bad key {KEY}"}}, status)

    return app


@pytest.mark.parametrize(("status", "said"), [(200, "names 1 models"), (404, "does not say")])
def test_server_that_answers_is_reached_without_tokens(monkeypatch: pytest.MonkeyPatch, status: int, said: str) -> None:
    with serving(a_listing_server(status)) as address:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{address}/v1")
        assert said in reach_model(open_model("openai:m", timeout_s=5, max_tokens=64))


def test_refused_key_is_told_without_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(a_listing_server(401)) as address:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{address}/v1")
        with pytest.raises(ModelUnavailableError, match="HTTP 401") as raised:
            reach_model(open_model("openai:m", timeout_s=5, max_tokens=64))
    assert KEY not in str(raised.value)


def test_unreachable_server_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    with pytest.raises(ModelUnavailableError, match="check its address"):
        reach_model(open_model("openai:m", timeout_s=5, max_tokens=64))


def test_missing_package_is_named() -> None:
    with pytest.raises(ModelUnavailableError, match="pip install 'langchain-mistralai'"):
        open_model("mistralai:m", timeout_s=5, max_tokens=64)


def test_missing_key_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(ModelUnavailableError, match="OPENAI_API_KEY"):
        open_model("openai:m", timeout_s=5, max_tokens=64)


def test_server_that_repeats_the_key_does_not_get_it_out(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    app = servers.openai_server(lambda _: iter(()), status=401, message=f"incorrect key {KEY}")
    with serving(app) as address:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{address}/v1")
        model = open_model("openai:m", timeout_s=5, max_tokens=64)
        writer = ModelWriter(model, name="openai:m", timeout_s=5, max_tokens=64, budget=Budget())
        with pytest.raises(ModelUnavailableError) as raised:
            list(writer.write("draft", "en", {}))
    assert KEY not in str(raised.value)
    assert KEY not in caplog.text


def test_busy_server_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    app = servers.openai_server(lambda _: iter(["x"]), status=503, failures=1)
    with serving(app) as address:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{address}/v1")
        model = open_model("openai:m", timeout_s=10, max_tokens=64)
        writer = ModelWriter(model, name="openai:m", timeout_s=10, max_tokens=64, budget=Budget())
        assert list(writer.write("draft", "en", {})) == ["x"]
