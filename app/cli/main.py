"""`celac-qa`: the verbs, the global options and what becomes of errors."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from app.cli.output import fail

EXIT_INTERRUPTED = 130

app = typer.Typer(
    name="celac-qa",
    help="Ask official declarations what they really say.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
corpus = typer.Typer(help="The texts: list, show, add, fetch, verify, remove.", no_args_is_help=True)
index = typer.Typer(help="The search index, a cache that is rebuilt when needed.", no_args_is_help=True)
pack = typer.Typer(help="Evidence packs.", no_args_is_help=True)
keys = typer.Typer(help="API keys of the server.", no_args_is_help=True)
app.add_typer(corpus, name="corpus")
app.add_typer(index, name="index")
app.add_typer(pack, name="pack")
app.add_typer(keys, name="keys")

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder of the library and the index.", envvar="CELAC_QA_DATA_DIR")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Batch = Annotated[str | None, typer.Option("--batch", help="JSON Lines file of inputs; - is standard input.")]


@app.callback()
def options(data_dir: DataDir = None) -> None:
    """Take the global options."""
    if data_dir is not None:
        os.environ["CELAC_QA_DATA_DIR"] = str(data_dir)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; the exit code says how it went."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    given = sys.argv[1:] if arguments is None else arguments
    is_json = "--json" in given
    try:
        for module in ("ask", "texts", "sync", "service", "evidence", "keys"):
            import_module(f"app.cli.{module}")
        result = app(_global_first(given), prog_name="celac-qa", standalone_mode=False)
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        _stop_writing()
    except typer.Exit as ended:
        sys.exit(ended.exit_code)
    except typer.Abort:
        sys.exit(EXIT_INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the outermost edge: known errors get their exit code, others are raised
        sys.exit(fail(error, is_json=is_json))
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _stop_writing()
    sys.exit(result if isinstance(result, int) else 0)


def _stop_writing() -> NoReturn:
    """End quietly: whoever read the output has had enough, as `head` does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


def _global_first(arguments: list[str]) -> list[str]:
    """Let `--data-dir DIR` stand anywhere on the line."""
    rest: list[str] = []
    first: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--data-dir":
            first += [word, *[value for value in [next(words, None)] if value is not None]]
        elif word.startswith("--data-dir="):
            first.append(word)
        else:
            rest.append(word)
    return first + rest
