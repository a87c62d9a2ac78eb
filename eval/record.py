"""What a run leaves behind: one row of figures per case or turn. Knows nothing of metrics or of how rows came about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import ValidationError

from eval.dataset import Language, Record, Split, Task
from eval.errors import RunError


class Row(Record):
    """The figures of one case, or of one turn of a conversation.

    Attributes:
        id: The case's id; of a conversation with `#<turn>`, from 1.
        family: What rows of one content share; rows of a family are not independent of each other.
        scores: Figure by name. A figure that has no meaning for the case is absent.
    """

    id: str
    task: Task
    kind: str
    language: Language
    split: Split
    library: str
    family: str
    scores: Mapping[str, float]


class Run(Record):
    """One system over the cases.

    Attributes:
        name: Of the system.
        split: Which cases.
        corpus: Digest of each library used, by its name.
        facts: Model, threshold and the like; for people.
        skipped: Libraries or tasks that could not be run, with the reason.
    """

    name: str
    split: Split
    corpus: Mapping[str, str]
    facts: Mapping[str, str]
    rows: tuple[Row, ...]
    skipped: Mapping[str, str] = {}


def write_run(run: Run, path: Path) -> None:
    """Write a run as JSON, rows one a line so that versions of it can be compared by eye."""
    path.parent.mkdir(parents=True, exist_ok=True)
    head = run.model_dump_json(exclude={"rows"})
    rows = ",\n".join(row.model_dump_json() for row in run.rows)
    path.write_text(f'{head[:-1]},"rows":[\n{rows}\n]}}\n', encoding="utf-8")


def read_run(path: Path) -> Run:
    """Read what `write_run` wrote.

    Raises:
        RunError: There is none, or it is no run.
    """
    try:
        return Run.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RunError(f"no run at {path}; make one with `celac-qa-eval run`") from error
    except ValidationError as error:
        raise RunError(f"{path} is not a run of this version; make it anew with `celac-qa-eval run`") from error


def common_rows(first: Iterable[Row], second: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Return the rows that both have, in the same order."""
    left, right = ({row.id: row for row in rows} for rows in (first, second))
    shared = sorted(left.keys() & right.keys())
    return [left[id_] for id_ in shared], [right[id_] for id_ in shared]
