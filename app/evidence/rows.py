"""Results as rows of a table beside their inputs, for newsrooms that keep their work in spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

RESULT_COLUMNS = ("result", "text", "where", "quote", "changes", "notes", "confidence", "url", "error")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def beside(inputs: Sequence[Mapping[str, Any]], results: Sequence[Mapping[str, Any]]) -> tuple[list[list[Any]], int]:
    """Return results beside their inputs, and how many columns are the inputs'.

    Args:
        inputs: Their columns come first.
        results: As `--json` would print them, or with an `error`; same order.

    Returns:
        Rows, the names of the columns first; and the number of columns that are not ours.
    """
    columns = list(dict.fromkeys(name for row in inputs for name in row))
    fresh = {name: name if name not in columns else f"celac_qa_{name}" for name in RESULT_COLUMNS}
    rows: list[list[Any]] = [[*columns, *fresh.values()]]
    for given, result in zip(inputs, results, strict=True):
        shown = summarise(result)
        rows.append([*(given.get(name, "") for name in columns), *(shown[name] for name in RESULT_COLUMNS)])
    return rows, len(columns)


def summarise(result: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells of a result."""
    error = result.get("error") or {}
    passages = result.get("matches") or result.get("citations") or result.get("evidence") or []
    steps = [step for match in result.get("matches") or [] for step in match["diff"] if step["op"] != "equal"]
    notes = [*(result.get("warnings") or []), *(r for part in result.get("parts") or [] for r in part["reasons"])]
    scores = [match["similarity"] for match in result.get("matches") or []]
    return {
        "result": str(result.get("status") or result.get("verdict") or result.get("outcome") or ""),
        "text": str(result.get("answer") or ""),
        "where": "; ".join(dict.fromkeys(str(passage["label"]) for passage in passages)),
        "quote": " | ".join(str(passage["quote"]) for passage in passages),
        "changes": "; ".join(_change(step) for step in steps if step.get("kind") != "elision"),
        "notes": " ".join(notes),
        "confidence": str(result.get("confidence", scores[0] if scores else "")),
        "url": " ".join(dict.fromkeys(str(passage["url"]) for passage in passages)),
        "error": str(error.get("message") or ""),
    }


def csv_file(rows: Iterable[Sequence[Any]], given: int) -> bytes:
    """Return a CSV file as spreadsheets read it (UTF-8 with a mark).

    Args:
        rows: The names of the columns first.
        given: Columns that are the user's own and stay as they are; what we add and a spreadsheet would take for a
            formula is marked as text.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows:
        ours = [f"'{cell}" if str(cell).startswith(_FORMULA) else cell for cell in row[given:]]
        writer.writerow([*row[:given], *ours])
    return out.getvalue().encode("utf-8-sig")


def _change(step: Mapping[str, Any]) -> str:
    return f"{step.get('kind')}: {step.get('source') or '∅'} → {step.get('quoted') or '∅'}"
