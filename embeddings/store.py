"""The vector store: Chroma, embedded in a folder or behind an address.

The only module that knows Chroma. Vectors come from outside; Chroma embeds nothing and reports to nobody.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors
from embeddings.errors import IndexDamagedError, IndexStaleError

COLLECTION = "passages"
GRAPH = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 200}
_SYNC = 1_000
_ADD_BATCH = 5_000


class VectorStore:
    """Nearest neighbours by cosine. Rows are numbered as they were added."""

    def __init__(self, client: Any, collection: Any) -> None:  # noqa: ANN401 - chromadb has no usable types
        self._client = client
        self._collection = collection

    @classmethod
    def create(
        cls, vectors: Vectors, *, folder: Path | None = None, url: str | None = None, name: str = COLLECTION
    ) -> None:
        """Write vectors to a new collection and close it.

        Args:
            vectors: (n, d) float32, unit norm.
            folder: Where the embedded store keeps its files.
            url: Address of a Chroma server, instead of `folder`.
            name: Name of the collection.
        """
        client = _client(folder, url)
        if url and name in {c.name for c in client.list_collections()}:
            client.delete_collection(name)
        # A graph that was never synced is written anew at each opening, which a manifest would take for damage.
        sync = {"sync_threshold": min(_SYNC, max(2, len(vectors))), "batch_size": min(100, max(2, len(vectors)))}
        collection = client.create_collection(name, embedding_function=None, configuration={"hnsw": GRAPH | sync})
        for first in range(0, len(vectors), _ADD_BATCH):
            batch = vectors[first : first + _ADD_BATCH]
            collection.add(ids=[str(first + i) for i in range(len(batch))], embeddings=batch)
        client.close()

    @classmethod
    def open(cls, *, folder: Path | None = None, url: str | None = None, name: str = COLLECTION) -> VectorStore:
        """Open a collection.

        Raises:
            IndexDamagedError: It is not there or cannot be read.
            IndexStaleError: The server does not answer.
        """
        from chromadb.errors import ChromaError

        client = _client(folder, url)
        try:
            return cls(client, client.get_collection(name, embedding_function=None))
        except (ChromaError, ValueError) as error:
            client.close()
            raise IndexDamagedError(f"the collection {name} cannot be read: {error}") from error

    def check(self, vectors: Vectors, *, probes: int = 50) -> None:
        """Count the rows and look some of them up by their own vectors.

        Raises:
            IndexDamagedError: Rows are missing or not found where they are.
        """
        from chromadb.errors import ChromaError

        try:
            if self._collection.count() != len(vectors):
                raise IndexDamagedError(f"the store holds {self._collection.count()} rows instead of {len(vectors)}")
            if not len(vectors):
                return
            rows = np.unique(np.linspace(0, len(vectors) - 1, probes).astype(int))
            found = self._collection.query(query_embeddings=vectors[rows], n_results=1, include=["distances"])
        except ChromaError as error:
            raise IndexDamagedError(f"the store cannot be read: {error}") from error
        if any(not d or d[0] > _PROBE_DISTANCE for d in found["distances"]):
            raise IndexDamagedError("the store does not find its own vectors")

    def nearest(self, vector: NDArray[np.float32], count: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Find the rows nearest to a vector.

        Args:
            vector: (d,) float32, unit norm.
            count: At most this many.

        Returns:
            Row numbers (m,) and cosine similarities (m,) in [-1, 1], best first.
        """
        found = self._collection.query(query_embeddings=[vector], n_results=count, include=["distances"])
        rows = np.array([int(i) for i in found["ids"][0]], dtype=np.int64)
        return rows, 1 - np.array(found["distances"][0], dtype=np.float32)

    def nearest_to_each(self, vectors: Vectors, count: int) -> list[NDArray[np.int64]]:
        """Find the rows nearest to each of some vectors at one go.

        Args:
            vectors: (n, d) float32, unit norm.
            count: At most this many for each.

        Returns:
            Row numbers, best first, for each vector in order.
        """
        found = self._collection.query(query_embeddings=vectors, n_results=count, include=["distances"])
        return [np.array([int(i) for i in ids], dtype=np.int64) for ids in found["ids"]]

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()


_PROBE_DISTANCE = 1e-3


def _client(folder: Path | None, url: str | None) -> Any:  # noqa: ANN401 - chromadb has no usable types
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if not url:
        return chromadb.PersistentClient(str(folder), settings)
    address = urlsplit(url)
    is_tls = address.scheme == "https"
    try:
        return chromadb.HttpClient(
            address.hostname or "", address.port or (443 if is_tls else 80), ssl=is_tls, settings=settings
        )
    except ValueError as error:
        raise IndexStaleError(
            f"the Chroma server at {url} does not answer; start it or unset CELAC_QA_CHROMA_URL"
        ) from error
