"""What the command line prints: one JSON object, or text for people; errors and progress on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

BAD_INPUT = 2
STALE_INDEX = 3
UNAVAILABLE = 4


def show(shape: BaseModel, *, exclude_none: bool = True) -> None:
    """Print a shape as one JSON object."""
    sys.stdout.write(shape.model_dump_json(exclude_none=exclude_none) + "\n")


def show_json(record: Any) -> None:  # noqa: ANN401 - anything that JSON can hold
    """Print a record as one JSON object."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def error_record(error: Exception) -> dict[str, str]:
    """Return what programs are told of an error."""
    return {"type": type(error).__name__, "message": message_of(error)}


def message_of(error: Exception) -> str:
    """Return what people are told of an error."""
    if is_usage_error(error):
        return str(error.format_message())  # type: ignore[attr-defined]
    if isinstance(error, OSError) and error.filename:
        return f"{error.strerror}: {error.filename}; choose another folder with --data-dir"
    return str(error)


def exit_code(error: Exception) -> int | None:
    """Return the exit code of a known error, None for an unknown one."""
    from app.errors import AppError, ModelUnavailableError
    from corpus.errors import CorpusError
    from embeddings.errors import EmbeddingsError, EncoderUnavailableError

    if isinstance(error, EncoderUnavailableError | ModelUnavailableError):
        return UNAVAILABLE
    if isinstance(error, EmbeddingsError | OSError):  # a folder that cannot be written to, above all
        return STALE_INDEX
    return BAD_INPUT if isinstance(error, AppError | CorpusError) or is_usage_error(error) else None


def is_usage_error(error: Exception) -> bool:
    """Whether the command line itself was wrong."""
    from typer import TyperException

    return isinstance(error, TyperException)


def fail(error: Exception, *, is_json: bool) -> int:
    """Tell an error to people, and to programs that asked for JSON; return the exit code.

    Raises:
        Exception: An error nobody foresaw, as it came.
    """
    code = exit_code(error)
    if code is None:
        raise error
    if is_usage_error(error):
        error.show()  # type: ignore[attr-defined]
    else:
        sys.stderr.write(f"celac-qa: {message_of(error)}\n")
    if is_json:
        show_json({"error": error_record(error)})
    return code


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function that draws progress on standard error, from done and total."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        tasks: list[Any] = []

        def report(done: int, total: int) -> None:
            if not tasks:
                tasks.append(bar.add_task(what, total=total))
            bar.update(tasks[0], completed=done, total=total)

        yield report
