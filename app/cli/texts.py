"""`corpus`: the texts at hand. Listing, showing, verifying and removing need no index and no model."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.main import AsJson, corpus
from app.cli.output import BAD_INPUT, progress, show, show_json
from app.cli.ready import data_dir

if TYPE_CHECKING:
    from app.schemas import DocumentOut

DocumentId = Annotated[str, typer.Argument(metavar="ID", help="Id of the document.")]


@corpus.command("list")
def list_documents(*, as_json: AsJson = False) -> int:
    """List the documents."""
    from app.cli.pretty import print_documents
    from app.documents import documents_out
    from corpus.library import open_library

    listed = documents_out(open_library(data_dir()))
    show(listed, exclude_none=False) if as_json else print_documents(listed)
    return 0


@corpus.command("show")
def show_document(document: DocumentId, *, as_json: AsJson = False) -> int:
    """Show a document paragraph by paragraph, with what looked odd while it was read."""
    from app.documents import document_out
    from corpus.library import open_library

    library = open_library(data_dir())
    return _show(document_out(library.document(document), library=library), as_json=as_json)


@corpus.command("add")
def add(  # noqa: PLR0913 - one option per fact
    source: Annotated[str, typer.Argument(metavar="FILE|URL", help="PDF, DOCX, HTML, XML, Markdown or text.")],
    *,
    id: Annotated[str, typer.Option("--id", help="Id: <body>-<year>-<place>[-<topic>].")],  # noqa: A002
    title: Annotated[str, typer.Option(help="Title.")],
    date: Annotated[str, typer.Option(help="Day of adoption, YYYY-MM-DD.")],
    language: Annotated[str | None, typer.Option(help="Language code; told from the text where not given.")] = None,
    place: Annotated[str | None, typer.Option(help="Place of adoption.")] = None,
    event: Annotated[str | None, typer.Option(help="Summit or meeting that adopted it.")] = None,
    version_of: Annotated[
        str | None, typer.Option(help="Id of the text that this is another language version of.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Add a document; when this returns, questions and searches find it."""
    from app.adopting import Adopter, given_facts
    from app.documents import document_out
    from app.settings import load_settings
    from corpus.library import open_library
    from embeddings.encoder import open_encoder

    settings = load_settings()
    facts = given_facts(
        id=id, title=title, date=date, language=language, place=place, event=event, version_of=version_of
    )
    adopter = Adopter(settings, open_encoder(settings.encoder))
    with progress("Indexing") as report:
        added = adopter.add(source, facts, on_progress=report)
    return _show(document_out(added, library=open_library(settings.data_dir)), as_json=as_json)


@corpus.command("verify")
def verify_documents(
    documents: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Only these.")] = None,
    *,
    as_json: AsJson = False,
) -> int:
    """Check every text against its recorded hashes. Exit code 2 if one has changed."""
    from corpus.errors import UnknownDocumentError
    from corpus.library import verify

    found = verify(data_dir())
    for document in documents or ():
        if document not in found:
            raise UnknownDocumentError(document, tuple(found))
    chosen = {key: found[key] for key in documents or found}
    is_sound = not any(chosen.values())
    if as_json:
        rows = [{"id": key, "ok": problem is None, "problem": problem} for key, problem in chosen.items()]
        show_json({"ok": is_sound, "documents": rows})
    else:
        for key, problem in chosen.items():
            sys.stdout.write(f"{key}: {problem or 'as recorded'}\n")
    return 0 if is_sound else BAD_INPUT


@corpus.command("remove")
def remove(document: DocumentId, *, as_json: AsJson = False) -> int:
    """Forget a document that was added or fetched, even a damaged one."""
    from corpus.library import remove_document

    remove_document(data_dir(), document)
    _index_again()
    if as_json:
        show_json({"removed": document})
    else:
        sys.stdout.write(f"{document} is removed\n")
    return 0


def _index_again() -> None:
    """Bring the index up to date; what stands in the way is said, and the next command tries again."""
    from app.adopting import Adopter
    from app.settings import load_settings
    from corpus.errors import CorpusError
    from embeddings.encoder import open_encoder
    from embeddings.errors import EmbeddingsError

    settings = load_settings()
    try:
        Adopter(settings, open_encoder(settings.encoder)).index()
    except (CorpusError, EmbeddingsError) as error:
        sys.stderr.write(f"celac-qa: the index waits: {error}\n")


def _show(document: DocumentOut, *, as_json: bool) -> int:
    from app.cli.pretty import print_document

    show(document, exclude_none=False) if as_json else print_document(document)
    return 0


@corpus.command("export")
def export(
    document: DocumentId,
    *,
    form: Annotated[str, typer.Option("--format", help="akn for Akoma Ntoso 3.0, or json.")] = "akn",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; standard output if none.")
    ] = None,
) -> int:
    """Write a document as Akoma Ntoso XML or as JSON."""
    from app.documents import document_out
    from app.errors import InputError
    from corpus.export import akoma_ntoso
    from corpus.library import open_library

    if form not in {"akn", "json"}:
        raise InputError(f"there is no format {form!r}; give akn or json")
    library = open_library(data_dir())
    found = library.document(document)
    if form == "akn":
        data = akoma_ntoso(found)
    else:
        data = (document_out(found, library=library).model_dump_json(indent=2) + "\n").encode()
    if output is None:
        sys.stdout.write(data.decode())
        return 0
    try:
        output.write_bytes(data)
    except OSError as error:
        raise InputError(f"{output} cannot be written: {error.strerror or error}") from error
    return 0
