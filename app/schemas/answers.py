"""Questions and answers: what is asked, what is quoted, what a refusal has searched."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.schemas.shape import Language, Shape

RefusalReason = Literal["not_found", "not_a_question", "unsafe"]


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
