"""`serve`, `mcp`, `index`, `doctor`: the running of the product."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from app.cli.main import AsJson, app, index
from app.cli.output import UNAVAILABLE, progress, show_json
from app.cli.ready import ready_service


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to serve on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to serve on.")] = None,
) -> int:
    """Serve the web page and the API."""
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("Starting"):
        from app.bootstrap import build_live
        from app.log import configure_logging
        from app.main import create_app, listen, run
        from app.settings import load_settings

        settings = load_settings(host=host, port=port)
        configure_logging(settings.log_level, as_json=settings.log_json)
        taken = listen(settings)
        with progress("Building the index") as report:
            services = build_live(settings, on_progress=report)
        application = create_app(services)
    _warn_if_open(settings)
    run(application, settings, taken)
    return 0


@app.command()
def mcp() -> int:
    """Serve the Model Context Protocol on standard input and output."""
    from importlib.metadata import version

    from app.api.mcp import run_stdio
    from app.log import configure_logging

    services = ready_service()
    configure_logging(services.settings.log_level, as_json=services.settings.log_json)
    run_stdio(services.service, version=version("celac-qa"))
    return 0


@index.command("build")
def build(*, as_json: AsJson = False) -> int:
    """Build the index if it is missing, stale or damaged."""
    services = ready_service()
    record = _status(services.settings.data_dir, services.library, services.encoder)
    _show(record, as_json=as_json)
    return 0


@index.command("status")
def status(*, as_json: AsJson = False) -> int:
    """Say whether the index is up to date. Exit code 3 if it is not."""
    from app.cli.output import STALE_INDEX
    from app.settings import load_settings
    from corpus.library import open_library
    from embeddings.encoder import open_encoder

    settings = load_settings()
    record = _status(settings.data_dir, open_library(settings.data_dir), open_encoder(settings.encoder))
    _show(record, as_json=as_json)
    return 0 if record["state"] == "current" else STALE_INDEX


@app.command()
def doctor(*, as_json: AsJson = False) -> int:
    """Check the installation and list the settings with their source."""
    from app.doctor import examine

    report = examine()
    if as_json:
        show_json(report)
    else:
        _print_report(report)
    return 0 if all(check["ok"] for check in report["checks"]) else UNAVAILABLE


def _warn_if_open(settings: Any) -> None:  # noqa: ANN401 - imported late, see above
    """Say what a newcomer would otherwise find out the hard way."""
    from app.keys import KeyRing

    if settings.needs_key and not KeyRing(settings.data_dir).current():
        sys.stderr.write("celac-qa: an API key is needed and there is none yet; make one: celac-qa keys create NAME\n")
    if not settings.needs_key and not settings.is_local:
        sys.stderr.write("celac-qa: open to everyone who can reach it, as CELAC_QA_REQUIRE_KEY=false says\n")


def _status(data_dir: Any, library: Any, encoder: Any) -> dict[str, Any]:  # noqa: ANN401 - imported late, see above
    from embeddings.index import describe_index

    return describe_index(library, encoder, data_dir / "index")


def _show(record: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        show_json(record)
        return
    for key, value in record.items():
        sys.stdout.write(f"{key}: {value}\n")


def _print_report(report: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    for check in report["checks"]:
        mark = "[green]ok[/green]" if check["ok"] else "[red]problem[/red]"
        console.print(f"{mark} {check['name']}: {check['detail']}", highlight=False)
    table = Table("setting", "value", "source", "meaning")
    for row in report["settings"]:
        table.add_row(row["name"], row["value"], row["source"], row["meaning"])
    console.print(table)
