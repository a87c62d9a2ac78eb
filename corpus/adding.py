"""From a file or an address to a document in the library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import InvalidDocumentError, UnreadableError
from corpus.extract.sandbox import DEFAULT_LIMITS, Limits, extract_safely
from corpus.language import detect_language, most_likely_language
from corpus.model import Document, Origin, Paragraph, Status, Translation
from corpus.records import (
    DocumentRecord,
    Provenance,
    check_date,
    check_id,
    check_language,
    check_title,
    sha256_of,
)
from corpus.segment import SEGMENTATION_VERSION, Segmentation, segment_blocks
from corpus.store import Store

if TYPE_CHECKING:
    from corpus.library import Library

_SUFFIXES = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "application/xml": ".xml",
    "text/markdown": ".md",
    "text/plain": ".txt",
}
_LANGUAGE_SAMPLE, _LANGUAGE_OPENING = 20_000, 300
_TELLING_WORDS, _SURE, _OTHER_SHARE = 12, 0.9, 0.1


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document besides its text.

    Attributes:
        titles: By language code.
        expected: Number of numbered paragraphs the catalogue expects, if it does.
    """

    id: str
    titles: Mapping[str, str]
    date: dt.date | None
    language: str | None = None
    event: str | None = None
    place: str | None = None
    status: Status = "unknown"
    translation: Translation = "unknown"
    version_of: str | None = None
    expected: int | None = None


def add_document(  # noqa: PLR0913 - one keyword per fact, as the contract names them
    library: Library,
    source: str,
    *,
    id: str,  # noqa: A002 - the contract's name
    title: str,
    date: str | dt.date,
    language: str | None = None,
    known: Facts | None = None,
    limits: Limits = DEFAULT_LIMITS,
    allow_private: bool = False,
) -> Document:
    """Adopt a document of the user's own.

    Args:
        library: Where it goes; open it again to see it.
        source: Path of a file, or an http(s) address.
        id: Id it shall have, as the contract defines it.
        title: Its title.
        date: Day of its adoption.
        language: Code of its language; told from the text where not given.
        known: What else is known of it: event, place, status, the text it is a version of.
        limits: What reading it may cost.
        allow_private: Let the address be one of this machine or its network. Only for tests.

    Raises:
        InvalidDocumentError: The id is taken or malformed, the title or date cannot be, or the library is read-only.
        UnreadableError: The bytes give no usable text.
        AcquisitionError: The address could not, or must not, be fetched.
    """
    tongue = check_language(language) if language else None
    name = check_title(title)
    blank = known or Facts(id=id, titles={}, date=None)
    facts = replace(blank, id=check_id(id), date=check_date(date), language=tongue)
    refuse_duplicate(library, facts.id)
    provenance = None
    if source.startswith(("http://", "https://")):
        from corpus.acquire.fetch import fetch

        fetched = fetch(source, limit_bytes=limits.size_bytes, allow_private=allow_private)
        data, provenance = fetched.data, fetched.provenance
        file_name, declared = provenance.final_address.partition("?")[0], provenance.content_type
    else:
        data, file_name, declared = _read_file(Path(source), limits), source, ""
    reading = read_document(data, facts, name=file_name, declared=declared, limits=limits)
    label = provenance.address if provenance else Path(source).name
    return keep(
        library, reading, facts, titles={**blank.titles, "": name}, origin="added", source=label, provenance=provenance
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """Bytes and the paragraphs found in them."""

    data: bytes
    media_type: str
    cut: Segmentation
    language: str
    warnings: tuple[str, ...]


def read_document(
    data: bytes, facts: Facts, *, name: str = "", declared: str = "", limits: Limits = DEFAULT_LIMITS
) -> Reading:
    """Read bytes into paragraphs, and say what looked odd.

    Raises:
        UnreadableError: They give no usable text.
    """
    extracted = extract_safely(data, name=name, declared=declared, limits=limits)
    cut = segment_blocks(extracted.blocks, facts.id)
    if not cut.paragraphs:
        raise UnreadableError("it holds no paragraph that could be cited")
    found = detect_language(" ".join(p.text for p in cut.paragraphs)[:_LANGUAGE_SAMPLE])
    warnings = [*extracted.warnings, *cut.warnings, *_compare(cut, facts.expected), *_other_languages(cut, found)]
    if facts.language and facts.language[:2] != found:
        warnings.append(f"declared to be in {facts.language}, but it reads like {found}")
    return Reading(data, extracted.media_type, cut, facts.language or found, tuple(warnings))


def keep(
    library: Library,
    reading: Reading,
    facts: Facts,
    *,
    titles: Mapping[str, str],
    origin: Origin,
    source: str,
    provenance: Provenance | None = None,
) -> Document:
    """Write a document that was read to the library.

    Args:
        library: Where it goes.
        reading: The bytes and what was found in them.
        facts: What is known besides.
        titles: By language; the key "" stands for the text's own language.
        origin: How it came.
        source: Address or file name it came from.
        provenance: Record of the fetch, if it was fetched.

    Raises:
        InvalidDocumentError: The library is read-only, or has a document of that id.
    """
    if library.data_dir is None:
        raise InvalidDocumentError("this library has no data folder; open it with one to keep documents")
    cut = reading.cut
    record = DocumentRecord(
        id=facts.id,
        titles={code or reading.language: text for code, text in titles.items()},
        date=facts.date,
        language=reading.language,
        event=facts.event,
        place=facts.place,
        status=facts.status,
        translation=facts.translation,
        numbering=describe_numbering(cut.paragraphs),
        origin=origin,
        source=source,
        source_sha256=sha256_of(reading.data),
        version_of=facts.version_of,
        warnings=reading.warnings,
        media_type=reading.media_type,
        segmentation_version=SEGMENTATION_VERSION,
        added_at=dt.datetime.now(dt.UTC),
        provenance=provenance,
    )
    shared = record.model_dump(exclude={"media_type", "segmentation_version", "added_at", "provenance"})
    document = Document(**shared, paragraphs=cut.paragraphs, sections=cut.sections)
    suffix = _SUFFIXES.get(reading.media_type, ".docx")
    Store(library.data_dir / "library").put(document, record, original=reading.data, suffix=suffix, text=cut.text)
    return document


def refuse_duplicate(library: Library, document_id: str) -> None:
    """Refuse an id that is taken.

    Raises:
        InvalidDocumentError: It is.
    """
    if any(document.id == document_id for document in library.documents):
        raise InvalidDocumentError(f"{document_id} is in the library already; remove it first, or choose another id")


def describe_numbering(paragraphs: tuple[Paragraph, ...]) -> str:
    """Return how a text numbers its paragraphs, in a few words."""
    numbers = [p.id[1:].partition(".")[0] for p in paragraphs if p.id[0] == "p" and p.id[1:2].isdigit()]
    if not numbers:
        return "unnumbered"
    parts = max((int(p.id[4:].partition(".")[0]) for p in paragraphs if p.id.startswith("part")), default=1)
    lead = "unnumbered preamble, then " if paragraphs[0].kind == "preamble" else ""
    more = f", in {parts} parts" if parts > 1 else ""
    return f"{lead}{numbers[0]} to {numbers[-1]}{more}"


def _compare(cut: Segmentation, expected: int | None) -> list[str]:
    if expected is None:
        return []
    found = len({p.id.partition(".")[0] for p in cut.paragraphs if p.id[0] == "p" and p.id[1:2].isdigit()})
    return [] if found == expected else [f"the catalogue expects {expected} numbered paragraphs; the text has {found}"]


def _other_languages(cut: Segmentation, language: str) -> list[str]:
    """Say where a good part of a text is in other languages, as on a page that carries several versions."""
    others: dict[str, list[str]] = {}
    long = [paragraph for paragraph in cut.paragraphs if len(paragraph.text.split()) >= _TELLING_WORDS]
    for paragraph in long:
        code, confidence = most_likely_language(paragraph.text[:_LANGUAGE_OPENING])
        if code != language and confidence > _SURE:
            others.setdefault(code, []).append(paragraph.id)
    return [
        f"{len(ids)} paragraphs from {ids[0]} to {ids[-1]} read like {code}; the page may carry several versions"
        for code, ids in sorted(others.items())
        if len(ids) > _OTHER_SHARE * len(long)
    ]


def _read_file(path: Path, limits: Limits) -> bytes:
    try:
        if path.stat().st_size > limits.size_bytes:
            raise UnreadableError(f"{path.name} has more than {limits.size_bytes:,} bytes")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read: {error.strerror or error}") from error
