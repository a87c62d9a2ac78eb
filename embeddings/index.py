"""The index: an immutable folder named by everything that shapes it, built by one writer, switched by `CURRENT`.

A cache, never a source: it is rebuilt when stale or damaged and never migrated. Readers keep the folder they opened
while another process builds the next one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock

from corpus.library import Library
from corpus.model import Paragraph, Passage
from embeddings.documents import SEGMENTATION_VERSION, passages
from embeddings.encoder import Encoder, Vectors
from embeddings.errors import IndexDamagedError
from embeddings.lexical import LEXICAL_VERSION, LexicalIndex
from embeddings.manifest import read_manifest, write_manifest
from embeddings.store import COLLECTION, VectorStore

INDEX_VERSION = "3"
CURRENT = "CURRENT"
Progress = Callable[[int, int], None]
"""Called with passages embedded so far and in all."""


@dataclass(frozen=True, slots=True)
class Index:
    """An open index.

    Attributes:
        name: Its folder's name.
        passages: Row number to passage.
        vectors: (n, d) float32 unit norm, memory-mapped, row by row.
        paragraphs: Every paragraph, in lexical row order.
        paragraph_of: (n,) int32, the paragraph row of each passage row.
        store: Chroma.
        lexical: BM25.
    """

    name: str
    passages: Sequence[Passage]
    vectors: Vectors
    paragraphs: Sequence[Paragraph]
    paragraph_of: np.ndarray[tuple[int], np.dtype[np.int32]]
    languages: Sequence[str]
    store: VectorStore
    lexical: LexicalIndex


def index_name(library: Library, encoder: Encoder) -> str:
    """Return the name of the index of these texts with this encoder: a hash of all that shapes it."""
    shape = [INDEX_VERSION, SEGMENTATION_VERSION, LEXICAL_VERSION, encoder.fingerprint, library.digest]
    return hashlib.sha256(json.dumps(shape).encode()).hexdigest()[:20]


def ensure_index(
    library: Library,
    encoder: Encoder,
    root: Path,
    *,
    chroma_url: str | None = None,
    on_progress: Progress | None = None,
) -> Index:
    """Open the index, building it first where it is missing, stale or damaged.

    Args:
        library: The texts.
        encoder: Makes the vectors.
        root: Folder of all indexes.
        chroma_url: A Chroma server instead of the embedded store.
        on_progress: Told how far embedding is.
    """
    folder = root / index_name(library, encoder)
    try:
        index = open_index(library, folder, chroma_url=chroma_url)
    except IndexDamagedError:
        build_index(library, encoder, root, chroma_url=chroma_url, on_progress=on_progress)
        return open_index(library, folder, chroma_url=chroma_url)
    if current_index(root) != folder:  # a builder was killed before it could switch, or switched to other texts
        with FileLock(root / "build.lock"):
            _switch(root, folder)
    return index


def open_index(library: Library, folder: Path, *, chroma_url: str | None = None) -> Index:
    """Open an index folder and check it.

    Raises:
        IndexDamagedError: It is missing, or not what was written.
    """
    facts = read_manifest(folder)
    spans = _passages(library)
    try:
        vectors: Vectors = np.load(folder / "vectors.npy", mmap_mode="r")
    except (OSError, ValueError) as error:
        raise IndexDamagedError(f"{folder}: {error}") from error
    if len(vectors) != len(spans) or facts["passages"] != len(spans):
        raise IndexDamagedError(f"{folder} holds other passages than the library")
    store = VectorStore.open(folder=folder / "chroma", url=chroma_url, name=_collection(folder.name, chroma_url))
    store.check(vectors)
    paragraphs = tuple(library.paragraphs())
    row_of = {paragraph.key: row for row, paragraph in enumerate(paragraphs)}
    languages = _languages(library)
    return Index(
        name=folder.name,
        passages=spans,
        vectors=vectors,
        paragraphs=paragraphs,
        paragraph_of=np.array([row_of[p.paragraph.key] for p in spans], dtype=np.int32),
        languages=languages,
        store=store,
        lexical=LexicalIndex.open(folder / "lexical", languages),
    )


def build_index(
    library: Library,
    encoder: Encoder,
    root: Path,
    *,
    chroma_url: str | None = None,
    on_progress: Progress | None = None,
) -> Path:
    """Build the index in a temporary folder, check it, rename it and switch `CURRENT` to it.

    Only passages that no earlier index with this encoder holds are embedded. Waits for another builder.

    Returns:
        The index's folder.
    """
    root.mkdir(parents=True, exist_ok=True)
    final = root / index_name(library, encoder)
    with FileLock(root / "build.lock"):
        if _is_whole(library, final, chroma_url):
            _switch(root, final)
            return final
        for leftover in root.glob(".tmp-*"):
            shutil.rmtree(leftover)
        temporary = root / f".tmp-{final.name}"
        temporary.mkdir()
        _write(
            library,
            encoder,
            temporary,
            root=root,
            collection=_collection(final.name, chroma_url),
            chroma_url=chroma_url,
            on_progress=on_progress,
        )
        if final.exists():
            shutil.rmtree(final)
        temporary.replace(final)
        previous = current_index(root)
        _switch(root, final)
        _remove_old(root, keep={final, previous})
    return final


def current_index(root: Path) -> Path | None:
    """Return the folder that `CURRENT` names, if any."""
    try:
        return root / (root / CURRENT).read_text(encoding="ascii").strip()
    except OSError:
        return None


def _write(
    library: Library,
    encoder: Encoder,
    folder: Path,
    *,
    root: Path,
    collection: str,
    chroma_url: str | None,
    on_progress: Progress | None,
) -> None:
    texts = [span.text for span in _passages(library)]
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    vectors = _embed(texts, digests, encoder, known=_known_vectors(root, encoder), on_progress=on_progress)
    np.save(folder / "vectors.npy", vectors)
    (folder / "passages.txt").write_text("\n".join(digests), encoding="ascii")
    if chroma_url:
        VectorStore.create(vectors, url=chroma_url, name=collection)
    else:
        VectorStore.create(vectors, folder=folder / "chroma", name=collection)
    LexicalIndex.build(list(library.paragraphs()), _languages(library), folder / "lexical")
    write_manifest(
        folder,
        {
            "passages": len(texts),
            "paragraphs": len(library),
            "encoder": encoder.name,
            "fingerprint": encoder.fingerprint,
            "corpus": library.digest,
        },
    )


def _embed(
    texts: Sequence[str],
    digests: Sequence[str],
    encoder: Encoder,
    *,
    known: dict[str, Vectors],
    on_progress: Progress | None,
) -> Vectors:
    vectors = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    missing = []
    for row, digest in enumerate(digests):
        if digest in known:
            vectors[row] = known[digest]
        else:
            missing.append(row)
    done = len(texts) - len(missing)

    def report(count: int) -> None:
        nonlocal done
        done += count
        if on_progress:
            on_progress(done, len(texts))

    report(0)
    if missing:
        vectors[missing] = encoder.encode([texts[row] for row in missing], on_progress=report)
    return vectors


def _known_vectors(root: Path, encoder: Encoder) -> dict[str, Vectors]:
    """Return the vectors of the current index by the digest of their text, if it is whole and of this encoder."""
    folder = current_index(root)
    if folder is None:
        return {}
    try:
        if read_manifest(folder)["fingerprint"] != encoder.fingerprint:
            return {}
        vectors: Vectors = np.load(folder / "vectors.npy", mmap_mode="r")
        digests = (folder / "passages.txt").read_text(encoding="ascii").split()
    except (IndexDamagedError, OSError, ValueError):
        return {}
    return dict(zip(digests, vectors, strict=True))


def _is_whole(library: Library, folder: Path, chroma_url: str | None) -> bool:
    try:
        open_index(library, folder, chroma_url=chroma_url).store.close()
    except IndexDamagedError:
        return False
    return True


def _switch(root: Path, folder: Path) -> None:
    temporary = root / f".{CURRENT}.tmp"
    with temporary.open("w", encoding="ascii") as file:
        file.write(folder.name)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(root / CURRENT)


def _remove_old(root: Path, keep: set[Path | None]) -> None:
    for folder in root.iterdir():
        if folder.is_dir() and folder not in keep:
            shutil.rmtree(folder, ignore_errors=True)


def _collection(name: str, chroma_url: str | None) -> str:
    return f"celac-qa-{name}" if chroma_url else COLLECTION


def _passages(library: Library) -> list[Passage]:
    return [span for paragraph in library.paragraphs() for span in passages(paragraph)]


def _languages(library: Library) -> list[str]:
    return [document.language for document in library.documents for _ in document.paragraphs]


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
