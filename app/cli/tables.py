"""Batches as newsrooms keep them: tables in CSV or Excel, and results beside the inputs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.errors import InputError
from app.evidence.rows import beside, csv_file

TABLES = frozenset({".csv", ".xlsx"})
MAX_TABLE_BYTES = 50_000_000


def is_table(name: str) -> bool:
    """Whether a file is a table by its ending."""
    return Path(name).suffix.lower() in TABLES


def read_table(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a table by the names in its first row; empty rows are left out.

    Raises:
        InputError: It is too large, cannot be read, or has no names in its first row.
    """
    if path.stat().st_size > MAX_TABLE_BYTES:
        raise InputError(f"{path} has more than {MAX_TABLE_BYTES:,} bytes; split it")
    rows = _read_csv(path) if path.suffix.lower() == ".csv" else _read_xlsx(path)
    if not rows or not any(rows[0]):
        raise InputError(f"{path} has no first row with the names of its columns")
    names = [str(name or "").strip() for name in rows[0]]
    if len({name for name in names if name}) < sum(map(bool, names)):
        raise InputError(f"{path} has two columns of one name: {', '.join(names)}")
    return [
        {name: _plain(cell) for name, cell in zip(names, row, strict=False) if name}
        for row in rows[1:]
        if any(cell not in {None, ""} for cell in row)
    ]


def write_table(path: Path, inputs: Sequence[Mapping[str, Any]], results: Sequence[Mapping[str, Any]]) -> None:
    """Write results beside their inputs, one row each; the same inputs and results give the same file.

    Args:
        path: Ends in `.csv` or `.xlsx`.
        inputs: As read; their columns come first.
        results: As `--json` would print them, or with an `error`.
    """
    rows, own = beside(inputs, results)
    path.write_bytes(csv_file(rows, own)) if path.suffix.lower() == ".csv" else _write_xlsx(path, rows)


def _plain(cell: object) -> str | int | float | None:
    """Return a cell as JSON can hold it."""
    return cell if cell is None or isinstance(cell, str | int | float) else str(cell)


def _read_csv(path: Path) -> list[list[Any]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not in UTF-8; save it as “CSV UTF-8”") from error
    try:
        dialect: Any = csv.Sniffer().sniff(text.partition("\n")[0], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter))
    except csv.Error as error:
        raise InputError(f"{path} cannot be read as CSV: {error}") from error


def _read_xlsx(path: Path) -> list[list[Any]]:
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise InputError(f"{path} cannot be read as an Excel workbook: {error}") from error
    try:
        return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    finally:
        book.close()


def _write_xlsx(path: Path, rows: Iterable[Sequence[Any]]) -> None:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook()
    sheet = book.active
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if isinstance(cell, str):
                written = sheet.cell(number, column, ILLEGAL_CHARACTERS_RE.sub(" ", cell))
                written.data_type = "s"  # never a formula
            else:
                sheet.cell(number, column, cell)
    book.save(path)
