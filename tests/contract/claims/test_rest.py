"""Claims and articles over REST, as the contract has them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from tests.services import some_services


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(create_app(some_services(tmp_path_factory.mktemp("rest"))), base_url="http://localhost") as client:
        yield client


def test_a_claim_has_the_fields_of_the_contract(client: TestClient) -> None:
    answer = client.post("/api/v1/claims", json={"claim": "The leaders call for open dialogue."})
    body = answer.json()
    assert answer.status_code == 200
    assert {"verdict", "confidence", "parts", "evidence", "language", "corpus"} <= body.keys()
    assert {"claim", "verdict", "evidence", "reasons", "confidence"} <= body["parts"][0].keys()
    assert {"document", "paragraph", "quote", "start", "end", "sha256", "url", "stance"} <= body["evidence"][0].keys()


def test_an_article_gives_spans_in_place(client: TestClient) -> None:
    article = "The declaration calls for “open, inclusive, and transparent dialogue”."
    body = client.post("/api/v1/articles", json={"article": article}).json()
    assert body["characters"] == len(article)
    assert all(article[span["start"] : span["end"]] == span["text"] for span in body["spans"])


def test_an_empty_article_is_a_problem(client: TestClient) -> None:
    answer = client.post("/api/v1/articles", json={"article": "  "})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
