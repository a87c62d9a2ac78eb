"""Adds a document and brings the index up to date, so that it is found when the call returns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from app.settings import Settings
from corpus.acquire.facts import document_facts
from corpus.adding import Facts, add_document, keep, read_document, refuse_duplicate
from corpus.catalogue import load_catalogue
from corpus.errors import InvalidDocumentError
from corpus.library import Library, open_library
from corpus.model import Document
from corpus.records import check_date, check_id, check_language, check_title
from embeddings.build import build_index
from embeddings.encoder import Encoder

Progress = Callable[[int, int], None]


class Adopter:
    """Adds documents to the library of one data folder.

    Args:
        settings: Where the library and the index are.
        encoder: Of the index; opened beforehand, since a document that cannot be indexed is not kept.
    """

    def __init__(self, settings: Settings, encoder: Encoder) -> None:
        self._settings = settings
        self._encoder = encoder

    def add(self, source: str, facts: Facts, *, on_progress: Progress | None = None) -> Document:
        """Add what a file or an address holds.

        Args:
            source: Path or http(s) address.
            facts: From `given_facts`.
            on_progress: Told how far indexing is, in passages.

        Raises:
            CorpusError: It cannot be had, read or kept; the message says what to do.
        """
        library = self._library()
        known = _rooted(facts, library)
        added = add_document(
            library,
            source,
            id=known.id,
            title=known.titles[""],
            date=known.date or "",
            language=known.language,
            known=known,
        )
        self.index(on_progress=on_progress)
        return added

    def add_bytes(self, data: bytes, facts: Facts, *, name: str, declared: str = "") -> Document:
        """Add a document that was sent.

        Args:
            data: Its bytes.
            facts: From `given_facts`.
            name: File name as sent; shown as the source, never used as a path.
            declared: Media type as sent.

        Raises:
            CorpusError: It cannot be read or kept.
        """
        library = self._library()
        known = _rooted(facts, library)
        refuse_duplicate(library, known.id)
        reading = read_document(data, known, name=name, declared=declared)
        added = keep(library, reading, known, titles=known.titles, origin="added", source=check_title(name or "upload"))
        self.index()
        return added

    def index(self, *, on_progress: Progress | None = None) -> None:
        """Bring the index up to date with the library."""
        settings = self._settings
        build_index(
            self._library(),
            self._encoder,
            settings.data_dir / "index",
            chroma_url=settings.chroma_url,
            on_progress=on_progress,
        )

    def _library(self) -> Library:
        return open_library(self._settings.data_dir)


def given_facts(
    *,
    id: str,  # noqa: A002 - the contract's name
    title: str,
    date: str,
    language: str | None = None,
    place: str | None = None,
    event: str | None = None,
    version_of: str | None = None,
) -> Facts:
    """Return what a person says of a document, checked, and what the catalogue knows besides.

    The catalogue is believed only where it has a text of that id adopted on that day.

    Raises:
        InvalidDocumentError: Something of it cannot be.
    """
    day = check_date(date)
    known = _catalogued(check_id(id), day)
    return Facts(
        id=id,
        titles={**known.titles, "": check_title(title)},
        date=day,
        language=check_language(language) if language else None,
        place=check_title(place) if place else known.place,
        event=check_title(event) if event else known.event,
        status=known.status,
        version_of=check_id(version_of) if version_of else known.version_of,
        expected=known.expected,
    )


def _catalogued(document_id: str, day: dt.date) -> Facts:
    catalogue = load_catalogue()
    entry = catalogue.find(document_id)
    if entry is None or entry.date != day:
        return Facts(id=document_id, titles={}, date=day)
    return document_facts(catalogue, entry, entry.language if document_id == entry.id else document_id[-2:])


def _rooted(facts: Facts, library: Library) -> Facts:
    """Let a version of a version be a version of the first text."""
    if facts.version_of is None:
        return facts
    named = next((d for d in library.documents if d.id == facts.version_of), None)
    root = (named.version_of or named.id) if named else facts.version_of
    if root == facts.id:
        raise InvalidDocumentError(f"{facts.id} cannot be a version of itself; name the text it is a version of")
    return replace(facts, version_of=root)
