"""Shapes documents, their paragraphs and the catalogue's entries for people and programs."""

from __future__ import annotations

from app.chain.shape import paragraph_url
from app.schemas import (
    AddressOut,
    CatalogueOut,
    DocumentList,
    DocumentOut,
    DocumentSummary,
    EntryOut,
    ParagraphOut,
    ReferenceOut,
)
from corpus.catalogue import Catalogue, Entry, load_catalogue
from corpus.catalogue_record import record_of
from corpus.crossrefs import Mention, Mentions
from corpus.labels import paragraph_label
from corpus.library import Library
from corpus.model import Document, Paragraph
from corpus.versions import Versions, disagreements


class References:
    """Where the paragraphs of a library point in other texts."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._mentions = Mentions(load_catalogue(), library.documents)

    def of(self, paragraph: Paragraph) -> tuple[ReferenceOut, ...]:
        """Return the places where a paragraph names another text, in order."""
        document = self._library.document(paragraph.document)
        found = self._mentions.find(paragraph.text, own=document.version_of or document.id)
        return tuple(self._reference(mention, document.language) for mention in found)

    def _reference(self, mention: Mention, language: str) -> ReferenceOut:
        carriers = [d for d in self._library.documents if mention.target in {d.id, d.version_of}]
        carrier = min(carriers, key=lambda d: (d.language != language, d.id != mention.target), default=None)
        if carrier is None:
            urls = [f"/catalogue#{mention.target}"]
        else:
            known = {paragraph.id: paragraph for paragraph in carrier}
            urls = [paragraph_url(known[name]) for name in mention.paragraphs if name in known]
        return ReferenceOut(
            start=mention.start,
            end=mention.end,
            target=mention.target,
            paragraphs=mention.paragraphs,
            urls=tuple(urls) or (f"/documents/{carrier.id}",) if carrier else tuple(urls),
        )


def documents_out(library: Library, language: str | None = None) -> DocumentList:
    """Shape the list of a library's documents."""
    return DocumentList(
        documents=tuple(
            DocumentSummary(
                id=document.id,
                title=document.title(language),
                date=document.date.isoformat() if document.date else None,
                language=document.language,
                status=document.status,
                paragraphs=len(document),
                origin=document.origin,
            )
            for document in library.documents
        )
    )


def catalogue_out(catalogue: Catalogue, library: Library, language: str) -> CatalogueOut:
    """Shape the catalogue, the oldest text first."""
    entries = sorted(catalogue.entries, key=lambda entry: (entry.date, entry.id))
    return CatalogueOut(entries=tuple(_entry_out(catalogue, entry, library, language) for entry in entries))


def _entry_out(catalogue: Catalogue, entry: Entry, library: Library, language: str) -> EntryOut:
    record = record_of(catalogue, entry, language)
    return EntryOut(
        **entry.model_dump(include={"id", "status", "numbering", "chapeau", "languages", "translation", "note"}),
        title=entry.title(language),
        titles=dict(entry.titles),
        body=catalogue.body_name(entry, language),
        event=catalogue.event_name(entry, language),
        place=catalogue.place_name(entry, language),
        date=entry.date.isoformat(),
        paragraphs=entry.paragraphs.count if entry.paragraphs else None,
        paragraphs_are_minimum=bool(entry.paragraphs and entry.paragraphs.is_minimum),
        paragraphs_seen=entry.paragraphs.seen if entry.paragraphs else None,
        subjects=dict(entry.subjects),
        references=tuple(reference.model_dump(mode="json", by_alias=True) for reference in entry.references),
        source=entry.source.where,
        source_seen=entry.source.seen,
        addresses=tuple(
            AddressOut(url=a.url, language=a.language, holds=a.holds, checked=str(a.checked)) for a in entry.addresses
        ),
        record=record.text,
        sha256=record.sha256,
        in_library=tuple(d.id for d in library.documents if entry.id in {d.id, d.version_of}),
    )


def document_out(document: Document, language: str | None = None, *, library: Library | None = None) -> DocumentOut:
    """Shape a document paragraph by paragraph.

    Args:
        document: What to show.
        language: Of the labels; the text's own where not given.
        library: The texts at hand, to say where paragraphs point in other texts.
    """
    pointed = References(library) if library else None
    return DocumentOut(
        id=document.id,
        title=document.title(language),
        titles=dict(document.titles),
        date=document.date.isoformat() if document.date else None,
        language=document.language,
        status=document.status,
        translation=document.translation,
        numbering=document.numbering,
        event=document.event,
        place=document.place,
        origin=document.origin,
        source=document.source,
        source_sha256=document.source_sha256,
        paragraphs=tuple(paragraph_out(p, language or document.language, pointed) for p in document),
        warnings=(*document.warnings, *(_disagreements(document, library) if library else ())),
    )


def _disagreements(document: Document, library: Library) -> list[str]:
    return disagreements(document, Versions(library).others(document))


def paragraph_out(paragraph: Paragraph, language: str, pointed: References | None = None) -> ParagraphOut:
    """Shape a paragraph, with where it points."""
    return ParagraphOut(
        id=paragraph.id,
        label=paragraph_label(paragraph.id, language),
        kind=paragraph.kind,
        section=paragraph.section,
        text=paragraph.text,
        sha256=paragraph.sha256,
        url=paragraph_url(paragraph),
        references=pointed.of(paragraph) if pointed else (),
    )
