"""What the chain found for one request; what answers and refusals are made from."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Document, Paragraph
from embeddings.retriever import Found, Hit


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a search brought for one request.

    Attributes:
        hits: The paragraphs that answer, best first; empty where nothing is good enough.
        nearest: The closest paragraphs, answering or not, best first.
        confidence: Probability in [0, 1] that the first of them answers.
        found: The search behind it.
        paragraphs: Paragraphs the request names itself; they answer whatever the search says.
        is_outline: Those paragraphs stand for a text as a whole, so what they open with is told.
        missing: A number it names that the document does not have.
        document: Where that number was looked for.
        silent: Parts of the question, or texts it compares, that nothing was found for.
    """

    hits: tuple[Hit, ...] = ()
    nearest: tuple[Hit, ...] = ()
    confidence: float = 0.0
    found: Found | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    is_outline: bool = False
    missing: int | None = None
    document: Document | None = None
    silent: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[Paragraph, ...]:
        """All paragraphs that answer: those named, then those found, each once."""
        return tuple(dict.fromkeys((*self.paragraphs, *(hit.passage.paragraph for hit in self.hits))))
