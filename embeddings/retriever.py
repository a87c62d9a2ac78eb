"""Finding paragraphs: dense and lexical rankings of the same paragraphs, fused, best first.

A paragraph is found by itself or by any of its passages (small to big) and returned once, with the passage that
matched best. `embeddings.langchain` makes it LangChain's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.model import Paragraph, Passage
from embeddings.encoder import Encoder, Vectors
from embeddings.fusion import fuse
from embeddings.index import Index
from embeddings.lexical import QueryTerm, Translator, query_terms, words
from embeddings.neighbours import ExactScan, highest

DEPTH = 200
"""Passages and paragraphs that each ranking of the search may bring in."""

_HELD = 0.4
"""What a passage that holds all of the question's words is ahead of one that holds none."""

_WEIGHTS = (1.0, 1.0, 1.0)
"""Of the rankings that are fused: by the question, by its content words, by BM25."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph found.

    Attributes:
        passage: Its passage nearest to the question.
        score: Fused score in [0, 1], higher is better.
        rank: From 1.
        similarity: Cosine of question and passage, -1 to 1.
        whole: Cosine of question and whole paragraph, -1 to 1.
        topic: Cosine of the question's content words and their nearest passage, -1 to 1.
        topic_whole: Cosine of the question's content words and whole paragraph, -1 to 1.
        background: Mean cosine of the question with all paragraphs, what any question on the subject gets.
        coverage: Share of the question's information in the paragraph's words, 0 to 1.
        gap: Share of the question's information in the one word that the paragraph lacks most, 0 to 1.
        lexical: BM25 score over the most that the question's words could score, 0 to about 1.
        near: How close each passage of the paragraph is to the question, the whole first, -1 to 1.
        answers: Log-odds that the paragraph answers the question, from reading both; None if it was not read.
    """

    passage: Passage
    score: float
    rank: int
    similarity: float
    whole: float
    background: float
    coverage: float
    gap: float = 0.0
    topic: float = 0.0
    topic_whole: float = 0.0
    lexical: float = 0.0
    near: tuple[float, ...] = ()
    answers: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A search and what it took.

    Attributes:
        hits: Best first.
        terms: The question's words and what was tried for each.
        paragraphs: Number of paragraphs searched.
        vector: The question's, (d,) float32 unit norm; None if nothing was searched.
    """

    hits: tuple[Hit, ...]
    terms: tuple[QueryTerm, ...]
    paragraphs: int
    vector: NDArray[np.float32] | None = None


class Retriever:
    """Searches one open index."""

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        *,
        detect_language: Callable[[str], str],
        translator: Translator | None = None,
        frame_words: Callable[[str], Collection[str]] | None = None,
    ) -> None:
        self.index = index
        self._encoder = encoder
        self._detect_language = detect_language
        self._translator = translator
        self._frame_words = frame_words
        self._targets = sorted(set(index.languages))
        codes = {document: code for code, document in enumerate(dict.fromkeys(p.document for p in index.paragraphs))}
        self._codes = codes
        self._document_of = np.array([codes[paragraph.document] for paragraph in index.paragraphs], dtype=np.int32)
        wholes = np.searchsorted(index.paragraph_of, np.arange(len(index.paragraphs)))
        self._mean = np.asarray(index.vectors[wholes].mean(axis=0)) if len(wholes) else np.zeros(encoder.dimension)
        self._row_of = {paragraph.key: row for row, paragraph in enumerate(index.paragraphs)}

    def search(
        self, query: str, *, k: int = 10, documents: Sequence[str] | None = None, language: str | None = None
    ) -> list[Hit]:
        """Find the paragraphs that bear on a query, best first; see `find`."""
        return list(self.find(query, k=k, documents=documents, language=language).hits)

    def find(
        self,
        query: str,
        *,
        k: int = 10,
        documents: Sequence[str] | None = None,
        language: str | None = None,
        context: Sequence[str] = (),
        names: Collection[str] = (),
    ) -> Found:
        """Find the paragraphs that bear on a query.

        Args:
            query: Any text.
            k: At most this many.
            documents: Search only these documents.
            language: Of the query; detected when not given.
            context: Earlier questions that the query leans on, oldest first.
            names: Words, lower case, that only say which text is meant; they are not searched for, unless there
                is nothing else to search for.

        Returns:
            One hit per paragraph, best first, and the trail of the search.
        """
        mask = self._mask(documents)
        count = int(mask.sum()) if mask is not None else len(self.index.paragraphs)
        terms = self._terms(query, language, names)
        for earlier in context:
            terms += self._terms(earlier, None, names)
        if not count or not query.strip():
            return Found((), tuple(terms), count)
        asked = _without(" ".join((*context, query)), names)
        topic = " ".join(term.word for term in terms) or asked
        question = self._encoder.encode([asked, topic])
        bm25 = self.index.lexical.scores(terms)
        rankings = [*self._dense(question, mask), _top(bm25, mask)]
        fused = fuse(rankings, _WEIGHTS)[:k]
        hits = self._hits(fused, question, terms, bm25)
        return Found(tuple(hits), tuple(terms), count, question[0])

    def passages_found(self, hit: Hit, terms: Sequence[QueryTerm]) -> list[tuple[Passage, float]]:
        """Return the passages of a paragraph found, the whole first, each with how well it answers.

        Args:
            hit: The paragraph.
            terms: The question's words: a passage that holds them is worth quoting before one that is merely near.
        """
        row = self._row_of[hit.passage.paragraph.key]
        start, _ = self._passage_rows(row)
        found = self.index.passages[start : start + len(hit.near)]
        language = self.index.languages[row]
        shares = [self.index.lexical.share_inside(terms, passage.text, language) for passage in found]
        return [(p, near + _HELD * share) for p, near, share in zip(found, hit.near, shares, strict=True)]

    def passages_of(self, paragraph: Paragraph, vector: NDArray[np.float32]) -> list[tuple[Passage, float]]:
        """Return a paragraph's passages, the whole first, each with its cosine to a vector."""
        start, end = self._passage_rows(self._row_of[paragraph.key])
        similarities = self.index.vectors[start:end] @ vector
        return list(zip(self.index.passages[start:end], similarities.tolist(), strict=True))

    def _hits(
        self,
        fused: Sequence[tuple[int, float]],
        question: Vectors,
        terms: Sequence[QueryTerm],
        bm25: NDArray[np.float32],
    ) -> list[Hit]:
        """Return the paragraphs of fused rows with all that tells how well they fit, same order."""
        rows = [row for row, _ in fused]
        rarities = self.index.lexical.rarities(terms)
        most = float(rarities.sum())
        strengths = self.index.lexical.strengths(terms, rows)
        coverage = rarities @ strengths / (most or 1)
        gap = (rarities[:, None] * (1 - strengths)).max(axis=0, initial=0) / (most or 1)
        background = float(question[0] @ self._mean)
        hits = []
        for rank, (row, score) in enumerate(fused, start=1):
            closest, near = self._closeness(row, question)
            hits.append(
                Hit(
                    passage=closest,
                    score=score,
                    rank=rank,
                    similarity=float(near[:, 0].max()),
                    whole=float(near[0, 0]),
                    topic=float(near[:, 1].max()),
                    topic_whole=float(near[0, 1]),
                    background=background,
                    coverage=float(coverage[rank - 1]),
                    gap=float(gap[rank - 1]),
                    lexical=float(bm25[row]) / most if most else 0.0,
                    near=tuple(near.mean(axis=1).tolist()),
                )
            )
        return hits

    def _terms(self, query: str, language: str | None = None, names: Collection[str] = ()) -> list[QueryTerm]:
        code = language or self._detect_language(query)
        ignored = {*(self._frame_words(code) if self._frame_words else ()), *names}
        return query_terms(query, code, targets=self._targets, translator=self._translator, ignored=ignored)

    def _dense(self, question: Vectors, mask: NDArray[np.bool_] | None) -> list[list[int]]:
        """Return paragraph rows by their best passage, best first, for each vector of a question."""
        if mask is None:
            found = self.index.neighbours.nearest_to_each(question, min(DEPTH, len(self.index.passages)))
        else:  # Chroma's filters scan SQLite; an exact scan of the same vectors is faster at every size measured
            candidates = np.flatnonzero(mask[self.index.paragraph_of])
            exact = ExactScan(self.index.vectors[candidates])
            found = [candidates[rows] for rows in exact.nearest_to_each(question, DEPTH)]
        return [list(dict.fromkeys(self.index.paragraph_of[rows].tolist())) for rows in found]

    def _closeness(self, row: int, question: Vectors) -> tuple[Passage, Vectors]:
        """Return a paragraph's passage nearest to a question, and the cosines of its passages."""
        start, end = self._passage_rows(row)
        near = self.index.vectors[start:end] @ question.T
        return self.index.passages[start + int(near[:, 0].argmax())], near

    def _passage_rows(self, row: int) -> tuple[int, int]:
        """Return the range of a paragraph's rows; passages are indexed paragraph by paragraph."""
        start, end = np.searchsorted(self.index.paragraph_of, [row, row + 1])
        return int(start), int(end)

    def _mask(self, documents: Sequence[str] | None) -> NDArray[np.bool_] | None:
        if documents is None:
            return None
        return np.isin(self._document_of, [self._codes[d] for d in documents if d in self._codes])


def _without(text: str, names: Collection[str]) -> str:
    """Return a text without some words; as it is where nothing else would be left."""
    kept = " ".join(piece for piece in text.split() if not set(words(piece)) & set(names))
    return kept if words(kept) else text


def _top(scores: NDArray[np.float32], mask: NDArray[np.bool_] | None) -> list[int]:
    """Return the rows with the highest scores above 0, best first."""
    if mask is not None:
        scores = np.where(mask, scores, np.float32(0))
    return [int(row) for row in highest(scores, DEPTH) if scores[row] > 0]
