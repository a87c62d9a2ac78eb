"""`ask`, `search`, `check`, `quote`: one input, or a batch of them."""

from __future__ import annotations

import sys
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
    as_json: AsJson = False,
    batch: Batch = None,
) -> int:
    """Say what the texts say of a claim."""
    from app.cli.pretty import print_claim

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
