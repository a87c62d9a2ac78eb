"""Haystack's hybrid pipeline: in-memory BM25 and embedding retrievers, joined by reciprocal rank fusion."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from corpus.model import Document
from embeddings.encoder import Encoder
from eval.baselines.ranker import paragraphs_of


class Haystack:
    """One Haystack document a paragraph, the product's encoder for the vectors."""

    def __init__(self, documents: Sequence[Document], encoder: Encoder) -> None:
        os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")
        from haystack import Document as Piece
        from haystack import Pipeline
        from haystack.components.joiners import DocumentJoiner
        from haystack.components.retrievers import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        paragraphs = paragraphs_of(documents)
        vectors = encoder.encode([paragraph.text for paragraph in paragraphs])
        store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        store.write_documents(
            [Piece(id=p.key, content=p.text, embedding=v.tolist()) for p, v in zip(paragraphs, vectors, strict=True)]
        )
        self._encoder = encoder
        self._pipeline: Any = Pipeline()
        self._pipeline.add_component("bm25", InMemoryBM25Retriever(store))
        self._pipeline.add_component("dense", InMemoryEmbeddingRetriever(store))
        self._pipeline.add_component("join", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
        self._pipeline.connect("bm25", "join")
        self._pipeline.connect("dense", "join")

    def rank(self, question: str, k: int) -> list[tuple[str, float]]:
        """Return the joined ranking; the score is the fused one."""
        vector = self._encoder.encode([question])[0].tolist()
        found = self._pipeline.run({"bm25": {"query": question}, "dense": {"query_embedding": vector}})
        return [(piece.id, float(piece.score)) for piece in found["join"]["documents"][:k]]
