"""Batches: JSON Lines in, JSON Lines out, same order; a bad line gets its error and the rest still run."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.cli.output import BAD_INPUT, error_record, exit_code
from app.errors import InputError


def run_batch(source: str, answer: Callable[[dict[str, Any]], dict[str, Any]], *, fields: frozenset[str]) -> int:
    """Answer every line of a file.

    Args:
        source: A file name, or - for standard input.
        answer: From one input record to one output record.
        fields: Names an input record may have, beside its id.

    Returns:
        The exit code: 2 if a line was bad.
    """
    code = 0
    with _lines(source) as lines:
        for line in lines:
            if not line.strip():
                continue
            record = _answer_line(line, answer, fields)
            code = BAD_INPUT if "error" in record else code
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    return code


def _answer_line(
    line: str, answer: Callable[[dict[str, Any]], dict[str, Any]], fields: frozenset[str]
) -> dict[str, Any]:
    record: Any = None
    try:
        record = json.loads(line)
        _check_record(record, fields)
        return {"id": record.get("id"), **answer(record)}
    except json.JSONDecodeError as error:
        return {"id": None, "error": {"type": "InputError", "message": f"not JSON: {error}"}}
    except Exception as error:
        if exit_code(error) is None and not isinstance(error, ValueError):
            raise
        known = record.get("id") if isinstance(record, dict) else None
        return {"id": known, "error": error_record(error)}


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
