"""Building the index: one writer, in a temporary folder that is checked, renamed and switched to."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from corpus.library import Library
from embeddings.documents import all_passages
from embeddings.encoder import Encoder, Vectors
from embeddings.errors import IndexDamagedError
from embeddings.index import CURRENT, Index, collection_name, current_index, index_name, languages_of, open_index
from embeddings.lexical import LexicalIndex
from embeddings.manifest import read_manifest, write_manifest
from embeddings.store import VectorStore, first_rows

Progress = Callable[[int, int], None]
"""Called with passages embedded so far and in all."""


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
        from filelock import FileLock

        with FileLock(root / "build.lock"):
            _switch(root, folder)
    return index


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
    from filelock import FileLock

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
            collection=collection_name(final.name, chroma_url),
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
    texts = [span.text for span in all_passages(library.paragraphs())]
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    vectors = _embed(texts, digests, encoder, known=_known_vectors(root, encoder), on_progress=on_progress)
    np.save(folder / "vectors.npy", vectors)
    (folder / "passages.txt").write_text("\n".join(digests), encoding="ascii")
    first = first_rows(texts)
    chroma = None if chroma_url else folder / "chroma"
    VectorStore.create(vectors, first, folder=chroma, url=chroma_url, name=collection)
    VectorStore.open(first, folder=chroma, url=chroma_url, name=collection).close()  # it must hold what was written
    LexicalIndex.build(list(library.paragraphs()), languages_of(library), folder / "lexical")
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
    """Embed each distinct text once, those of known vectors not at all."""
    vectors = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    first = first_rows(texts)
    missing = []
    for row in np.unique(first).tolist():
        if digests[row] in known:
            vectors[row] = known[digests[row]]
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
    return vectors[first]


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
        open_index(library, folder, chroma_url=chroma_url).neighbours.close()
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
