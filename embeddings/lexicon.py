"""Word translations between English, Spanish, Portuguese and French, learned from parallel texts.

A table per direction, read when first asked for; other directions go through English. Words are lower-case, NFC,
with their accents. Knows nothing of documents, encoders or stores.
"""

import gzip
import hashlib
import json
from bisect import bisect_left
from collections import defaultdict
from functools import cache
from pathlib import Path

from embeddings.errors import EncoderUnavailableError

LEXICON = Path(__file__).parent / "models" / "lexicon"
LANGUAGES = ("en", "es", "pt", "fr")


class Lexicon:
    """Translates single words, with probabilities.

    Args:
        folder: Holds `manifest.json` and one `<source>-<target>.tsv.gz` per direction from or to English.

    Raises:
        EncoderUnavailableError: The manifest cannot be read; or, when a table is first needed, its file is not
            the one the manifest names.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tables: dict[str, list[str]] = {}
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            self._hashes: dict[str, str] = dict(manifest["files"])
        except (OSError, ValueError, KeyError) as error:
            raise EncoderUnavailableError(f"{folder} is not a lexicon: {error}; restore it") from error

    def translate(self, word: str, source: str, target: str, *, limit: int = 4) -> tuple[tuple[str, float], ...]:
        """Translate one word.

        Args:
            word: Lower-case, NFC.
            source: Language of the word, `en`, `es`, `pt` or `fr`.
            target: Language wanted.
            limit: Most translations returned.

        Returns:
            Words of the target language with p(translation | word) in (0, 1], best first; empty if the word or a
            language is unknown; the word itself where the languages are the same.
        """
        if source == target:
            return ((word, 1.0),)
        if "en" in (source, target):
            return self._lookup(word, f"{source}-{target}")[:limit]
        found: defaultdict[str, float] = defaultdict(float)
        for pivot, first in self._lookup(word, f"{source}-en"):
            for translation, second in self._lookup(pivot, f"en-{target}"):
                found[translation] += first * second
        best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:limit]
        return tuple((translation, min(1.0, round(probability, 3))) for translation, probability in best)

    def vocabulary(self, language: str) -> frozenset[str]:
        """Return the words of a language that have a translation."""
        directions = [f"{language}-{target}" for target in LANGUAGES if f"{language}-{target}.tsv.gz" in self._hashes]
        return frozenset(line.partition("\t")[0] for direction in directions for line in self._table(direction))

    def _lookup(self, word: str, direction: str) -> tuple[tuple[str, float], ...]:
        lines = self._table(direction)
        at = bisect_left(lines, word + "\t")
        if at == len(lines) or not lines[at].startswith(word + "\t"):
            return ()
        fields = (field.rsplit(" ", 1) for field in lines[at].split("\t")[1:])
        return tuple((translation, float(probability)) for translation, probability in fields)

    def _table(self, direction: str) -> list[str]:
        if direction not in self._tables:
            name = f"{direction}.tsv.gz"
            self._tables[direction] = self._read(name) if name in self._hashes else []
        return self._tables[direction]

    def _read(self, name: str) -> list[str]:
        try:
            packed = (self._folder / name).read_bytes()
        except OSError as error:
            raise EncoderUnavailableError(f"{name} of the lexicon cannot be read: {error}; restore it") from error
        if hashlib.sha256(packed).hexdigest() != self._hashes[name]:
            raise EncoderUnavailableError(f"{name} of the lexicon is not the file its manifest names; restore it")
        return gzip.decompress(packed).decode().split("\n")[:-1]


@cache
def load_lexicon() -> Lexicon:
    """Return the bundled lexicon; its tables are read when first needed."""
    return Lexicon(LEXICON)
