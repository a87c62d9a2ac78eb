"""Dense retrieval alone: cosine of question and paragraph by one encoder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.model import Document
from embeddings.encoder import Encoder
from eval.baselines.ranker import paragraphs_of


class Dense:
    """Exact search over paragraph vectors."""

    def __init__(self, documents: Sequence[Document], encoder: Encoder) -> None:
        paragraphs = paragraphs_of(documents)
        self._keys = [paragraph.key for paragraph in paragraphs]
        self._encoder = encoder
        self._vectors = encoder.encode([paragraph.text for paragraph in paragraphs])

    def rank(self, question: str, k: int) -> list[tuple[str, float]]:
        """Return the nearest paragraphs."""
        scores = self._vectors @ self._encoder.encode([question])[0]
        return [(self._keys[place], float(scores[place])) for place in np.argsort(-scores, kind="stable")[:k]]
