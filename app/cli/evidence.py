"""`pack`, `cite` and `review`: evidence that is kept, checked, pasted and signed. Only `review` needs the index."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.main import AsJson, app, pack
from app.cli.output import BAD_INPUT, show

if TYPE_CHECKING:
    from app.schemas import PackReport

FORMATS = ("plain", "markdown", "html", "bibtex", "csl", "apa", "chicago", "permalink", "annotation")


@pack.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The pack.")],
    *,
    key: Annotated[
        Path | None, typer.Option("--key", help="PEM file of the public key that must have signed it.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Check an evidence pack for changes, and against the texts at hand. Exit code 2 if something does not hold."""
    from app.cli.ready import data_dir
    from app.evidence.desk import EvidenceDesk
    from corpus.library import open_library

    data, public_key = read_file(file), read_file(key) if key else None
    report = EvidenceDesk(open_library(data_dir())).verify(data, public_key=public_key)
    show(report) if as_json else _print_report(report)
    return 0 if report.intact and report.matches else BAD_INPUT


@app.command()
def cite(
    place: Annotated[
        str, typer.Argument(metavar="DOCUMENT/PARAGRAPH", help="As in celac-2024-kingstown-migration/p2.")
    ],
    *,
    start: Annotated[int | None, typer.Option(help="Offset of the quoted words in the paragraph.")] = None,
    end: Annotated[int | None, typer.Option(help="Offset just after them.")] = None,
    form: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")] = "plain",
    language: Annotated[str | None, typer.Option(help="Of the words around; the text's own when not given.")] = None,
    base: Annotated[str, typer.Option(help="Address of the server, for permalinks.")] = "",
    as_json: AsJson = False,
) -> int:
    """Print a paragraph's citation, ready to paste; with --json in every format, with a Web Annotation."""
    from app.cli.ready import data_dir
    from app.evidence.desk import EvidenceDesk
    from corpus.library import open_library

    if form not in FORMATS:
        raise typer.BadParameter(f"--format is one of {', '.join(FORMATS)}")
    document, _, paragraph = place.partition("/")
    cited = EvidenceDesk(open_library(data_dir())).cite(
        document, paragraph, start=start, end=end, language=language, base=base.rstrip("/")
    )
    if as_json:
        show(cited)
    else:
        made = getattr(cited, form)
        sys.stdout.write(f"{made if isinstance(made, str) else json.dumps(made, ensure_ascii=False, indent=2)}\n")
    return 0


@app.command()
def review(
    claim: Annotated[str, typer.Argument(help="The claim about the texts; - is standard input.")],
    *,
    reviewer: Annotated[
        str | None, typer.Option(help="The person who has read the evidence and stands for the verdict.")
    ] = None,
    url: Annotated[str, typer.Option(help="Where the review is published.")] = "",
    base: Annotated[str, typer.Option(help="Address of the server, for links to the evidence.")] = "",
    as_json: AsJson = False,
) -> int:
    """Check a claim and draft a ClaimReview of it (JSON-LD); incomplete until a reviewer is named."""
    from app.cli.ready import ready_service

    text = sys.stdin.read() if claim == "-" else claim
    made = ready_service().service.review(text, reviewer=reviewer, url=url, base=base.rstrip("/"))
    if made["creativeWorkStatus"] == "Draft":
        missing = "--url" if "author" in made else "--reviewer, a named person who has read the evidence"
        sys.stderr.write(f"draft: not complete without {missing}\n")
    sys.stdout.write(json.dumps(made, ensure_ascii=False, indent=None if as_json else 2) + "\n")
    return 0


def read_file(path: Path) -> bytes:
    """Read a file of evidence.

    Raises:
        InputError: It cannot be read, or is larger than any pack.
    """
    from app.errors import InputError
    from app.evidence.archive import MAX_BYTES

    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path} has more than {MAX_BYTES:,} bytes, which no evidence pack has")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error


def write_file(path: Path, data: bytes) -> None:
    """Write an evidence pack and say so on standard error.

    Raises:
        InputError: The file cannot be written.
    """
    from app.errors import InputError

    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from error
    sys.stderr.write(f"evidence pack: {path}\n")


def _print_report(report: PackReport) -> None:
    lines = [
        f"{'intact' if report.intact else 'NOT INTACT'}: {report.kind or '-'}, made {report.made_at or '-'}",
        f"signature: {report.signature}{f' ({report.public_key})' if report.public_key else ''}",
        f"library: {'agrees' if report.matches else 'DOES NOT AGREE'}",
        *(f"- {problem}" for problem in report.problems),
        *(f"note: {note}" for note in report.notes),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
