"""The retrieval side of LlamaIndex's citation query engine: sources cut into citation chunks of 512 tokens, top two.

The engine itself asks a language model to number the sources; here its retriever and its citation nodes are used as
they are, with the product's encoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus.model import Document
from embeddings.encoder import Encoder
from eval.baselines.ranker import paragraphs_of


class LlamaIndex:
    """One LlamaIndex document a paragraph, in its own vector store."""

    def __init__(self, documents: Sequence[Document], encoder: Encoder) -> None:
        from llama_index.core import Document as Piece
        from llama_index.core import VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter

        pieces = [Piece(text=paragraph.text, id_=paragraph.key) for paragraph in paragraphs_of(documents)]
        self._index: Any = VectorStoreIndex.from_documents(
            pieces,
            embed_model=_embedding(encoder),
            transformations=[SentenceSplitter(chunk_size=512, chunk_overlap=20)],
        )

    def rank(self, question: str, k: int) -> list[tuple[str, float]]:
        """Return the paragraphs of the best chunks; the score is the cosine."""
        found = self._index.as_retriever(similarity_top_k=k).retrieve(question)
        ranked: dict[str, float] = {}
        for hit in found:
            ranked.setdefault(hit.node.ref_doc_id, float(hit.score))
        return list(ranked.items())


def _embedding(encoder: Encoder) -> Any:  # noqa: ANN401 - LlamaIndex is typed in part
    """Return the encoder in LlamaIndex's form."""
    from llama_index.core.base.embeddings.base import BaseEmbedding

    def texts_to_lists(texts: list[str]) -> list[list[float]]:
        return encoder.encode(texts).tolist()  # type: ignore[no-any-return]

    class Embedding(BaseEmbedding):  # type: ignore[misc, unused-ignore]  # typed only where installed
        def _get_text_embedding(self, text: str) -> list[float]:
            return texts_to_lists([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return texts_to_lists(texts)

        def _get_query_embedding(self, query: str) -> list[float]:
            return texts_to_lists([query])[0]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return texts_to_lists([query])[0]

    return Embedding(model_name=encoder.name)
