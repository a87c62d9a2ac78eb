"""`ask`, `search`, `check`, `quote`: one input, or a batch of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.batch import run_batch
from app.cli.main import AsJson, Batch, app
from app.cli.output import show
from app.cli.ready import ready_service


@app.command()
def ask(
    question: Annotated[
        str | None, typer.Argument(help="The question, in English, Spanish, Portuguese or French.")
    ] = None,
    *,
    as_json: AsJson = False,
    batch: Batch = None,
) -> int:
    """Answer a question with exact quotations, or refuse."""
    from app.cli.pretty import print_answer
    from app.schemas import Turn

    text = _one_of(question, batch)
    service = ready_service().service
    if batch:

        def answer(record: dict[str, Any]) -> dict[str, Any]:
            history = [Turn.model_validate(turn) for turn in record.get("history") or ()]
            return service.ask(_text(record, "question"), history).model_dump(mode="json", exclude_none=True)

        return run_batch(batch, answer, fields=frozenset({"question", "history"}))
    result = service.ask(text)
    show(result) if as_json else print_answer(result)
    return 0


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

    text = _one_of(query, batch)
    service = ready_service().service
    if batch:

        def answer(record: dict[str, Any]) -> dict[str, Any]:
            return service.search(_text(record, "query"), k=_whole(record, "k", k)).model_dump(mode="json")

        return run_batch(batch, answer, fields=frozenset({"query", "k"}))
    result = service.search(text, k=k)
    show(result) if as_json else print_results(result)
    return 0


@app.command()
def check(
    claim: Annotated[str | None, typer.Argument(help="The claim about the texts.")] = None,
    *,
    article: Annotated[
        Path | None, typer.Option("--article", help="Check an article whole: a text, PDF, Word or HTML file.")
    ] = None,
    as_json: AsJson = False,
    batch: Batch = None,
) -> int:
    """Say what the texts say of a claim, or of every quotation and claim in an article."""
    from app.cli.pretty import print_article, print_claim

    if article is not None:
        if claim is not None or batch is not None:
            raise typer.BadParameter("give one of a claim, --batch FILE or --article FILE")
        pasted = _article_text(article)
        checked = ready_service().service.check_article(pasted)
        show(checked) if as_json else print_article(checked)
        return 0
    text = _one_of(claim, batch)
    service = ready_service().service
    if batch:

        def answer(record: dict[str, Any]) -> dict[str, Any]:
            return service.check_claim(_text(record, "claim")).model_dump(mode="json", exclude_none=True)

        return run_batch(batch, answer, fields=frozenset({"claim"}))
    result = service.check_claim(text)
    show(result) if as_json else print_claim(result)
    return 0


@app.command()
def quote(
    quotation: Annotated[str | None, typer.Argument(help="The quotation, with or without quotation marks.")] = None,
    *,
    as_json: AsJson = False,
    batch: Batch = None,
) -> int:
    """Say whether a quotation stands in the texts, word for word."""
    from app.cli.pretty import print_quote

    text = _one_of(quotation, batch)
    service = ready_service().service
    if batch:

        def answer(record: dict[str, Any]) -> dict[str, Any]:
            return service.check_quote(_text(record, "quote")).model_dump(mode="json", exclude_none=True)

        return run_batch(batch, answer, fields=frozenset({"quote"}))
    result = service.check_quote(text)
    show(result) if as_json else print_quote(result)
    return 0


def _one_of(text: str | None, batch: str | None) -> str:
    if (text is None) == (batch is None):
        raise typer.BadParameter("give either one input or --batch FILE")
    if text == "-":
        return sys.stdin.read()
    return text or ""


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


def _text(record: dict[str, Any], field: str) -> str:
    from app.errors import InputError

    value = record.get(field)
    if not isinstance(value, str):
        raise InputError(f"the line has no text in {field!r}")
    return value


def _whole(record: dict[str, Any], field: str, default: int) -> int:
    from app.errors import InputError

    value = record.get(field, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise InputError(f"{field!r} is not a whole number")
    return value
