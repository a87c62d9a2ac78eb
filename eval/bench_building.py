"""Measures how building the index grows with the library, beside what encoding alone costs.

Counts processor time, since machines are shared. `python -m eval.bench_building` prints a Markdown table;
`docs/performance.md` holds the last one. The synthetic library is encoded by a table of word vectors, so that the
store's own cost shows; a small one is built with the real encoder.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from corpus.library import Library
from corpus.model import Document, Paragraph
from embeddings.build import build_index
from embeddings.encoder import Encoder, Vectors, open_encoder

SIZES = (1_000, 10_000, 100_000)
REAL_SIZE, ADDED = 300, 500
_PER_DOCUMENT, _WORDS, _VOCABULARY, _DIMENSION = 100, 18, 4_000, 384
_SYLLABLES = ("ra", "me", "ti", "so", "lu", "na", "per", "con", "da", "vi")


class WordTable(Encoder):
    """A cheap encoder: the mean of random vectors, one a word."""

    name, fingerprint, dimension = "word table", "word-table-1", _DIMENSION

    def __init__(self) -> None:
        self._table = np.random.default_rng(1).standard_normal((_VOCABULARY, _DIMENSION), dtype=np.float32)
        self.encoded = 0

    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Encode texts; see `Encoder.encode`."""
        vectors = np.stack(
            [self._table[[crc32(word.encode()) % _VOCABULARY for word in text.split()]].mean(0) for text in texts]
        )
        self.encoded += len(texts)
        if on_progress:
            on_progress(len(texts))
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)  # type: ignore[no-any-return]


def synthetic_library(count: int, *, seed: int = 0) -> Library:
    """Return that many paragraphs of one sentence each, a hundred a document."""
    chance = np.random.default_rng(seed)
    syllables = chance.integers(len(_SYLLABLES), size=(_VOCABULARY, 3))
    words = ["".join(_SYLLABLES[i] for i in row) for row in syllables]
    documents = []
    for first in range(0, count, _PER_DOCUMENT):
        id_ = f"some-{2000 + seed}-{first // _PER_DOCUMENT:04}"
        drawn = chance.zipf(1.3, size=(min(_PER_DOCUMENT, count - first), _WORDS)) % _VOCABULARY
        paragraphs = tuple(
            Paragraph(id_, f"p{number}", "operative", " ".join(words[i] for i in row) + ".")
            for number, row in enumerate(drawn, start=1)
        )
        documents.append(Document(id_, {"en": id_}, None, "en", paragraphs))
    return Library(tuple(documents))


def main() -> None:
    """Print the tables."""
    machine = platform.processor() or platform.machine()
    _say(f"Processor seconds of all threads together, on {machine}, {os.cpu_count()} cores.\n")
    _say("| paragraphs | encoder | encoding alone, s | whole build, s | paragraphs per second |")
    _say("|---:|---|---:|---:|---:|")
    _row(REAL_SIZE, open_encoder())
    _added()
    for size in [int(argument) for argument in sys.argv[1:]] or SIZES:
        _row(size, WordTable())


def _row(size: int, encoder: Encoder) -> None:
    library = synthetic_library(size)
    texts = [paragraph.text for paragraph in library.paragraphs()]
    encoder.encode(texts[:10])  # the first call prepares the model
    bare = _timed(lambda: encoder.encode(texts))
    with tempfile.TemporaryDirectory() as folder:
        whole = _timed(lambda: build_index(library, encoder, Path(folder)))
    _say(f"| {size:,} | {encoder.name} | {bare:.1f} | {whole:.1f} | {size / whole:,.0f} |")


def _added() -> None:
    """Add a document to a library that is indexed."""
    old, more = synthetic_library(10_000), synthetic_library(ADDED, seed=1)
    encoder = WordTable()
    with tempfile.TemporaryDirectory() as folder:
        build_index(old, encoder, Path(folder))
        encoder.encoded = 0
        seconds = _timed(lambda: build_index(Library((*old.documents, *more.documents)), encoder, Path(folder)))
    name = f"10,000, then {ADDED} added"
    _say(f"| {name} | {encoder.name}, {encoder.encoded} encoded | | {seconds:.1f} | |")


def _timed(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
