"""The command line as a user or a program calls it."""

import io
import json
from pathlib import Path

import pytest

from tests.integration.cli.runs import run

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> None:
    monkeypatch.setenv("CELAC_QA_DATA_DIR", str(data_dir))


def test_ask_prints_exactly_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "ask", "--json", "What does the declaration say about trafficking in persons?")
    answer = json.loads(out)
    assert code == 0
    assert answer["outcome"] == "answer"
    assert answer["citations"][0]["paragraph"] == "p2"


def test_ask_reads_well_in_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "ask", "paragraph 3")
    assert code == 0
    assert "racism" in out
    assert "¶ 3" in out


def test_batch_answers_every_line_in_order_and_reports_the_bad_ones(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        '{"id": "a", "question": "paragraph 2"}',
        "not json",
        '{"id": "c", "nonsense": 1}',
        '{"id": "d", "question": ""}',
        '{"id": 5, "question": "And the next one?", "history": [{"role": "user", "content": "paragraph 1"}]}',
        '{"id": "f", "question": "x", "history": [{"role": "king", "content": "paragraph 1"}]}',
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    code, out, _ = run(capsys, "ask", "--batch", "-")
    records = [json.loads(line) for line in out.splitlines()]
    assert code == 2
    assert [record["id"] for record in records] == ["a", None, "c", "d", 5, "f"]
    assert ["error" in record for record in records] == [False, True, True, True, False, True]
    assert records[4]["citations"][0]["paragraph"] == "p2"


def test_search_gives_ranked_paragraphs(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "search", "racism and xenophobia", "-k", "2", "--json")
    results = json.loads(out)["results"]
    assert code == 0
    assert next((hit["rank"], hit["paragraph"]) for hit in results) == (1, "p3")
    assert results[0]["score"] >= results[1]["score"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ask", ""), "empty"),
        (("ask", "x" * 5000), "4000"),
        (("ask", "a", "--batch", "b"), "either"),
        (("ask", "--batch", "/no/such/file"), "no batch file"),
        (("search", "x", "-k", "0"), "1 to 100"),
        (("nonsense",), "nonsense"),
    ],
)
def test_bad_input_exits_2_and_says_why(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert says in err


def test_unknown_setting_names_the_nearest_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CELAC_QA_ENCODR", "bundled")
    code, _, err = run(capsys, "ask", "hello")
    assert code == 2
    assert "CELAC_QA_ENCODER" in err


def test_missing_encoder_exits_4(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CELAC_QA_ENCODER", "/no/such/folder")
    code, out, _ = run(capsys, "ask", "--json", "paragraph 2")
    assert code == 4
    assert "error" in json.loads(out)


def test_index_status_exits_3_until_it_is_built(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(capsys, "index", "status", "--json", "--data-dir", str(tmp_path))
    assert (code, json.loads(out)["state"]) == (3, "missing")
    code, out, _ = run(capsys, "index", "build", "--json", "--data-dir", str(tmp_path))
    assert (code, json.loads(out)["state"]) == (0, "current")


def test_doctor_lists_settings_with_their_source(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CELAC_QA_SIGNING_KEY", "very-secret")
    code, out, _ = run(capsys, "doctor", "--json")
    rows = {row["name"]: row for row in json.loads(out)["settings"]}
    assert code == 0
    assert rows["CELAC_QA_SIGNING_KEY"]["source"] == "environment"
    assert "very-secret" not in out
