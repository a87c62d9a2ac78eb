"""Batches over tables and files: results beside inputs, and runs that go on where they stopped."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from app.cli.batch import run_batch
from app.cli.tables import read_table
from app.errors import InputError

FIELDS = frozenset({"quote"})


class Checker:
    """A documented fake: counts what it is asked, and may be interrupted."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.asked: list[str] = []
        self._stop_at = stop_at

    def __call__(self, record: dict[str, Any]) -> dict[str, Any]:
        if len(self.asked) == self._stop_at:
            raise KeyboardInterrupt
        self.asked.append(record["quote"])
        if not record["quote"]:
            raise InputError("empty")
        return {"status": "verbatim", "warnings": ["=SUM(1)"], "matches": []}


def lines(path: Path, *quotes: str) -> str:
    path.write_text("".join(json.dumps({"id": n, "quote": q}) + "\n" for n, q in enumerate(quotes)), encoding="utf-8")
    return str(path)


def a_workbook(path: Path, *rows: list[object]) -> str:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return str(path)


def test_batch_writes_json_lines_to_a_file(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert run_batch(lines(tmp_path / "in.jsonl", "a", "", "c"), Checker(), fields=FIELDS, out=out) == 2
    results = [json.loads(line) for line in out.read_text().splitlines()]
    assert [result["id"] for result in results] == [0, 1, 2]
    assert results[1]["error"]["message"] == "empty"


def test_batch_goes_on_where_it_was_interrupted(tmp_path: Path) -> None:
    source, out = lines(tmp_path / "in.jsonl", "a", "b", "c"), tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt):
        run_batch(source, Checker(stop_at=2), fields=FIELDS, out=out)
    assert not out.exists()
    again = Checker()
    assert run_batch(source, again, fields=FIELDS, out=out) == 0
    assert again.asked == ["c"]
    assert len(out.read_text().splitlines()) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_batch_takes_nothing_up_from_other_texts(tmp_path: Path) -> None:
    source, out = lines(tmp_path / "in.jsonl", "a", "b"), tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt):
        run_batch(source, Checker(stop_at=1), fields=FIELDS, out=out, corpus="old")
    again = Checker()
    run_batch(source, again, fields=FIELDS, out=out, corpus="new")
    assert again.asked == ["a", "b"]


def test_batch_survives_a_journal_that_was_cut_off(tmp_path: Path) -> None:
    source, out = lines(tmp_path / "in.jsonl", "a", "b"), tmp_path / "out.jsonl"
    (tmp_path / "out.jsonl.part").write_text('{"key": "x", "resu')
    assert run_batch(source, Checker(), fields=FIELDS, out=out) == 0


def test_batch_writes_results_beside_the_columns_of_a_csv(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("id;quote;editor;result\n7;señal;Ana;mine\n", encoding="utf-8-sig")
    assert run_batch(str(source), Checker(), fields=FIELDS, out=out) == 0
    [row] = list(csv.DictReader(out.open(encoding="utf-8-sig")))
    assert (row["id"], row["quote"], row["editor"], row["result"]) == ("7", "señal", "Ana", "mine")
    assert row["celac_qa_result"] == "verbatim"
    assert row["notes"] == "'=SUM(1)"


def test_batch_reads_and_writes_workbooks_without_making_formulas(tmp_path: Path) -> None:
    source = a_workbook(tmp_path / "in.xlsx", ["id", "quote"], [1, "a"], [None, None], [2, ""])
    out = tmp_path / "out.xlsx"
    assert run_batch(source, Checker(), fields=FIELDS, out=out) == 2
    rows = list(load_workbook(out).active.iter_rows())
    assert [cell.value for cell in rows[1]][:3] == [1, "a", "verbatim"]
    assert "f" not in {cell.data_type for cell in rows[1]}


def test_batch_prints_json_lines_for_a_table_without_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = a_workbook(tmp_path / "in.xlsx", ["id", "quote"], [1, "a"])
    assert run_batch(source, Checker(), fields=FIELDS) == 0
    assert json.loads(capsys.readouterr().out)["id"] == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("in.csv", b"\xff\xfe\x00"),
        ("in.csv", b""),
        ("in.csv", b"quote,quote\na,b\n"),
        ("in.xlsx", b"not a workbook"),
        ("in.csv", b"id,claim\n1,a\n"),
    ],
    ids=["encoding", "empty", "twice", "broken", "column"],
)
def test_batch_says_what_is_wrong_with_a_table(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=name):
        run_batch(str(tmp_path / name), Checker(), fields=FIELDS, out=tmp_path / "out.csv")


def test_batch_says_when_results_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        run_batch(lines(tmp_path / "in.jsonl", "a"), Checker(), fields=FIELDS, out=tmp_path / "absent" / "out.jsonl")


def test_read_table_keeps_quotations_with_line_breaks_whole(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text('id,quote\n1,"two\nlines, one cell"\n', encoding="utf-8")
    assert read_table(path) == [{"id": "1", "quote": "two\nlines, one cell"}]
