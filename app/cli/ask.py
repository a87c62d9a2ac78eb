"""`ask`, `search`, `check`, `quote`: one input, or a batch of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.batch import run_batch
from app.cli.main import AsJson, Batch, app
from app.cli.output import show
from app.cli.ready import ready_service

if TYPE_CHECKING:
    from pydantic import BaseModel

    from app.schemas import Turn
    from app.service import Service

Out = Annotated[
    Path | None, typer.Option("--out", help="File for a batch's results: .jsonl, .csv or .xlsx; a stopped run goes on.")
]
Pack = Annotated[Path | None, typer.Option("--pack", help="Keep the result and its evidence in this zip file.")]


@app.command()
def ask(
    question: Annotated[
        str | None, typer.Argument(help="The question, in English, Spanish, Portuguese or French.")
    ] = None,
    *,
    as_json: AsJson = False,
    batch: Batch = None,
    out: Out = None,
    pack: Pack = None,
) -> int:
    """Answer a question with exact quotations, or refuse."""
    from app.cli.pretty import print_answer

    def answer(service: Service, record: dict[str, Any]) -> BaseModel:
        return service.ask(_text(record, "question"), _history(record))

    return _run(
        question, answer, print_answer, fields=("question", "history"), as_json=as_json, batch=batch, out=out, pack=pack
    )


@app.command()
def search(
    query: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    *,
    k: Annotated[int, typer.Option("-k", "--k", help="At most this many paragraphs.")] = 10,
    as_json: AsJson = False,
    batch: Batch = None,
) -> int:
    """Find paragraphs, best first."""
    from app.cli.pretty import print_results

    def answer(service: Service, record: dict[str, Any]) -> BaseModel:
        return service.search(_text(record, "query"), k=_whole(record, "k", k))

    return _run(query, answer, print_results, fields=("query", "k"), as_json=as_json, batch=batch)


@app.command()
def check(
    claim: Annotated[str | None, typer.Argument(help="The claim about the texts.")] = None,
    *,
    article: Annotated[
        Path | None, typer.Option("--article", help="Check an article whole: a text, PDF, Word or HTML file.")
    ] = None,
    as_json: AsJson = False,
    batch: Batch = None,
    out: Out = None,
    pack: Pack = None,
) -> int:
    """Say what the texts say of a claim, or of every quotation and claim in an article."""
    from app.cli.pretty import print_article, print_claim

    if article is not None:
        if any(other is not None for other in (claim, batch, out, pack)):
            raise typer.BadParameter("--article goes with --json alone")
        checked = ready_service().service.check_article(_article_text(article))
        show(checked) if as_json else print_article(checked)
        return 0

    def answer(service: Service, record: dict[str, Any]) -> BaseModel:
        return service.check_claim(_text(record, "claim"))

    return _run(claim, answer, print_claim, fields=("claim",), as_json=as_json, batch=batch, out=out, pack=pack)


@app.command()
def quote(
    quotation: Annotated[str | None, typer.Argument(help="The quotation, with or without quotation marks.")] = None,
    *,
    as_json: AsJson = False,
    batch: Batch = None,
    out: Out = None,
    pack: Pack = None,
) -> int:
    """Say whether a quotation stands in the texts, word for word."""
    from app.cli.pretty import print_quote

    def answer(service: Service, record: dict[str, Any]) -> BaseModel:
        return service.check_quote(_text(record, "quote"))

    return _run(quotation, answer, print_quote, fields=("quote",), as_json=as_json, batch=batch, out=out, pack=pack)


def _run(
    given: str | None,
    answer: Callable[[Service, dict[str, Any]], BaseModel],
    tell: Callable[[Any], None],
    *,
    fields: tuple[str, ...],
    as_json: bool,
    batch: str | None,
    out: Path | None = None,
    pack: Path | None = None,
) -> int:
    """Answer one input or a batch.

    Args:
        given: The one input, if it is one.
        answer: Answers a record of the fields.
        tell: Prints a result for people.
        fields: Names a record may have, the input's first.
        as_json: Print JSON instead.
        batch: File of inputs, if it is a batch.
        out: File for the results of a batch.
        pack: File for the evidence pack of one result.
    """
    text = _one_of(given, batch)
    _check_files(batch, out, pack)
    service = ready_service().service
    if batch:
        return run_batch(
            batch,
            lambda record: answer(service, record).model_dump(mode="json", exclude_none=True),
            fields=frozenset(fields),
            out=out,
            corpus=service.library.digest,
        )
    record = {fields[0]: text}
    result = answer(service, record)
    if pack is not None:
        from app.cli.evidence import write_file

        write_file(pack, service.pack(record, result))  # type: ignore[arg-type]
    show(result) if as_json else tell(result)
    return 0


def _check_files(batch: str | None, out: Path | None, pack: Path | None) -> None:
    if out is not None and not batch:
        raise typer.BadParameter("--out goes with --batch")
    if pack is not None and batch:
        raise typer.BadParameter("--pack keeps one result; leave --batch out")
    if out is not None and batch and Path(batch).resolve() == out.resolve():
        raise typer.BadParameter("--out would overwrite the batch file; name another")


def _one_of(text: str | None, batch: str | None) -> str:
    if (text is None) == (batch is None):
        raise typer.BadParameter("give either one input or --batch FILE")
    if text == "-":
        return sys.stdin.read()
    return text or ""


def _text(record: dict[str, Any], field: str) -> str:
    from app.errors import InputError

    value = record.get(field)
    if not isinstance(value, str):
        raise InputError(f"the line has no text in {field!r}")
    return value


def _history(record: dict[str, Any]) -> list[Turn]:
    from pydantic import TypeAdapter, ValidationError

    from app.errors import InputError
    from app.schemas import Turn

    try:
        return TypeAdapter(list[Turn]).validate_python(record.get("history") or [])
    except ValidationError as error:
        first = error.errors()[0]
        where = "".join(f"[{step!r}]" for step in first["loc"])
        raise InputError(f"history{where}: {first['msg']}") from error


def _whole(record: dict[str, Any], field: str, default: int) -> int:
    from app.errors import InputError

    value = record.get(field, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise InputError(f"{field!r} is not a whole number")
    return value


def _article_text(path: Path) -> str:
    """Return the text of an article's file; plain text as it is, so that offsets are offsets in the file."""
    from app.errors import InputError

    if not path.is_file():
        raise InputError(f"there is no file {path}")
    data = path.read_bytes()
    if path.suffix.lower() in {"", ".txt", ".text"}:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(f"{path} is not UTF-8 text: {error}; save it as UTF-8") from error
    from corpus.extract.sandbox import extract_safely

    return "\n".join(block.text for block in extract_safely(data, name=path.name).blocks)
