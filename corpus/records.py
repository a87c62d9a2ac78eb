"""How a document is written to disk: the shapes of its JSON files, checked when they are read."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from corpus.errors import InvalidDocumentError
from corpus.model import Document, Origin, Paragraph, ParagraphKind, Section, Status, Translation

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID, _LONGEST_TITLE = 100, 500
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Provenance(_Record):
    """Where fetched bytes came from.

    Attributes:
        address: Address asked for; `final_address` is where redirects led.
        fetched_at: Time of the first fetch, UTC.
        sha256: Of the bytes, hexadecimal: the pin.
    """

    address: str
    final_address: str
    fetched_at: dt.datetime
    content_type: str
    sha256: str
    etag: str | None = None
    last_modified: str | None = None


class DocumentRecord(_Record):
    """`metadata.json`."""

    id: str
    titles: dict[str, str]
    date: dt.date | None
    language: str
    event: str | None
    place: str | None
    status: Status
    translation: Translation
    numbering: str
    origin: Origin
    source: str
    source_sha256: str
    version_of: str | None
    warnings: tuple[str, ...]
    media_type: str
    segmentation_version: int
    added_at: dt.datetime
    provenance: Provenance | None = None


class ParagraphRecord(_Record):
    """One paragraph of `paragraphs.json`."""

    id: str
    kind: ParagraphKind
    text: str
    section: str | None
    start: int
    end: int
    sha256: str


class SectionRecord(_Record):
    """One heading of `paragraphs.json`."""

    title: str
    first: int


class ContentRecord(_Record):
    """`paragraphs.json`."""

    paragraphs: tuple[ParagraphRecord, ...]
    sections: tuple[SectionRecord, ...]


class FolderRecord(_Record):
    """`manifest.json`: the SHA-256 of every other file of a document's folder."""

    files: dict[str, str] = Field(min_length=1)


def content_of(document: Document) -> ContentRecord:
    """Return what `paragraphs.json` says of a document."""
    return ContentRecord(
        paragraphs=tuple(
            ParagraphRecord(
                id=p.id, kind=p.kind, text=p.text, section=p.section, start=p.start, end=p.end, sha256=p.sha256
            )
            for p in document
        ),
        sections=tuple(SectionRecord(title=s.title, first=s.first) for s in document.sections),
    )


def document_of(record: DocumentRecord, content: ContentRecord) -> Document:
    """Return the document that two records describe."""
    facts: dict[str, Any] = record.model_dump(exclude={"media_type", "segmentation_version", "added_at", "provenance"})
    paragraphs = tuple(
        Paragraph(record.id, p.id, p.kind, p.text, p.section, p.start, p.end) for p in content.paragraphs
    )
    sections = tuple(Section(s.title, s.first) for s in content.sections)
    return Document(**facts, paragraphs=paragraphs, sections=sections)


def check_id(document_id: str) -> str:
    """Return a document id if it is well-formed.

    Raises:
        InvalidDocumentError: It is not.

    Examples:
        >>> check_id("celac-2023-buenos-aires")
        'celac-2023-buenos-aires'
    """
    if not _ID.fullmatch(document_id) or len(document_id) > _LONGEST_ID:
        raise InvalidDocumentError(
            f"{document_id!r} cannot be a document id: use <body>-<year>-<place>[-<topic>] in lower-case ASCII "
            f"letters, digits and single hyphens, at most {_LONGEST_ID} characters, as in celac-2023-buenos-aires"
        )
    return document_id


def check_title(title: str) -> str:
    """Return a title on one line.

    Raises:
        InvalidDocumentError: It is empty, too long or holds control characters.
    """
    tidy = " ".join(title.split())
    if not tidy or len(tidy) > _LONGEST_TITLE or not tidy.isprintable():
        raise InvalidDocumentError(f"the title must be 1 to {_LONGEST_TITLE} printable characters")
    return tidy


def check_date(day: str | dt.date) -> dt.date:
    """Return a day of adoption.

    Raises:
        InvalidDocumentError: It is no date.
    """
    if isinstance(day, dt.date):
        return day
    try:
        return dt.date.fromisoformat(day)
    except ValueError:
        raise InvalidDocumentError(f"{day!r} is no date; write it as YYYY-MM-DD") from None


def check_language(language: str) -> str:
    """Return a language code.

    Raises:
        InvalidDocumentError: It is none.
    """
    if not _LANGUAGE.fullmatch(language):
        raise InvalidDocumentError(f"{language!r} is no language code; use en, es, pt, fr or another ISO 639 code")
    return language


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()
