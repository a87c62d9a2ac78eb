"""The seam: what the product does, for every way of asking it.

The web page, REST, the OpenAI protocol, MCP, the command line and eval all call this and nothing below it, so
they cannot answer differently. Knows nothing of HTTP, terminals or settings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from app.chain.pipeline import AnswerEvent, Pipeline, SourcesEvent, StreamEvent, TextEvent
from app.chain.shape import Shaper, paragraph_url
from app.errors import InputError
from app.schemas import (
    AddressOut,
    Answer,
    CatalogueOut,
    ClaimResult,
    DocumentList,
    DocumentOut,
    DocumentSummary,
    EntryOut,
    Filters,
    ParagraphOut,
    QuoteResult,
    SearchHit,
    SearchResults,
    Turn,
)
from app.wording import say
from corpus.catalogue import Catalogue, Entry, load_catalogue
from corpus.catalogue_record import record_of
from corpus.errors import UnknownDocumentError
from corpus.labels import paragraph_label
from corpus.language import detect_language
from corpus.library import Library
from corpus.model import Document, Paragraph

__all__ = ["AnswerEvent", "Service", "SourcesEvent", "StreamEvent", "TextEvent"]

MAX_QUESTION = 4_000
"""Code points of a question or query."""
MAX_TEXT = 50_000
"""Code points of a claim, quotation or article."""
MAX_RESULTS = 100


class Service:
    """Everything the product does over one library."""

    def __init__(
        self,
        library: Library,
        pipeline: Pipeline,
        *,
        check_claim: Callable[[str], ClaimResult],
        check_quote: Callable[[str, str | None], QuoteResult],
    ) -> None:
        self.library = library
        self.pipeline = pipeline
        self._check_claim = check_claim
        self._check_quote = check_quote
        self._shaper = Shaper(library)

    def ask(self, question: str, history: Sequence[Turn] = (), *, filters: Filters | None = None) -> Answer:
        """Answer a question with proof, or refuse with the search trail.

        Args:
            question: In any of the four languages.
            history: Earlier messages, oldest first.
            filters: Only these texts.

        Raises:
            InputError: The question is empty or too long.
            UnknownDocumentError: A filter names a document that is not there.
        """
        self._check_filters(filters)
        return self.pipeline.answer(_checked(question, MAX_QUESTION), history, filters)

    def ask_stream(
        self, question: str, history: Sequence[Turn] = (), *, filters: Filters | None = None
    ) -> Iterator[StreamEvent]:
        """Answer like `ask`, piece by piece: sources, then text, then the whole answer.

        Raises:
            InputError: The question is empty or too long.
            UnknownDocumentError: A filter names a document that is not there.
        """
        self._check_filters(filters)
        return self.pipeline.stream(_checked(question, MAX_QUESTION), history, filters)

    def search(self, query: str, *, k: int = 10, filters: Filters | None = None) -> SearchResults:
        """Find paragraphs, best first.

        Args:
            query: In any of the four languages.
            k: At most this many, 1 to 100.
            filters: Only these texts.

        Raises:
            InputError: The query is empty or too long, or k is out of range.
            UnknownDocumentError: A filter names a document that is not there.
        """
        if not 1 <= k <= MAX_RESULTS:
            raise InputError(f"k is {k}; give 1 to {MAX_RESULTS}")
        self._check_filters(filters)
        hits = self.pipeline.search(_checked(query, MAX_QUESTION), k, filters)
        language = detect_language(query)
        return SearchResults(
            results=tuple(
                SearchHit(
                    document=hit.passage.paragraph.document,
                    paragraph=hit.passage.paragraph.id,
                    label=self._shaper.label(hit.passage.paragraph, language),
                    text=hit.passage.paragraph.text,
                    score=hit.score,
                    rank=rank,
                    language=self.library.document(hit.passage.paragraph.document).language,
                    url=paragraph_url(hit.passage.paragraph),
                )
                for rank, hit in enumerate(hits, start=1)
            )
        )

    def check_claim(self, claim: str) -> ClaimResult:
        """Say what the texts say of a claim.

        Raises:
            InputError: The claim is empty or too long.
        """
        return self._check_claim(_checked(claim, MAX_TEXT))

    def check_quote(self, quote: str, *, language: str | None = None) -> QuoteResult:
        """Say whether a quotation stands in the texts as pasted.

        Args:
            quote: With or without wrapping and attribution.
            language: Of labels and warnings; the quotation's own when not given.

        Raises:
            InputError: The quotation is empty or too long.
        """
        return self._check_quote(_checked(quote, MAX_TEXT), language)

    def documents(self, language: str | None = None) -> DocumentList:
        """List the documents; titles in `language` where there is one, else in the text's own."""
        return documents_out(self.library, language)

    def document(self, document_id: str, language: str | None = None) -> DocumentOut:
        """Show a document paragraph by paragraph; labels in `language`, else in the text's own.

        Raises:
            UnknownDocumentError: There is none of that id.
        """
        return document_out(self.library.document(document_id), language)

    def paragraph(self, document_id: str, paragraph_id: str, language: str | None = None) -> ParagraphOut:
        """Show one paragraph.

        Raises:
            UnknownDocumentError: There is no such document.
            UnknownParagraphError: The document has no such paragraph.
        """
        document = self.library.document(document_id)
        return _paragraph_out(document.paragraph(paragraph_id), language or document.language)

    def catalogue(self, language: str | None = None) -> CatalogueOut:
        """List what is known of official texts, at hand or not; names in `language`, else in English."""
        return catalogue_out(load_catalogue(), self.library, language or "en")

    def _check_filters(self, filters: Filters | None) -> None:
        for document in filters.documents if filters else ():
            if document not in {known.id for known in self.library.documents}:
                raise UnknownDocumentError(document, tuple(known.id for known in self.library.documents))


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


def document_out(document: Document, language: str | None = None) -> DocumentOut:
    """Shape a document paragraph by paragraph."""
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
        paragraphs=tuple(_paragraph_out(p, language or document.language) for p in document),
        warnings=document.warnings,
    )


def _paragraph_out(paragraph: Paragraph, language: str) -> ParagraphOut:
    return ParagraphOut(
        id=paragraph.id,
        label=paragraph_label(paragraph.id, language),
        kind=paragraph.kind,
        section=paragraph.section,
        text=paragraph.text,
        sha256=paragraph.sha256,
        url=paragraph_url(paragraph),
    )


def _checked(text: str, limit: int) -> str:
    if not text.strip():
        raise InputError(say("empty", "en"))
    if len(text) > limit:
        raise InputError(say("too_long", "en", limit=limit))
    return text.strip()
