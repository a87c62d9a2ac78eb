"""Writes the word-translation lexicon that `embeddings.lexicon` reads."""

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from embeddings.training.alignment import Alignment, align
from embeddings.training.pairs import is_development, read_pairs, read_terms
from embeddings.training.sources import DICTIONARIES, LANGUAGES, PARALLEL

MIN_LINKS = 1.5
MIN_PROBABILITY = 0.04
MAX_TRANSLATIONS = 6


def align_language(data: Path, language: str) -> Alignment:
    """Align the training pairs and the dictionary terms of one language with English."""
    texts = [(p.english, p.foreign) for p in read_pairs(data / "parallel", language) if not is_development(p)]
    texts += [(p.english, p.foreign) for p in read_terms(data / "dict", language)]
    return align(texts)


def write_lexicon(alignments: Mapping[str, Alignment], folder: Path) -> None:
    """Write one table per direction and a manifest.

    Args:
        alignments: By foreign language.
        folder: Created if missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    hashes = {}
    for language, alignment in sorted(alignments.items()):
        tables = {
            f"en-{language}": _lines(alignment.english, alignment.foreign, alignment.counts),
            f"{language}-en": _lines(alignment.foreign, alignment.english, alignment.counts.T.tocsr()),
        }
        for direction, lines in tables.items():
            packed = gzip.compress("".join(lines).encode(), mtime=0)
            (folder / f"{direction}.tsv.gz").write_bytes(packed)
            hashes[f"{direction}.tsv.gz"] = hashlib.sha256(packed).hexdigest()
    manifest = {
        "name": "word-translation lexicon en-es-pt-fr",
        "format": "word TAB (translation SPACE probability) TAB ..., sorted by word, best translation first",
        "method": "IBM Model 1 with a diagonal prior in both directions, expectations multiplied",
        "files": hashes,
        "licence": "CC BY-SA 4.0 (derived word statistics; share-alike sources among them)",
        "sources": {name: source.licence for name, source in PARALLEL.items()} | DICTIONARIES,
        "languages": ["en", *LANGUAGES],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _lines(words: Sequence[str], targets: Sequence[str], counts: csr_matrix) -> Iterator[str]:
    totals = np.asarray(counts.sum(axis=1)).ravel()
    for row in sorted(range(len(words)), key=words.__getitem__):
        if totals[row] < MIN_LINKS:
            continue
        span = slice(counts.indptr[row], counts.indptr[row + 1])
        probabilities = counts.data[span] / totals[row]
        best = np.argsort(-probabilities, kind="stable")[:MAX_TRANSLATIONS]
        kept = [
            f"{targets[counts.indices[span][i]]} {probabilities[i]:.3g}"
            for i in best
            if probabilities[i] >= MIN_PROBABILITY
        ]
        if kept:
            yield "\t".join([words[row], *kept]) + "\n"
