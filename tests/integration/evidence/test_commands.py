"""Evidence on the command line."""

from __future__ import annotations

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


def test_pack_is_made_beside_the_result_and_verified(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pack = tmp_path / "evidence.zip"
    code, out, err = run(capsys, "quote", "--json", "--pack", str(pack), "safe, orderly and regular migration")
    assert (code, json.loads(out)["status"]) == (0, "verbatim")
    assert str(pack) in err
    code, out, _ = run(capsys, "pack", "verify", "--json", str(pack))
    assert (code, json.loads(out)["intact"]) == (0, True)
    pack.write_bytes(pack.read_bytes().replace(b"orderly", b"0rderly"))
    assert run(capsys, "pack", "verify", str(pack))[0] == 2


def test_pack_verify_of_an_absent_file_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "pack", "verify", str(tmp_path / "absent.zip"))
    assert code == 2
    assert "absent.zip" in err


def test_cite_prints_one_format(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "cite", "celac-2024-kingstown-migration/p3", "--format", "apa")
    assert code == 0
    assert out.startswith("CELAC. (2024). Special Declaration on Migration, ¶ 3.")
    assert run(capsys, "cite", "celac-2024-kingstown-migration/p9")[0] == 2
    assert run(capsys, "cite", "celac-2024-kingstown-migration/p3", "--format", "oral")[0] == 2


def test_batch_of_quotations_goes_to_a_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        'id,quote\n1,"safe, orderly and regular migration"\n2,"to duplicate all efforts"\n', encoding="utf-8"
    )
    code, _, _ = run(capsys, "quote", "--batch", str(source), "--out", str(out))
    assert code == 0
    assert "verbatim" in out.read_text(encoding="utf-8-sig")
    assert run(capsys, "quote", "a b c", "--out", str(out))[0] == 2
    assert run(capsys, "quote", "--batch", str(source), "--out", str(source))[0] == 2


def test_review_is_a_draft_until_a_person_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    claim = "The declaration calls for dialogue on migration."
    code, out, err = run(capsys, "review", claim)
    assert (code, json.loads(out)["creativeWorkStatus"]) == (0, "Draft")
    assert "--reviewer" in err
    code, out, err = run(
        capsys, "review", "--json", claim, "--reviewer", "Ana Reyes", "--url", "https://news.example/1"
    )
    assert (code, json.loads(out)["author"]["name"], "draft" in err) == (0, "Ana Reyes", False)
    assert run(capsys, "review", claim, "--reviewer", "42")[0] == 2
