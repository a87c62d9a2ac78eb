"""English words of opposite meaning, from WordNet; other languages reach it through the lexicon."""

from __future__ import annotations

import gzip
import hashlib
import json
from functools import cache
from pathlib import Path

from embeddings.errors import EncoderUnavailableError
from embeddings.lexical import stem

OPPOSITES = Path(__file__).parent / "models" / "opposites"


class Opposites:
    """Says which English words are opposites, by their stems.

    Args:
        folder: Holds `manifest.json` and `en.tsv.gz`.

    Raises:
        EncoderUnavailableError: A file is missing or not the one the manifest names.
    """

    def __init__(self, folder: Path) -> None:
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            packed = (folder / "en.tsv.gz").read_bytes()
            expected = str(manifest["files"]["en.tsv.gz"])
        except (OSError, ValueError, KeyError) as error:
            raise EncoderUnavailableError(f"{folder} is no table of opposites: {error}; restore it") from error
        if hashlib.sha256(packed).hexdigest() != expected:
            raise EncoderUnavailableError(f"{folder / 'en.tsv.gz'} is not the file its manifest names; restore it")
        self._table: dict[str, frozenset[str]] = {}
        for line in gzip.decompress(packed).decode().splitlines():
            word, *others = line.split("\t")
            key = stem(word, "en")
            self._table[key] = self._table.get(key, frozenset()) | {stem(other, "en") for other in others}

    def of(self, stemmed: str) -> frozenset[str]:
        """Return the stems of the opposites of an English stem; empty where none is known."""
        return self._table.get(stemmed, frozenset())


@cache
def load_opposites() -> Opposites:
    """Return the bundled table."""
    return Opposites(OPPOSITES)
