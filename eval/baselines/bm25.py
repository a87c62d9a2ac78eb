"""BM25 alone, as bm25s does it out of the box: no stemming, no stop words, no translation."""

from __future__ import annotations

from collections.abc import Sequence

import bm25s

from corpus.model import Document
from eval.baselines.ranker import paragraphs_of


class Bm25:
    """BM25 over paragraphs."""

    def __init__(self, documents: Sequence[Document]) -> None:
        paragraphs = paragraphs_of(documents)
        self._keys = [paragraph.key for paragraph in paragraphs]
        self._index = bm25s.BM25()
        tokens = bm25s.tokenize([p.text for p in paragraphs], stopwords=None, show_progress=False)
        self._index.index(tokens, show_progress=False)

    def rank(self, question: str, k: int) -> list[tuple[str, float]]:
        """Return the paragraphs that share a word with the question."""
        tokens = bm25s.tokenize([question], stopwords=None, show_progress=False)
        places, scores = self._index.retrieve(tokens, k=min(k, len(self._keys)), show_progress=False)
        return [
            (self._keys[place], float(score)) for place, score in zip(places[0], scores[0], strict=True) if score > 0
        ]
