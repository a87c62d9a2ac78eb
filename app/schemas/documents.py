"""Texts as such: documents, their paragraphs, the catalogue of texts."""

from __future__ import annotations

from typing import Any, Literal

from app.schemas.shape import Shape


class DocumentSummary(Shape):
    """A document without its paragraphs."""

    id: str
    title: str
    date: str | None
    language: str
    status: str
    paragraphs: int
    origin: Literal["bundled", "fetched", "added"]


class DocumentList(Shape):
    """All documents in the library."""

    documents: tuple[DocumentSummary, ...]


class ReferenceOut(Shape):
    """A place in a paragraph that names another text: `text[start:end]`, offsets in code points."""

    start: int
    end: int
    target: str
    """Id of the text in the catalogue, or of the document."""
    paragraphs: tuple[str, ...]
    urls: tuple[str, ...]
    """Of each paragraph named, or of the text; of its catalogue record where it is not at hand."""


class ParagraphOut(Shape):
    """A citable paragraph."""

    id: str
    label: str
    kind: Literal["preamble", "operative", "closing", "unnumbered"]
    section: str | None
    text: str
    sha256: str
    url: str
    references: tuple[ReferenceOut, ...] = ()


class DocumentOut(Shape):
    """A document paragraph by paragraph."""

    id: str
    title: str
    titles: dict[str, str]
    date: str | None
    language: str
    status: str
    translation: str
    numbering: str
    event: str | None
    place: str | None
    origin: Literal["bundled", "fetched", "added"]
    source: str
    source_sha256: str
    paragraphs: tuple[ParagraphOut, ...]
    warnings: tuple[str, ...]


class AddressOut(Shape):
    """An official address of a text."""

    url: str
    language: str
    holds: Literal["text", "several", "notice"]
    checked: str


class EntryOut(Shape):
    """What the catalogue knows of a text, whether the library has it or not. Facts, never a quotation."""

    id: str
    title: str
    titles: dict[str, str]
    body: str
    event: str | None
    place: str | None
    date: str
    status: str
    numbering: str
    chapeau: str
    paragraphs: int | None
    paragraphs_are_minimum: bool
    paragraphs_seen: str | None
    languages: tuple[str, ...]
    translation: str
    subjects: dict[str, str | tuple[str, ...]]
    references: tuple[dict[str, Any], ...]
    note: str | None
    source: str
    source_seen: str
    addresses: tuple[AddressOut, ...]
    record: str
    """The facts in words, in the language asked for; citations of the entry quote it."""
    sha256: str
    in_library: tuple[str, ...]
    """Ids of the documents that carry the text in the library."""


class CatalogueOut(Shape):
    """All entries, by date."""

    entries: tuple[EntryOut, ...]
