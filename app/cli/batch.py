"""Batches: one input, one result, same order; a bad input gets its error and the rest still run.

JSON Lines go in and out as they come. With a file for the results, tables may go in and out as well, progress is
shown, and a run that was interrupted goes on where it stopped: finished results wait in a journal beside the file.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.cli.output import BAD_INPUT, error_record, exit_code, progress
from app.errors import InputError

Answer = Callable[[dict[str, Any]], dict[str, Any]]
"""From one input record to one output record."""


def run_batch(source: str, answer: Answer, *, fields: frozenset[str], out: Path | None = None, corpus: str = "") -> int:
    """Answer every input of a file.

    Args:
        source: A file name, `.csv` and `.xlsx` being tables, or - for standard input.
        answer: Answers one record.
        fields: Names an input record may have, beside its id; a table may have more columns.
        out: File for the results; None is standard output, as JSON Lines.
        corpus: Digest of the texts; results of other texts are not taken up again.

    Returns:
        The exit code: 2 if an input was bad.

    Raises:
        InputError: A file cannot be read or written.
    """
    from app.cli.tables import is_table

    if out is not None:
        return _run_to_file(source, answer, fields=fields, out=out, corpus=corpus)
    if is_table(source):
        return _tell(_answer(record, answer) for record in _table_records(Path(source), fields))
    with _lines(source) as lines:
        return _tell(_answer_line(line, answer, fields) for line in lines if line.strip())


def _tell(results: Iterable[dict[str, Any]]) -> int:
    code = 0
    for result in results:
        code = BAD_INPUT if "error" in result else code
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return code


def _run_to_file(source: str, answer: Answer, *, fields: frozenset[str], out: Path, corpus: str) -> int:
    from app.cli.tables import is_table

    if is_table(source):
        inputs = _table_records(Path(source), fields)
        jobs: list[Callable[[], dict[str, Any]]] = [lambda record=record: _answer(record, answer) for record in inputs]  # type: ignore[misc]
        names = [json.dumps(record, ensure_ascii=False, default=str) for record in inputs]
    else:
        with _lines(source) as lines:
            names = [line.strip() for line in lines if line.strip()]
        inputs = [_readable(line) for line in names]
        jobs = [lambda line=line: _answer_line(line, answer, fields) for line in names]  # type: ignore[misc]
    results = _with_journal(out.with_name(out.name + ".part"), names, jobs, corpus)
    _write(out, inputs, results)
    return BAD_INPUT if any("error" in result for result in results) else 0


def _with_journal(
    journal: Path, names: list[str], jobs: list[Callable[[], dict[str, Any]]], corpus: str
) -> list[dict[str, Any]]:
    """Run jobs, each once even over several runs; the journal is removed by who writes the results."""
    done = _read_journal(journal)
    results: list[dict[str, Any]] = []
    try:
        file = journal.open("a", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{journal} cannot be written: {error.strerror or error}") from error
    with file, progress("Checking") as report:
        for number, (name, job) in enumerate(zip(names, jobs, strict=True)):
            key = hashlib.sha256(f"{corpus}\n{number}\n{name}".encode()).hexdigest()
            if key not in done:
                done[key] = job()
                file.write(json.dumps({"key": key, "result": done[key]}, ensure_ascii=False) + "\n")
                file.flush()
            results.append(done[key])
            report(number + 1, len(names))
    return results


def _read_journal(journal: Path) -> dict[str, dict[str, Any]]:
    """Return the finished results of an earlier run; a last line that was cut off is left out, and ended."""
    if not journal.exists():
        return {}
    done: dict[str, dict[str, Any]] = {}
    text = journal.read_text(encoding="utf-8", errors="replace")
    for line in text.splitlines():
        try:
            entry = json.loads(line)
            done[entry["key"]] = entry["result"]
        except (ValueError, KeyError, TypeError):
            continue
    if text and not text.endswith("\n"):
        with journal.open("a", encoding="utf-8") as file:
            file.write("\n")
    return done


def _write(out: Path, inputs: list[dict[str, Any]], results: list[dict[str, Any]]) -> None:
    """Put the results in their place all at once, and the journal away."""
    from app.cli.tables import is_table, write_table

    unfinished = out.with_name(f".{out.stem}.unfinished{out.suffix}")
    if is_table(out.name):
        write_table(unfinished, inputs, results)
    else:
        unfinished.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in results), encoding="utf-8")
    unfinished.replace(out)
    out.with_name(out.name + ".part").unlink(missing_ok=True)


def _table_records(path: Path, fields: frozenset[str]) -> list[dict[str, Any]]:
    from app.cli.tables import read_table

    if not path.is_file():
        raise InputError(f"there is no batch file {path}")
    records = read_table(path)
    wanted = fields & {"question", "claim", "quote", "query"}
    if records and not wanted & records[0].keys():
        raise InputError(f"{path} has no column {' or '.join(sorted(wanted))}; it has {', '.join(records[0])}")
    return records


def _readable(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError:
        return {"line": line}
    return record if isinstance(record, dict) else {"line": line}


def _answer_line(line: str, answer: Answer, fields: frozenset[str]) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        return {"id": None, "error": {"type": "InputError", "message": f"not JSON: {error}"}}
    try:
        _check_record(record, fields)
    except InputError as error:
        known = record.get("id") if isinstance(record, dict) else None
        return {"id": known, "error": error_record(error)}
    return _answer(record, answer)


def _answer(record: dict[str, Any], answer: Answer) -> dict[str, Any]:
    try:
        return {"id": record.get("id"), **answer(record)}
    except Exception as error:
        if exit_code(error) is None and not isinstance(error, ValueError):
            raise
        return {"id": record.get("id"), "error": error_record(error)}


def _check_record(record: object, fields: frozenset[str]) -> None:
    if not isinstance(record, dict):
        raise InputError("a line holds something other than one JSON object")
    for name in record.keys() - fields - {"id"}:
        raise InputError(f"unknown field {name!r}; a line has: id, {', '.join(sorted(fields))}")


@contextmanager
def _lines(source: str) -> Iterator[Iterable[str]]:
    if source == "-":
        yield sys.stdin
        return
    if not Path(source).is_file():
        raise InputError(f"there is no batch file {source}")
    with Path(source).open(encoding="utf-8") as file:
        yield file
