"""The seam: what the product does, for every way of asking it.

The web page, REST, the OpenAI protocol, MCP, the command line and eval all call this and nothing below it, so
they cannot answer differently. Knows nothing of HTTP, terminals or settings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from app.chain.pipeline import AnswerEvent, Pipeline, SourcesEvent, StreamEvent, TextEvent
from app.chain.shape import Shaper, paragraph_url
from app.claims.article import check_article
from app.documents import References, catalogue_out, document_out, documents_out, paragraph_out
from app.errors import InputError
from app.evidence.desk import EvidenceDesk
from app.evidence.review import draft_review, sign_review
from app.schemas import (
    Answer,
    ArticleResult,
    CatalogueOut,
    CitationFormats,
    ClaimResult,
    DocumentList,
    DocumentOut,
    Filters,
    PackReport,
    ParagraphOut,
    QuoteResult,
    SearchHit,
    SearchResults,
    Turn,
)
from app.wording import say
from corpus.catalogue import load_catalogue
from corpus.errors import UnknownDocumentError
from corpus.language import detect_language
from corpus.library import Library

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
        evidence: EvidenceDesk | None = None,
    ) -> None:
        self.library = library
        self.pipeline = pipeline
        self._check_claim = check_claim
        self._check_quote = check_quote
        self.evidence = evidence or EvidenceDesk(library)
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

    def pack(
        self,
        asked: Mapping[str, Any],
        result: Answer | ClaimResult | QuoteResult,
        *,
        made_at: dt.datetime | None = None,
        language: str = "en",
    ) -> bytes:
        """Keep a result and all it stands on as an evidence pack, a zip file.

        Args:
            asked: What was put: `question` and `history`, `claim`, or `quote`.
            result: What came out.
            made_at: Time to write into it; now where not given.
            language: Of the headings of its page.
        """
        return self.evidence.pack(asked, result, made_at=made_at, language=language)

    def verify_pack(self, data: bytes, *, public_key: bytes | None = None) -> PackReport:
        """Check an evidence pack for changes, and against the library.

        Args:
            data: Of the file.
            public_key: PEM file of the key that must have signed it.

        Raises:
            PackError: The key file holds no Ed25519 public key.
        """
        return self.evidence.verify(data, public_key=public_key)

    def cite(
        self,
        document_id: str,
        paragraph_id: str,
        *,
        start: int | None = None,
        end: int | None = None,
        language: str | None = None,
        base: str = "",
    ) -> CitationFormats:
        """Return the citation of a paragraph, or of words in it, in every format; see `EvidenceDesk.cite`.

        Raises:
            UnknownDocumentError: There is no such document.
            UnknownParagraphError: The document has no such paragraph.
            InputError: The offsets are outside the paragraph.
        """
        return self.evidence.cite(document_id, paragraph_id, start=start, end=end, language=language, base=base)

    def references(
        self, result: Answer | ClaimResult | QuoteResult, *, language: str, base: str = ""
    ) -> dict[str, str]:
        """Return the citations of all that a result stands on, by format; see `EvidenceDesk.references`."""
        return self.evidence.references(result, language=language, base=base)

    def review(
        self, claim: str, *, reviewer: str | None = None, url: str = "", date: dt.date | None = None, base: str = ""
    ) -> dict[str, Any]:
        """Check a claim and draft a ClaimReview of it; see `app.evidence.review`.

        Args:
            claim: What was claimed.
            reviewer: Name of the person who stands for the verdict; without one the draft stays incomplete.
            url: Where the review is published.
            date: Day of the review; today where not given.
            base: Address of the server, for links.

        Raises:
            InputError: The claim is empty or too long, or the reviewer or the address is none.
        """
        draft = draft_review(claim, self.check_claim(claim), base=base)
        if reviewer is None:
            return draft
        return sign_review(draft, reviewer=reviewer, url=url, date=date or dt.datetime.now(dt.UTC).date())

    def check_article(self, article: str) -> ArticleResult:
        """Check every quotation and every claim about the texts in an article, in place.

        Args:
            article: Prose; offsets in the result are offsets in it.

        Raises:
            InputError: The article is empty or too long.
        """
        _checked(article, MAX_TEXT)
        return check_article(
            article, check_claim=self._check_claim, check_quote=lambda quote: self._check_quote(quote, None)
        )

    def documents(self, language: str | None = None) -> DocumentList:
        """List the documents; titles in `language` where there is one, else in the text's own."""
        return documents_out(self.library, language)

    def document(self, document_id: str, language: str | None = None) -> DocumentOut:
        """Show a document paragraph by paragraph; labels in `language`, else in the text's own.

        Raises:
            UnknownDocumentError: There is none of that id.
        """
        return document_out(self.library.document(document_id), language, library=self.library)

    def paragraph(self, document_id: str, paragraph_id: str, language: str | None = None) -> ParagraphOut:
        """Show one paragraph.

        Raises:
            UnknownDocumentError: There is no such document.
            UnknownParagraphError: The document has no such paragraph.
        """
        document = self.library.document(document_id)
        paragraph = document.paragraph(paragraph_id)
        return paragraph_out(paragraph, language or document.language, References(self.library))

    def catalogue(self, language: str | None = None) -> CatalogueOut:
        """List what is known of official texts, at hand or not; names in `language`, else in English."""
        return catalogue_out(load_catalogue(), self.library, language or "en")

    def _check_filters(self, filters: Filters | None) -> None:
        for document in filters.documents if filters else ():
            if document not in {known.id for known in self.library.documents}:
                raise UnknownDocumentError(document, tuple(known.id for known in self.library.documents))


def _checked(text: str, limit: int) -> str:
    if not text.strip():
        raise InputError(say("empty", "en"))
    if len(text) > limit:
        raise InputError(say("too_long", "en", limit=limit))
    return text.strip()
