"""The shapes that leave the product: answers, search results, documents, quotations, claims.

One definition for the web page, REST, the OpenAI protocol, MCP, the command line and eval, so that none of
them can say something else. Fields are the public contract: additions are fine, removals are breaking.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["en", "es", "pt", "fr"]
RefusalReason = Literal["not_found", "not_a_question", "unsafe"]
ClaimVerdict = Literal["supported", "contradicted", "partly_supported", "not_found"]
Stance = Literal["supports", "contradicts", "related"]
DiffKind = Literal["number", "negation", "modal", "word", "case", "punctuation", "elision"]
QuoteStatus = Literal["verbatim", "elided", "altered", "not_found", "too_short"]


class Shape(BaseModel):
    """Immutable, closed record; its validator is built when first used, since a command uses few of them."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Turn(Shape):
    """One earlier message of a conversation. History is always an explicit input."""

    role: Literal["user", "assistant"]
    content: str = Field(max_length=20_000)


class Filters(Shape):
    """Limits a search to some of the texts. Empty means all."""

    documents: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()


class Force(Shape):
    """What the quoted paragraph does, so that "agreed to" is not taken for "called for"."""

    part: Literal["preamble", "operative", "closing", "unnumbered"]
    act: str | None = None
    """Name of the act: decides, commits, reaffirms, urges, recognises, recalls, ... or None."""
    verb: str | None = None
    """The text's own words that show it."""


class CitationOut(Shape):
    """An exact quotation: `paragraph.text[start:end] == quote`, offsets in code points, half-open."""

    marker: int
    document: str
    paragraph: str
    label: str
    quote: str
    start: int
    end: int
    language: str
    url: str
    sha256: str
    force: Force | None = None
    kind: Literal["text", "catalogue"] = "text"
    parallel: tuple[ParallelOut, ...] = ()
    translation: TranslationOut | None = None


class TranslationOut(Shape):
    """A translation of a quotation by a language model: a reading aid, not the text's words. Never to be quoted."""

    language: Language
    text: str
    note: str
    """Says that it is unofficial, in its language."""
    is_official: Literal[False] = False


class ParallelOut(Shape):
    """The same paragraph in another official language version of the text."""

    document: str
    paragraph: str
    language: str
    text: str
    url: str


class SentenceOut(Shape):
    """One sentence of an answer and the markers of the citations that prove it."""

    text: str
    citations: tuple[int, ...]
    verified: bool = True


class NearestOut(Shape):
    """A paragraph that came close to a refused question. Not an answer."""

    document: str
    paragraph: str
    label: str
    text: str
    url: str
    score: float
    is_answer: Literal[False] = False


class Searched(Shape):
    """The trail of a search that found nothing."""

    terms: dict[str, tuple[str, ...]]
    """Terms tried, by language code."""
    paragraphs: int
    """Number of paragraphs covered."""
    documents: tuple[str, ...] = ()


class Answer(Shape):
    """An answer with its proof, or a refusal with its search trail."""

    outcome: Literal["answer", "refusal"]
    answer: str
    sentences: tuple[SentenceOut, ...] = ()
    citations: tuple[CitationOut, ...] = ()
    nearest: tuple[NearestOut, ...] = ()
    reason: RefusalReason | None = None
    searched: Searched | None = None
    question: str
    standalone_question: str
    language: Language
    confidence: float = Field(ge=0, le=1)
    model: str
    corpus: str
    notice: str | None = None
    """Set when something other than the chosen model answered, and why."""


class SearchHit(Shape):
    """A paragraph found."""

    document: str
    paragraph: str
    label: str
    text: str
    score: float
    rank: int
    language: str
    url: str


class SearchResults(Shape):
    """Paragraphs, best first."""

    results: tuple[SearchHit, ...]


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


class DiffOp(Shape):
    """One step of a word diff. `equal` carries text; the others carry what differs."""

    op: Literal["equal", "replace", "delete", "insert"]
    text: str | None = None
    source: str | None = None
    quoted: str | None = None
    kind: DiffKind | None = None
    """What differs; `elision` is a place that the quotation itself marks as left out."""


class QuoteMatch(CitationOut):
    """The passage closest to a quotation, and how it differs."""

    diff: tuple[DiffOp, ...]
    similarity: float = Field(ge=0, le=1)


class QuoteResult(Shape):
    """Whether a quotation stands in the texts as pasted."""

    status: QuoteStatus
    matches: tuple[QuoteMatch, ...] = ()
    warnings: tuple[str, ...] = ()
    translation_of: CitationOut | None = None
    corpus: str


class Evidence(CitationOut):
    """A quotation that bears on a claim."""

    stance: Stance


class ClaimPart(Shape):
    """One checkable part of a claim."""

    claim: str
    verdict: ClaimVerdict
    evidence: tuple[Evidence, ...] = ()
    reasons: tuple[str, ...] = ()
    confidence: float = Field(ge=0, le=1)
    searched: Searched | None = None


class ClaimResult(Shape):
    """What the texts say of a claim. Never a verdict on the world."""

    verdict: ClaimVerdict
    confidence: float = Field(ge=0, le=1)
    parts: tuple[ClaimPart, ...]
    evidence: tuple[Evidence, ...] = ()
    language: str
    corpus: str


class CitationFormats(Shape):
    """A quotation's citation, ready to paste."""

    plain: str
    markdown: str
    html: str
    bibtex: str
    csl: dict[str, Any]
    apa: str
    chicago: str
    permalink: str
    annotation: dict[str, Any] = {}


class PackReport(Shape):
    """Whether an evidence pack is as it was made, and whether it still agrees with the library."""

    intact: bool
    """Every byte is as it was made."""
    signature: Literal["none", "valid", "invalid"] = "none"
    public_key: str | None = None
    """Of the signature, hexadecimal."""
    matches: bool = False
    """Everything quoted stands in the library as it did."""
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    kind: Literal["ask", "check", "quote"] | None = None
    asked: str | None = None
    made_at: str | None = None


class ArticleSpan(Shape):
    """Something checked in an article: `article[start:end] == text`, offsets in code points, half-open."""

    start: int
    end: int
    text: str
    kind: Literal["quotation", "claim"]
    quotation: QuoteResult | None = None
    claim: ClaimResult | None = None


class ArticleResult(Shape):
    """What the texts say of the quotations and claims in an article, in its order."""

    spans: tuple[ArticleSpan, ...]
    language: str
    characters: int
    """Length of the article that was checked."""


class Problem(Shape):
    """RFC 9457 problem details."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    instance: str | None = None
    errors: tuple[dict[str, Any], ...] = ()


CitationOut.model_rebuild()
