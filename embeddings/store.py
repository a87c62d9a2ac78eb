"""The vector store: Chroma, embedded in a folder or behind an address.

The only module that knows Chroma. Vectors come from outside; Chroma embeds nothing and reports to nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors
from embeddings.errors import IndexDamagedError, IndexStaleError

COLLECTION = "passages"
GRAPH = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 200}
FirstRows = NDArray[np.int64]
_SYNC = 1_000
_ADD_BATCH = 5_000
_SAME_PLACE = 1e-3
"""Cosine distance up to which vectors lie in the same place, for float32."""


class VectorStore:
    """Nearest neighbours by cosine; see `embeddings.neighbours.Neighbours`.

    Rows that hold the same text are one entry: thousands of equal vectors are each other's nearest neighbours, which
    cuts the graph in pieces and hides the others.
    """

    def __init__(self, client: Any, collection: Any, first: FirstRows) -> None:  # noqa: ANN401 - chromadb has no types
        self._client = client
        self._collection = collection
        self._first = first
        self._by_first = np.argsort(first, kind="stable")

    @classmethod
    def create(
        cls,
        vectors: Vectors,
        first: FirstRows,
        *,
        folder: Path | None = None,
        url: str | None = None,
        name: str = COLLECTION,
    ) -> None:
        """Write vectors to a new collection and close it.

        Args:
            vectors: (n, d) float32, unit norm.
            first: From `first_rows`.
            folder: Where the embedded store keeps its files.
            url: Address of a Chroma server, instead of `folder`.
            name: Name of the collection.
        """
        client = _client(folder, url)
        if url and name in {c.name for c in client.list_collections()}:
            client.delete_collection(name)
        rows = np.unique(first)
        # A graph that was never synced is written anew at each opening, which a manifest would take for damage.
        sync = {"sync_threshold": min(_SYNC, max(2, len(rows))), "batch_size": min(100, max(2, len(rows)))}
        collection = client.create_collection(name, embedding_function=None, configuration={"hnsw": GRAPH | sync})
        for start in range(0, len(rows), _ADD_BATCH):
            batch = rows[start : start + _ADD_BATCH]
            collection.add(ids=[str(row) for row in batch], embeddings=vectors[batch])
        client.close()

    @classmethod
    def open(
        cls, first: FirstRows, *, folder: Path | None = None, url: str | None = None, name: str = COLLECTION
    ) -> VectorStore:
        """Open a collection.

        Args:
            first: As it was created with.
            folder: Where the embedded store keeps its files.
            url: Address of a Chroma server, instead of `folder`.
            name: Name of the collection.

        Raises:
            IndexDamagedError: It is not there, cannot be read or lacks rows.
            IndexStaleError: The server does not answer.
        """
        from chromadb.errors import ChromaError

        client = _client(folder, url)
        try:
            collection = client.get_collection(name, embedding_function=None)
            count, expected = collection.count(), len(np.unique(first))
        except (ChromaError, ValueError) as error:
            client.close()
            raise IndexDamagedError(f"the collection {name} cannot be read: {error}") from error
        if count != expected:
            client.close()
            raise IndexDamagedError(f"the collection {name} holds {count} rows instead of {expected}")
        return cls(client, collection, first)

    def finds_its_own(self, vectors: Vectors, *, probes: int = 50) -> bool:
        """Whether each of some rows is found by its own vector, or another row that lies in the same place.

        A graph may fail at this without being damaged, where thousands of vectors are nearly equal.

        Raises:
            IndexDamagedError: The collection cannot be read.
        """
        from chromadb.errors import ChromaError

        if not len(vectors):
            return True
        rows = np.unique(np.linspace(0, len(vectors) - 1, probes).astype(int))
        try:
            found = self._collection.query(query_embeddings=vectors[rows], n_results=1, include=["distances"])
        except ChromaError as error:
            raise IndexDamagedError(f"the store cannot be read: {error}") from error
        return all(distances and distances[0] <= _SAME_PLACE for distances in found["distances"])

    def nearest_to_each(self, vectors: Vectors, count: int) -> list[NDArray[np.int64]]:
        """Find the rows nearest to each of some vectors; see `Neighbours`."""
        found = self._collection.query(query_embeddings=vectors, n_results=count, include=["distances"])
        return [self._rows([int(i) for i in ids])[:count] for ids in found["ids"]]

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()

    def _rows(self, found: list[int]) -> NDArray[np.int64]:
        """Return the rows of the entries found, in their order, each with the rows that hold the same text."""
        ordered = self._first[self._by_first]
        starts, ends = np.searchsorted(ordered, found), np.searchsorted(ordered, found, side="right")
        rows = [self._by_first[start:end] for start, end in zip(starts, ends, strict=True)]
        return np.concatenate(rows) if rows else np.empty(0, dtype=np.int64)


def first_rows(texts: Sequence[str]) -> FirstRows:
    """Return for each text the number of the first one that is equal: (n,) int64.

    Examples:
        >>> first_rows(["a", "b", "a"]).tolist()
        [0, 1, 0]
    """
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(text, row) for row, text in enumerate(texts)], dtype=np.int64)


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
