"""Finding paragraphs: dense and lexical rankings of the same paragraphs, fused, best first.

A paragraph is found by itself or by any of its passages (small to big) and returned once, with the passage that
matched best. Also LangChain's retriever, for chains.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray

from corpus.model import Passage
from embeddings.encoder import Encoder
from embeddings.fusion import fuse
from embeddings.index import Index
from embeddings.lexical import QueryTerm, Translator, query_terms

DEPTH = 200
"""Passages and paragraphs that each half of the search may bring in."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph found.

    Attributes:
        passage: Its passage nearest to the question.
        score: Fused score in [0, 1], higher is better.
        rank: From 1.
        similarity: Cosine of question and passage, -1 to 1.
        coverage: Share of the question's information in the paragraph's words, 0 to 1.
    """

    passage: Passage
    score: float
    rank: int
    similarity: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Found:
    """A search and what it took.

    Attributes:
        hits: Best first.
        terms: The question's words and what was tried for each.
        paragraphs: Number of paragraphs searched.
    """

    hits: tuple[Hit, ...]
    terms: tuple[QueryTerm, ...]
    paragraphs: int


class Retriever:
    """Searches one open index."""

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        *,
        detect_language: Callable[[str], str],
        translator: Translator | None = None,
        dense_weight: float = 1.0,
        lexical_weight: float = 1.0,
    ) -> None:
        self.index = index
        self._encoder = encoder
        self._detect_language = detect_language
        self._translator = translator
        self._weights = (dense_weight, lexical_weight)
        self._row_of = {paragraph.key: row for row, paragraph in enumerate(index.paragraphs)}

    def search(
        self, query: str, *, k: int = 10, documents: Sequence[str] | None = None, language: str | None = None
    ) -> list[Hit]:
        """Find the paragraphs that bear on a query, best first; see `find`."""
        return list(self.find(query, k=k, documents=documents, language=language).hits)

    def find(
        self, query: str, *, k: int = 10, documents: Sequence[str] | None = None, language: str | None = None
    ) -> Found:
        """Find the paragraphs that bear on a query.

        Args:
            query: Any text.
            k: At most this many.
            documents: Search only these documents.
            language: Of the query; detected when not given.

        Returns:
            One hit per paragraph, best first, and the trail of the search.
        """
        mask = self._mask(documents)
        count = int(mask.sum()) if mask is not None else len(self.index.paragraphs)
        targets = sorted(set(self.index.languages))
        terms = query_terms(
            query, language or self._detect_language(query), targets=targets, translator=self._translator
        )
        if not count or not query.strip():
            return Found((), tuple(terms), count)
        vector = self._encoder.encode([query])[0]
        dense = self._dense(vector, mask)
        lexical = self._lexical(terms, mask)
        fused = fuse([list(dense), lexical], self._weights)[:k]
        hits = [
            self._hit(row, score, rank, dense.get(row), vector, terms)
            for rank, (row, score) in enumerate(fused, start=1)
        ]
        return Found(tuple(hits), tuple(terms), count)

    def similarity(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the cosine of a query with each text: (n,) float32."""
        vectors = self._encoder.encode([query, *texts])
        similarities: NDArray[np.float32] = vectors[1:] @ vectors[0]
        return similarities

    def _dense(self, vector: NDArray[np.float32], mask: NDArray[np.bool_] | None) -> dict[int, tuple[int, float]]:
        """Return paragraph row -> (best passage row, cosine), best first."""
        if mask is None:
            rows, similarities = self.index.store.nearest(vector, min(DEPTH, len(self.index.passages)))
        else:  # Chroma's filters scan SQLite; an exact scan of the same vectors is faster at every size measured
            candidates = np.flatnonzero(mask[self.index.paragraph_of])
            scores = self.index.vectors[candidates] @ vector
            order = np.argsort(-scores, kind="stable")[:DEPTH]
            rows, similarities = candidates[order], scores[order]
        best: dict[int, tuple[int, float]] = {}
        for row, similarity in zip(rows.tolist(), similarities.tolist(), strict=True):
            best.setdefault(int(self.index.paragraph_of[row]), (row, similarity))
        return best

    def _lexical(self, terms: Sequence[QueryTerm], mask: NDArray[np.bool_] | None) -> list[int]:
        scores = self.index.lexical.scores(terms)
        if mask is not None:
            scores = np.where(mask, scores, 0)
        depth = min(DEPTH, len(scores))
        top = np.argpartition(-scores, depth - 1)[:depth]
        top = top[np.lexsort((top, -scores[top]))]
        return [int(row) for row in top if scores[row] > 0]

    def _hit(
        self,
        row: int,
        score: float,
        rank: int,
        nearest: tuple[int, float] | None,
        vector: NDArray[np.float32],
        terms: Sequence[QueryTerm],
    ) -> Hit:
        if nearest is None:
            passages = np.flatnonzero(self.index.paragraph_of == row)
            similarities = self.index.vectors[passages] @ vector
            nearest = int(passages[similarities.argmax()]), float(similarities.max())
        passage = self.index.passages[nearest[0]]
        return Hit(passage, score, rank, nearest[1], self.index.lexical.coverage(terms, row))

    def _mask(self, documents: Sequence[str] | None) -> NDArray[np.bool_] | None:
        if documents is None:
            return None
        wanted = set(documents)
        return np.array([paragraph.document in wanted for paragraph in self.index.paragraphs], dtype=bool)


class ParagraphRetriever(BaseRetriever):
    """`Retriever` as LangChain's retriever: one document per paragraph, id `<document>/<paragraph>`."""

    retriever: Any
    k: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        del run_manager
        return [
            LangChainDocument(
                id=hit.passage.paragraph.key,
                page_content=hit.passage.paragraph.text,
                metadata={"hit": hit, "score": hit.score, "rank": hit.rank},
            )
            for hit in self.retriever.search(query, k=self.k)
        ]
