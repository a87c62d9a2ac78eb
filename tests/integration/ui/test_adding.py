"""The form that adds a text: only where it is allowed, errors beside what was typed, citable when it answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html

from app.main import create_app
from app.ui.adding import ADD_PATH
from corpus.library import open_library
from tests.services import some_services

TEXT = b"1. We urge all lighthouses to be painted.\n\n2. We decide to paint the lighthouses every summer.\n"
FACTS = {"id": "celac-2020-somewhere", "title": "Declaration of Somewhere", "date": "2020-01-02"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(some_services(tmp_path, allow_uploads=True)), base_url="http://localhost") as opened:
        yield opened


def test_form_is_not_there_unless_the_owner_allows_it(tmp_path: Path) -> None:
    with TestClient(create_app(some_services(tmp_path)), base_url="http://localhost") as client:
        assert client.get(ADD_PATH).status_code == 404
        assert client.post(ADD_PATH, data=FACTS).status_code in {404, 405}


def test_form_asks_for_a_file_or_an_address_and_the_facts(client: TestClient) -> None:
    shown = html.fromstring(client.get(f"{ADD_PATH}?lang=fr").text)
    assert set(shown.forms[0].fields) == {"file", "url", "id", "title", "date", "language"}


def test_file_becomes_a_document_with_citable_paragraphs(client: TestClient, tmp_path: Path) -> None:
    files = {"file": ("somewhere.txt", TEXT, "text/plain")}
    response = client.post(f"{ADD_PATH}?lang=en", data=FACTS, files=files, follow_redirects=False)
    assert response.status_code == 303
    assert response.headers["location"] == "/documents/celac-2020-somewhere?lang=en"
    assert open_library(tmp_path).paragraph("celac-2020-somewhere", "p2").text.startswith("We decide to paint")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"id": "Not An Id"}, "cannot be a document id"),
        ({"date": "yesterday"}, "is no date"),
        ({"title": ""}, "the title must be"),
        ({"id": "celac-2024-kingstown-migration"}, "celac-2024-kingstown-migration"),
    ],
)
def test_failure_is_told_beside_what_was_typed(client: TestClient, changed: dict[str, str], says: str) -> None:
    files = {"file": ("somewhere.txt", TEXT, "text/plain")}
    response = client.post(f"{ADD_PATH}?lang=en", data=FACTS | changed, files=files)
    assert response.status_code == 422
    shown = html.fromstring(response.text)
    assert says in shown.get_element_by_id("failure").text_content()
    assert shown.xpath("//input[@name='title']/@value") == [(FACTS | changed)["title"]]


@pytest.mark.parametrize(
    ("url", "says"),
    [("", "Choose a file"), ("file:///etc/passwd", "must begin with"), ("http://127.0.0.1/x", "127.0.0.1")],
)
def test_address_must_be_there_and_public(client: TestClient, url: str, says: str) -> None:
    response = client.post(f"{ADD_PATH}?lang=en", data=FACTS | {"url": url})
    assert response.status_code == 422
    assert says in html.fromstring(response.text).get_element_by_id("failure").text_content()


def test_form_of_another_site_is_refused(client: TestClient) -> None:
    files = {"file": ("somewhere.txt", TEXT, "text/plain")}
    response = client.post(ADD_PATH, data=FACTS, files=files, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403
    assert client.get("/documents/celac-2020-somewhere").status_code == 404
