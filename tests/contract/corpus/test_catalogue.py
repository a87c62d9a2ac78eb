"""The catalogue over HTTP: facts of texts, visibly no quotations."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.problems import add_problem_handlers
from app.api.texts import texts_router
from app.ui.documents import documents_router
from tests.services import some_services

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder: Path = tmp_path_factory.mktemp("data")
    services = some_services(folder)
    app = FastAPI()
    add_problem_handlers(app)
    app.include_router(texts_router(services))
    app.include_router(documents_router(services.service))
    return TestClient(app)


def test_the_catalogue_lists_entries_with_their_source_and_what_is_at_hand(client: TestClient) -> None:
    entries = {e["id"]: e for e in client.get("/api/v1/catalogue", params={"language": "es"}).json()["entries"]}
    entry = entries["celac-2024-kingstown-migration"]
    assert entry["in_library"] == ["celac-2024-kingstown-migration"]
    assert entries["celac-2023-buenos-aires"]["in_library"] == []
    assert entries["celac-2023-buenos-aires"]["date"] == "2023-01-24"
    assert "24 de enero de 2023" in entries["celac-2023-buenos-aires"]["record"]
    assert all(e["source"] and e["source_seen"] for e in entries.values())


def test_the_catalogue_page_has_an_anchor_per_entry_and_marks_records(client: TestClient) -> None:
    page = client.get("/catalogue", params={"lang": "fr"})
    assert page.status_code == 200
    assert 'id="celac-2023-buenos-aires"' in page.text
    assert "Catalogue" in page.text


def test_an_unknown_language_of_the_catalogue_is_a_problem(client: TestClient) -> None:
    answer = client.get("/api/v1/catalogue", params={"language": "xx"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
