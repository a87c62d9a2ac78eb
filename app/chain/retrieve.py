"""From a request to the paragraphs that may answer it, best first, with how likely they do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.chain.abstain import best_first, calibration, confidence, relevance
from app.chain.condense import Request
from app.chain.references import resolve, sub_items
from app.chain.scope import Scope
from app.grammar import has_any
from app.schemas import Filters, Turn
from corpus.library import Library
from corpus.model import Document, Paragraph
from embeddings.retriever import Found, Hit, Retriever

CANDIDATES = 30
"""Hits that are put in order by relevance."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a search brought for one request.

    Attributes:
        hits: The paragraphs that answer, best first; empty where nothing is good enough.
        nearest: The closest paragraphs, answering or not, best first.
        confidence: Probability in [0, 1] that the first of them answers.
        found: The search behind it.
        paragraphs: Paragraphs the request names itself; they answer whatever the search says.
        missing: A number it names that the document does not have.
        document: Where that number was looked for.
    """

    hits: tuple[Hit, ...] = ()
    nearest: tuple[Hit, ...] = ()
    confidence: float = 0.0
    found: Found | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    missing: int | None = None
    document: Document | None = None


class EvidenceSearch:
    """Looks for evidence in one library."""

    def __init__(self, library: Library, retriever: Retriever) -> None:
        self._library = library
        self._retriever = retriever
        self._scope = Scope(library.documents)

    def gather(self, request: Request, history: Sequence[Turn] = (), filters: Filters | None = None) -> Evidence:
        """Find the paragraphs that answer a request.

        Args:
            request: What is asked.
            history: The conversation, for "the next one" and for which text it is about.
            filters: Limits set by the caller.
        """
        documents = self._allowed(filters)
        if request.reference:
            named = self._named(request, history, documents)
            if named.paragraphs or named.missing is not None:
                return named
        mentioned = self._scope.mentioned(request.question)
        if len(mentioned) > 1 and has_any(request.question, request.grammar.comparing):
            return self._compare(request, [d for d in mentioned if documents is None or d in documents])
        alone = self._search(request.alone(), documents, favoured=mentioned)
        if not request.context:
            return alone
        leaning = self._search(request, documents, favoured=mentioned or self._scope.mentioned(request.standalone))
        return alone if alone.confidence > leaning.confidence else leaning

    def ranked(self, query: str, k: int, filters: Filters | None = None) -> list[Hit]:
        """Find paragraphs for a query as it stands, in the order that answers use, best first."""
        documents = self._allowed(filters)
        found = self._retriever.find(query, k=max(k, CANDIDATES), documents=documents)
        return best_first(found.hits, self._scope.mentioned(query))[:k]

    def focus(self, history: Sequence[Turn]) -> Paragraph | None:
        """Return the paragraph that the conversation is at: the first one that its last question leads to."""
        asked = [position for position, turn in enumerate(history) if turn.role == "user"]
        if not asked:
            return None
        from app.chain.condense import condense

        earlier = history[: asked[-1]]
        evidence = self.gather(condense(history[asked[-1]].content, earlier), earlier)
        if evidence.paragraphs:
            return evidence.paragraphs[0]
        return evidence.nearest[0].passage.paragraph if evidence.nearest else None

    def _search(self, request: Request, documents: Sequence[str] | None, favoured: Sequence[str]) -> Evidence:
        found = self._retriever.find(
            request.question, k=CANDIDATES, documents=documents, language=request.language, context=request.context
        )
        ordered = self._one_version(best_first(found.hits, favoured), request.language)
        best = ordered[0] if ordered else None
        chance = confidence(best)
        answering = _answering(ordered, request) if chance >= calibration().threshold else []
        return Evidence(tuple(answering), tuple(ordered[:3]), chance, found)

    def _compare(self, request: Request, documents: Sequence[str]) -> Evidence:
        parts = [self._search(request.alone(), [document], ()) for document in documents]
        hits = tuple(part.hits[0] for part in parts if part.hits)
        nearest = tuple(part.nearest[0] for part in parts if part.nearest)
        best = max(parts, key=lambda part: part.confidence)
        return Evidence(hits, nearest[:3], best.confidence, best.found)

    def _named(self, request: Request, history: Sequence[Turn], documents: Sequence[str] | None) -> Evidence:
        focus = self.focus(history)
        candidates = self._candidates(request, focus, documents)
        found: list[Paragraph] = []
        for document in candidates:
            for paragraph in resolve(request.reference, document, last=focus):
                found += [paragraph, *sub_items(paragraph, document)]
        if not found and request.reference.numbers and candidates:
            return Evidence(missing=request.reference.numbers[0], document=candidates[0])
        return Evidence(confidence=1.0 if found else 0.0, paragraphs=tuple(dict.fromkeys(found)))

    def _candidates(self, request: Request, focus: Paragraph | None, documents: Sequence[str] | None) -> list[Document]:
        """Return the texts a paragraph number may belong to: those named, else the one talked about, else the first."""
        literal = [document for document, _ in request.reference.ids if document]
        names = literal or list(self._scope.mentioned(request.question))
        if not names and focus is not None:
            names = [focus.document]
        allowed = [d for d in self._library.documents if documents is None or d.id in documents]
        chosen = [d for d in allowed if d.id in names]
        return chosen or sorted(allowed, key=lambda d: (d.origin != "bundled", d.id))[:1]

    def _one_version(self, hits: Iterable[Hit], language: str) -> list[Hit]:
        """Keep one language version of a paragraph: the question's language, else the first found."""
        kept: dict[tuple[str, str], Hit] = {}
        for hit in hits:
            document = self._library.document(hit.passage.paragraph.document)
            key = (document.version_of or document.id, hit.passage.paragraph.id)
            if key not in kept or document.language == language:
                kept[key] = hit
        return list(kept.values())

    def _allowed(self, filters: Filters | None) -> list[str] | None:
        if filters is None or not (filters.documents or filters.years or filters.languages):
            return None
        return [
            document.id
            for document in self._library.documents
            if (not filters.documents or document.id in filters.documents)
            and (not filters.years or document.year in filters.years)
            and (not filters.languages or document.language in filters.languages)
        ]


def _answering(ordered: Sequence[Hit], request: Request) -> list[Hit]:
    """Return the hits worth citing: the best, and those that answer nearly as well."""
    is_wide = request.is_listing or request.is_where
    limit, margin = (_WIDE_LIMIT, _WIDE_MARGIN) if is_wide else (_LIMIT, _MARGIN)
    bar = relevance(ordered[0]) - margin
    return [
        hit
        for hit in ordered[:limit]
        if hit is ordered[0] or (relevance(hit) >= bar and confidence(hit) >= calibration().threshold)
    ]


def split_parts(question: str) -> list[str]:
    """Return the questions that a message asks, in order.

    Examples:
        >>> split_parts("Who met? And where did they meet?")
        ['Who met?', 'And where did they meet?']
    """
    parts = [part.strip() for part in re.findall(r"[^?]+\?+", question)]
    rest = re.sub(r"[^?]+\?+", "", question).strip()
    return parts if len(parts) > 1 and not rest else [question]


_LIMIT, _MARGIN = 2, 0.05
_WIDE_LIMIT, _WIDE_MARGIN = 4, 0.12
