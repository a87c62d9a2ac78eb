"""`celac-qa corpus`: adding, showing, verifying and removing texts, as a user or a program does it."""

import json
from pathlib import Path

import pytest

from tests.integration.cli.runs import run

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

TEXT = """Declaration of Quimera

We, the ministers gathered in Quimera, agree as follows:

1. We resolve to plant four thousand jacaranda trees along the railway before the next meeting.

2. We invite the lighthouse keepers of the region to share their logbooks with the public libraries.

Quimera, 3 May 2019
"""
ID = "celac-2019-quimera"
FACTS = ("--id", ID, "--title", "Declaration of Quimera", "--date", "2019-05-03")


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CELAC_QA_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "quimera.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_add_prints_what_show_prints_and_the_text_is_found_at_once(
    capsys: pytest.CaptureFixture[str], source: Path
) -> None:
    code, out, _ = run(capsys, "corpus", "add", str(source), *FACTS, "--json")
    added = json.loads(out)
    assert code == 0
    assert [p["id"] for p in added["paragraphs"]] == ["pre1", "p1", "p2", "post1"]
    assert added["date"] == "2019-05-03"
    assert json.loads(run(capsys, "corpus", "show", ID, "--json")[1]) == added
    assert json.loads(run(capsys, "index", "status", "--json")[1])["state"] == "current"
    answer = json.loads(run(capsys, "ask", "Who should share their logbooks?", "--json")[1])
    assert {"celac-2019-quimera/p2"} <= {f"{c['document']}/{c['paragraph']}" for c in answer["citations"]}


def test_list_names_every_document_with_its_origin(capsys: pytest.CaptureFixture[str], source: Path) -> None:
    run(capsys, "corpus", "add", str(source), *FACTS)
    code, out, _ = run(capsys, "corpus", "list", "--json")
    assert code == 0
    assert {(d["id"], d["origin"], d["paragraphs"]) for d in json.loads(out)["documents"]} == {
        (ID, "added", 4),
        ("celac-2024-kingstown-migration", "bundled", 8),
    }


def test_show_reads_well_in_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "corpus", "show", "celac-2024-kingstown-migration")
    assert code == 0
    assert "preamble ¶ 1" in out


def test_verify_names_the_changed_text_and_exits_2(capsys: pytest.CaptureFixture[str], source: Path) -> None:
    run(capsys, "corpus", "add", str(source), *FACTS)
    assert run(capsys, "corpus", "verify")[0] == 0
    kept = next((source.parent / "data" / "library" / ID).glob("paragraphs.json"))
    kept.write_text(kept.read_text(encoding="utf-8").replace("four thousand", "nine thousand"), encoding="utf-8")
    code, out, _ = run(capsys, "corpus", "verify", "--json")
    report = json.loads(out)
    assert (code, report["ok"]) == (2, False)
    assert [d["id"] for d in report["documents"] if not d["ok"]] == [ID]


def test_remove_forgets_a_text_even_a_damaged_one(capsys: pytest.CaptureFixture[str], source: Path) -> None:
    run(capsys, "corpus", "add", str(source), *FACTS)
    (source.parent / "data" / "library" / ID / "paragraphs.json").write_bytes(b"{")
    assert run(capsys, "corpus", "list")[0] == 2
    code, out, _ = run(capsys, "corpus", "remove", ID, "--json")
    assert (code, json.loads(out)) == (0, {"removed": ID})
    assert run(capsys, "corpus", "list")[0] == 0


def test_a_version_of_a_version_belongs_to_the_first_text(capsys: pytest.CaptureFixture[str], source: Path) -> None:
    run(capsys, "corpus", "add", str(source), *FACTS)
    for number, earlier in ((2, ID), (3, f"{ID}-2")):
        facts = ("--id", f"{ID}-{number}", "--title", "Version", "--date", "2019-05-03", "--version-of", earlier)
        assert run(capsys, "corpus", "add", str(source), *facts)[0] == 0
    record = json.loads((source.parent / "data" / "library" / f"{ID}-3" / "metadata.json").read_text(encoding="utf-8"))
    assert record["version_of"] == ID


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"--id": "Not An Id"}, "cannot be a document id"),
        ({"--date": "3 May 2019"}, "YYYY-MM-DD"),
        ({"--title": "  "}, "title"),
        ({"--language": "klingon!"}, "no language code"),
        ({"--id": "celac-2024-kingstown-migration"}, "in the library already"),
        ({"--version-of": ID}, "version of itself"),
        ({"source": "/no/such/file.pdf"}, "cannot be read"),
        ({"source": "http://127.0.0.1/x.pdf"}, "not a public address"),
        ({"source": "ftp://example.org/x.pdf"}, "cannot be read"),
    ],
)
def test_add_refuses_bad_input_with_exit_2_and_keeps_nothing(
    capsys: pytest.CaptureFixture[str], source: Path, change: dict[str, str], says: str
) -> None:
    options = {**dict(zip(FACTS[::2], FACTS[1::2], strict=True)), **change}
    given = options.pop("source", str(source))
    code, out, err = run(capsys, "corpus", "add", given, *[word for pair in options.items() for word in pair], "--json")
    assert code == 2
    assert says in err
    assert says in json.loads(out)["error"]["message"]
    assert not (source.parent / "data" / "library" / ID).exists()


def test_add_without_an_encoder_exits_4_and_keeps_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, source: Path
) -> None:
    monkeypatch.setenv("CELAC_QA_ENCODER", "/no/such/folder")
    assert run(capsys, "corpus", "add", str(source), *FACTS)[0] == 4
    assert not (source.parent / "data" / "library").exists()


def test_the_bundled_text_cannot_be_removed(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "corpus", "remove", "celac-2024-kingstown-migration")
    assert code == 2
    assert "bundled" in err


def test_sync_says_how_to_bring_a_text_without_an_address(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "corpus", "sync", "celac-2016-quito", "celac-2024-kingstown-migration", "--json")
    states = {d["id"]: d["state"] for d in json.loads(out)["documents"]}
    assert code == 4
    assert states == {"celac-2016-quito": "unlisted", "celac-2024-kingstown-migration": "kept"}
    assert "corpus add FILE --id celac-2016-quito" in json.loads(out)["documents"][0]["advice"]


def test_sync_of_an_unknown_entry_exits_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "corpus", "sync", "celac-1999-nowhere")[0] == 2


def test_add_takes_place_and_summit_from_the_catalogue_where_id_and_day_agree(
    capsys: pytest.CaptureFixture[str], source: Path
) -> None:
    facts = ("--id", "celac-2023-buenos-aires", "--title", "Declaration of Buenos Aires", "--date")
    known = json.loads(run(capsys, "corpus", "add", str(source), *facts, "2023-01-24", "--json")[1])
    assert (known["place"], known["event"], known["status"]) == (
        "Buenos Aires, Argentina",
        "VII CELAC Summit",
        "adopted",
    )
    assert known["titles"]["es"] == "Declaración de Buenos Aires"
    assert any("expects 111 numbered paragraphs" in warning for warning in known["warnings"])
    run(capsys, "corpus", "remove", "celac-2023-buenos-aires")
    assert json.loads(run(capsys, "corpus", "add", str(source), *facts, "2023-01-25", "--json")[1])["place"] is None
