"""Adding documents over HTTP: closed unless the settings open it."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.problems import add_problem_handlers
from app.api.texts import MAX_DOCUMENT_BYTES, texts_router
from corpus.library import open_library
from tests.services import some_services

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

TEXT = b"1. We resolve to plant jacaranda trees along the railway.\n\n2. We invite the lighthouse keepers to meet.\n"
FACTS = {"id": "celac-2019-quimera", "title": "Declaration of Quimera", "date": "2019-05-03"}


def a_client(folder: Path, *, allow_uploads: bool) -> TestClient:
    app = FastAPI()
    add_problem_handlers(app)
    app.include_router(texts_router(some_services(folder, allow_uploads=allow_uploads)))
    return TestClient(app)


def test_uploads_are_refused_where_they_are_not_allowed(tmp_path: Path) -> None:
    answer = a_client(tmp_path, allow_uploads=False).post(
        "/api/v1/documents", data=FACTS, files={"file": ("a.txt", TEXT, "text/plain")}
    )
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert [d.id for d in open_library(tmp_path).documents] == ["celac-2024-kingstown-migration"]


def test_an_upload_becomes_citable_paragraphs(tmp_path: Path) -> None:
    answer = a_client(tmp_path, allow_uploads=True).post(
        "/api/v1/documents",
        data={**FACTS, "place": "Quimera"},
        files={"file": ("../../etc/quimera.txt", TEXT, "text/plain")},
    )
    assert answer.status_code == 201
    assert [p["id"] for p in answer.json()["paragraphs"]] == ["p1", "p2"]
    document = open_library(tmp_path).document("celac-2019-quimera")
    assert (document.place, len(document)) == ("Quimera", 2)
    assert {path.name for path in (tmp_path / "library").iterdir()} == {".lock", "celac-2019-quimera"}


@pytest.mark.parametrize(
    ("fields", "files", "status"),
    [
        ({"date": "yesterday"}, {"file": ("a.txt", TEXT)}, 422),
        ({"id": "../../x"}, {"file": ("a.txt", TEXT)}, 422),
        ({"id": "celac-2024-kingstown-migration"}, {"file": ("a.txt", TEXT)}, 422),
        ({}, {"file": ("a.pdf", b"\x7fELF" + b"0" * 100)}, 422),
        ({}, {"file": ("a.txt", b"a" * (MAX_DOCUMENT_BYTES + 1))}, 413),
        ({}, {}, 422),
        ({"url": "http://127.0.0.1/a.txt"}, {}, 422),
        ({"url": "file:///etc/passwd"}, {}, 422),
        ({"url": "http://127.0.0.1/a.txt"}, {"file": ("a.txt", TEXT)}, 422),
    ],
)
def test_a_bad_upload_is_a_problem_and_nothing_is_kept(
    tmp_path: Path, fields: dict[str, str], files: dict[str, tuple[str, bytes]], status: int
) -> None:
    answer = a_client(tmp_path, allow_uploads=True).post("/api/v1/documents", data={**FACTS, **fields}, files=files)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert len(open_library(tmp_path).documents) == 1


def test_an_upload_from_a_page_of_another_site_is_refused(tmp_path: Path) -> None:
    answer = a_client(tmp_path, allow_uploads=True).post(
        "/api/v1/documents",
        data=FACTS,
        files={"file": ("a.txt", TEXT, "text/plain")},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 403
    assert len(open_library(tmp_path).documents) == 1
