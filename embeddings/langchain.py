"""Encoder and retriever in LangChain's forms, for chains of any kind. Apart, since LangChain takes long to import."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever

from embeddings.encoder import Encoder


class EncoderEmbeddings(Embeddings):
    """An encoder as LangChain's embeddings."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a vector per text."""
        return self._encoder.encode(texts).tolist()  # type: ignore[no-any-return]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a text."""
        return self._encoder.encode([text])[0].tolist()  # type: ignore[no-any-return]


class ParagraphRetriever(BaseRetriever):
    """`Retriever` as LangChain's retriever: one document per paragraph, id `<document>/<paragraph>`."""

    retriever: Any
    k: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager
        return [
            Document(
                id=hit.passage.paragraph.key,
                page_content=hit.passage.paragraph.text,
                metadata={"hit": hit, "score": hit.score, "rank": hit.rank},
            )
            for hit in self.retriever.search(query, k=self.k)
        ]
