"""Evidence over HTTP, as another program asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from app.main import create_app
from tests.services import serving, some_services

DECLARATION = "celac-2024-kingstown-migration"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    address = serving(create_app(some_services(tmp_path_factory.mktemp("data"))))
    with address as url, httpx.Client(base_url=url, timeout=30) as http:
        yield http


@pytest.mark.parametrize(
    "body",
    [
        {"quote": "safe, orderly and mandatory migration"},
        {"claim": "The declaration calls for dialogue on migration."},
        {"question": "What does paragraph 3 say?", "language": "es"},
    ],
    ids=["quote", "check", "ask"],
)
def test_pack_made_over_http_verifies_over_http(client: httpx.Client, body: dict[str, str]) -> None:
    pack = client.post("/api/v1/packs", json=body)
    assert (pack.status_code, pack.headers["content-type"]) == (200, "application/zip")
    report = client.post("/api/v1/packs/verify", content=pack.content).json()
    assert (report["intact"], report["matches"], report["problems"]) == (True, True, [])
    changed = client.post("/api/v1/packs/verify", content=pack.content[:-1] + b"\x01").json()
    assert not changed["intact"]


@pytest.mark.parametrize("body", [{}, {"quote": "a b c", "claim": "d"}, {"quote": "  "}])
def test_pack_needs_one_thing_to_keep(client: httpx.Client, body: dict[str, str]) -> None:
    assert client.post("/api/v1/packs", json=body).status_code == 422


def test_verify_of_what_is_no_pack_says_so(client: httpx.Client) -> None:
    report = client.post("/api/v1/packs/verify", content=b"nothing").json()
    assert not report["intact"]
    assert report["problems"]


def test_cite_gives_addresses_of_this_server(client: httpx.Client) -> None:
    body = {"document": DECLARATION, "paragraph": "p3", "start": 0, "end": 26}
    cited = client.post("/api/v1/cite", json=body).json()
    assert cited["permalink"].startswith(str(client.base_url).rstrip("/") + f"/documents/{DECLARATION}#p3:~:text=")
    assert cited["annotation"]["target"]["selector"][1] == {"type": "TextPositionSelector", "start": 0, "end": 26}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"document": "celac-1900-nowhere", "paragraph": "p1"}, 404),
        ({"document": DECLARATION, "paragraph": "p99"}, 404),
        ({"document": DECLARATION, "paragraph": "p1", "start": 9, "end": 9}, 422),
    ],
)
def test_cite_of_what_is_not_there_is_a_problem(client: httpx.Client, body: dict[str, object], status: int) -> None:
    answer = client.post("/api/v1/cite", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_review_is_json_ld_and_incomplete_until_a_person_is_named(client: httpx.Client) -> None:
    claim = {"claim": "The declaration calls for dialogue on migration."}
    draft = client.post("/api/v1/reviews", json=claim)
    assert (draft.status_code, draft.headers["content-type"]) == (200, "application/ld+json")
    assert (draft.json()["creativeWorkStatus"], "author" in draft.json()) == ("Draft", False)
    assert draft.json()["citation"][0]["url"].startswith(str(client.base_url).rstrip("/"))
    named = {"reviewer": "Ana Reyes", "url": "https://news.example/1", "date": "2026-01-02"}
    review = client.post("/api/v1/reviews", json=claim | named).json()
    assert review["author"] == {"@type": "Person", "name": "Ana Reyes"}
    assert (review["creativeWorkStatus"], review["datePublished"]) == ("Published", "2026-01-02")


@pytest.mark.parametrize("more", [{"reviewer": " "}, {"reviewer": "42"}, {"reviewer": "Ana", "url": "file:///x"}])
def test_review_by_nobody_is_a_problem(client: httpx.Client, more: dict[str, str]) -> None:
    assert client.post("/api/v1/reviews", json={"claim": "It calls for dialogue."} | more).status_code == 422
