"""The index: an immutable folder named by everything that shapes it, switched by `CURRENT`; opened here.

A cache, never a source: it is rebuilt when stale or damaged (`embeddings.build`) and never migrated. Readers keep the
folder they opened while another process builds the next one.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.library import Library
from corpus.model import Paragraph, Passage
from embeddings.documents import SEGMENTATION_VERSION, all_passages
from embeddings.encoder import Encoder, Vectors
from embeddings.errors import IndexDamagedError
from embeddings.lexical import LEXICAL_VERSION, LexicalIndex
from embeddings.manifest import read_manifest
from embeddings.neighbours import ExactScan, Neighbours
from embeddings.store import COLLECTION, VectorStore, first_rows

logger = logging.getLogger(__name__)

INDEX_VERSION = "5"
CURRENT = "CURRENT"

EXACT_UP_TO = 20_000
"""Passages up to which all vectors are compared: no slower than Chroma's graph, exact, and there at once."""


@dataclass(frozen=True, slots=True)
class Index:
    """An open index.

    Attributes:
        name: Its folder's name.
        passages: Row number to passage.
        vectors: (n, d) float32 unit norm, memory-mapped, row by row.
        paragraphs: Every paragraph, in lexical row order.
        paragraph_of: (n,) int32, the paragraph row of each passage row.
        neighbours: Finds the nearest of the vectors.
        lexical: BM25.
    """

    name: str
    passages: Sequence[Passage]
    vectors: Vectors
    paragraphs: Sequence[Paragraph]
    paragraph_of: np.ndarray[tuple[int], np.dtype[np.int32]]
    languages: Sequence[str]
    neighbours: Neighbours
    lexical: LexicalIndex


def index_name(library: Library, encoder: Encoder) -> str:
    """Return the name of the index of these texts with this encoder: a hash of all that shapes it."""
    shape = [INDEX_VERSION, SEGMENTATION_VERSION, LEXICAL_VERSION, encoder.fingerprint, library.digest]
    return hashlib.sha256(json.dumps(shape).encode()).hexdigest()[:20]


def open_index(
    library: Library, folder: Path, *, chroma_url: str | None = None, exact_up_to: int = EXACT_UP_TO
) -> Index:
    """Open an index folder and check it.

    Args:
        library: The texts it was built from.
        folder: Of the index.
        chroma_url: A Chroma server instead of the embedded store.
        exact_up_to: Passages up to which the embedded store is not opened, and all vectors are compared.

    Raises:
        IndexDamagedError: It is missing, or not what was written.
    """
    facts = read_manifest(folder)
    spans = list(all_passages(library.paragraphs()))
    try:
        vectors: Vectors = np.load(folder / "vectors.npy", mmap_mode="r")
    except (OSError, ValueError) as error:
        raise IndexDamagedError(f"{folder}: {error}") from error
    if len(vectors) != len(spans) or facts["passages"] != len(spans):
        raise IndexDamagedError(f"{folder} holds other passages than the library")
    paragraphs = tuple(library.paragraphs())
    row_of = {paragraph.key: row for row, paragraph in enumerate(paragraphs)}
    languages = languages_of(library)
    if chroma_url or len(spans) > exact_up_to:
        neighbours = _open_store([span.text for span in spans], vectors, folder, chroma_url)
    else:
        neighbours = ExactScan(vectors)
    return Index(
        name=folder.name,
        passages=spans,
        vectors=vectors,
        paragraphs=paragraphs,
        paragraph_of=np.array([row_of[p.paragraph.key] for p in spans], dtype=np.int32),
        languages=languages,
        neighbours=neighbours,
        lexical=LexicalIndex(folder / "lexical", languages),
    )


def current_index(root: Path) -> Path | None:
    """Return the folder that `CURRENT` names, if any."""
    try:
        return root / (root / CURRENT).read_text(encoding="ascii").strip()
    except OSError:
        return None


def describe_index(library: Library, encoder: Encoder, root: Path) -> dict[str, str | int]:
    """Return the state of the index: `current`, `missing` or `damaged`, its name and what it should hold."""
    folder = root / index_name(library, encoder)
    state = "missing"
    if folder.exists():
        try:
            read_manifest(folder)
            state = "current"
        except IndexDamagedError:
            state = "damaged"
    return {
        "state": state,
        "name": folder.name,
        "folder": str(folder),
        "encoder": encoder.name,
        "paragraphs": len(library),
        "corpus": library.digest,
    }


def collection_name(index: str, chroma_url: str | None) -> str:
    """Return the name of an index's collection; a Chroma server may hold those of others."""
    return f"celac-qa-{index}" if chroma_url else COLLECTION


def languages_of(library: Library) -> list[str]:
    """Return the language of each paragraph, in order."""
    return [document.language for document in library.documents for _ in document.paragraphs]


def _open_store(texts: Sequence[str], vectors: Vectors, folder: Path, chroma_url: str | None) -> Neighbours:
    """Open Chroma; where its graph loses vectors that are in it, compare all of them instead."""
    store = VectorStore.open(
        first_rows(texts), folder=folder / "chroma", url=chroma_url, name=collection_name(folder.name, chroma_url)
    )
    if store.finds_its_own(vectors):
        return store
    store.close()
    logger.warning("the vector store does not find some of its vectors; searches compare all of them instead")
    return ExactScan(vectors)
