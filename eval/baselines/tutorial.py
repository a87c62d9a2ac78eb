"""The pipeline of the usual tutorial: chunks of 1,000 characters, 200 of overlap, all-MiniLM, Chroma, the best four."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus.model import Document
from embeddings.encoder import Encoder
from eval.baselines.chunks import merge_chunks, paragraphs_in, running_text

CHUNK = 1000
OVERLAP = 200
TOP = 4


class Tutorial:
    """Chunks in an in-memory Chroma collection."""

    def __init__(self, documents: Sequence[Document], encoder: Encoder) -> None:
        import chromadb
        from chromadb.config import Settings
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP, add_start_index=True)
        self._encoder = encoder
        self._paragraphs: list[list[str]] = []
        texts: list[str] = []
        for document in documents:
            text, spans = running_text(document)
            for chunk in splitter.create_documents([text]):
                start = chunk.metadata["start_index"]
                self._paragraphs.append(paragraphs_in(start, start + len(chunk.page_content), spans))
                texts.append(chunk.page_content)
        client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
        name = f"tutorial-{abs(hash(tuple(texts)))}"
        self._collection: Any = client.get_or_create_collection(name, embedding_function=None)
        vectors = encoder.encode(texts)
        self._collection.upsert(ids=[str(number) for number in range(len(texts))], embeddings=vectors)

    def rank(self, question: str, k: int) -> list[tuple[str, float]]:
        """Return the paragraphs of the best four chunks; the score is minus the distance."""
        found = self._collection.query(
            query_embeddings=self._encoder.encode([question]), n_results=min(TOP, len(self._paragraphs))
        )
        chunks = zip(found["ids"][0], found["distances"][0], strict=True)
        return merge_chunks(((self._paragraphs[int(id_)], -distance) for id_, distance in chunks), k)
