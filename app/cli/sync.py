"""`corpus sync`: the texts that the catalogue lists, with progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.main import AsJson, corpus
from app.cli.output import BAD_INPUT, UNAVAILABLE, progress, show_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.acquire.sync import Outcome

    OnBytes = Callable[[str, int, int | None], None]


@corpus.command("sync")
def sync_texts(
    texts: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Entries; none means all.")] = None,
    *,
    accept_change: Annotated[
        bool, typer.Option("--accept-change", help="Take a text although its address gave other bytes before.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Fetch the texts that the catalogue lists, from official addresses only.

    Exit code 4 if a text could not be had, 2 if one has changed at its address.
    """
    from app.adopting import Adopter
    from app.settings import load_settings
    from corpus.acquire.sync import Terms, sync
    from corpus.catalogue import load_catalogue
    from embeddings.encoder import open_encoder

    settings = load_settings()
    adopter = Adopter(settings, open_encoder(settings.encoder))
    outcomes: list[Outcome] = []
    with _downloads() as on_bytes:
        terms = Terms(accept_change=accept_change, on_bytes=on_bytes)
        for outcome in sync(load_catalogue(), settings.data_dir, texts or (), terms):
            outcomes.append(outcome)
            sys.stderr.write(f"{outcome.id}: {outcome.state}\n")
    if any(outcome.state == "fetched" for outcome in outcomes):
        with progress("Indexing") as report:
            adopter.index(on_progress=report)
    if as_json:
        show_json({"documents": [asdict(outcome) for outcome in outcomes]})
    else:
        _print(outcomes)
    return _code(outcomes, are_named=bool(texts))


def _code(outcomes: list[Outcome], *, are_named: bool) -> int:
    states = {outcome.state for outcome in outcomes}
    if "changed" in states:
        return BAD_INPUT
    return UNAVAILABLE if "failed" in states or (are_named and "unlisted" in states) else 0


def _print(outcomes: list[Outcome]) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console()
    for outcome in outcomes:
        console.print(f"[bold]{outcome.id}[/bold] {outcome.state} [dim]{escape(outcome.address or '')}[/dim]")
        told = [f"{tried.address}: {tried.reason}" for tried in outcome.tried] or [outcome.reason or ""]
        for line in filter(None, [*told, outcome.advice]):
            console.print(f"    {escape(line)}", highlight=False, soft_wrap=True)


@contextmanager
def _downloads() -> Iterator[OnBytes]:
    """Give a function that draws the download at work."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", visible=False)

        def report(document: str, done: int, total: int | None) -> None:
            bar.update(task, description=document, completed=done, total=total, visible=True)

        yield report
