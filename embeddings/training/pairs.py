"""Parallel sentences: reading, cleaning, and a seeded split into training and development."""

import gzip
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from embeddings.training.sources import DICTIONARIES, DICTIONARIES_BY_LANGUAGE, PARALLEL

DEV_SHARE = 0.02
DEV_SOURCES = frozenset({"tatoeba_opusmt_test", "anki_manythings", "un_v1_test", "europarl_v7_subset_cs124"})
_SPACES = re.compile(r"\s+")
_SPACED_PUNCTUATION = re.compile(r" ([.,;:!?)\]])")


@dataclass(frozen=True, slots=True)
class Pair:
    """An English text and its translation."""

    english: str
    foreign: str
    language: str
    source: str


def read_pairs(folder: Path, language: str) -> Iterator[Pair]:
    """Yield cleaned pairs of one language in the order of their files, without exact repetitions.

    Args:
        folder: Holds `en-es`, `en-pt`, `en-fr`, each with one `<source>.tsv.gz` per source.
        language: `es`, `pt` or `fr`.
    """
    seen: set[int] = set()
    for source in PARALLEL:
        path = folder / f"en-{language}" / f"{source}.tsv.gz"
        if not path.exists():
            continue
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                english, _, foreign = line.rstrip("\n").partition("\t")
                pair = Pair(clean(english), clean(foreign), language, source)
                key = hash((pair.english.lower(), pair.foreign.lower()))
                if key not in seen and is_plausible(pair):
                    seen.add(key)
                    yield pair


def read_terms(folder: Path, language: str) -> Iterator[Pair]:
    """Yield the word and term pairs of the dictionaries whose licence allows it."""
    allowed = DICTIONARIES_BY_LANGUAGE.get(language, frozenset(DICTIONARIES))
    with gzip.open(folder / f"en-{language}.tsv.gz", "rt", encoding="utf-8") as file:
        for line in file:
            english, foreign, source = line.rstrip("\n").split("\t")
            if source in allowed:
                yield Pair(clean(english), clean(foreign), language, source)


def clean(text: str) -> str:
    """Return a text in NFC with single spaces and no space before closing punctuation.

    >>> clean("In  peace ,  at last .")
    'In peace, at last.'
    """
    return _SPACED_PUNCTUATION.sub(r"\1", _SPACES.sub(" ", unicodedata.normalize("NFC", text))).strip()


def is_plausible(pair: Pair) -> bool:
    """Tell whether a pair looks like a translation: not empty, not copied, of comparable length."""
    if not pair.english or not pair.foreign or (pair.english == pair.foreign and " " in pair.english):
        return False
    shorter, longer = sorted((len(pair.english) + 15, len(pair.foreign) + 15))
    return longer <= 2.2 * shorter


def is_development(pair: Pair) -> bool:
    """Tell whether a pair is held back: a fixed share of some sources, chosen by the hash of the English side.

    All pairs that share an English text fall on the same side, in every language.
    """
    if pair.source not in DEV_SOURCES:
        return False
    return _fraction(pair.english) < (0.15 if pair.source == "un_v1_test" else DEV_SHARE)


def _fraction(text: str) -> float:
    key = re.sub(r"\W+", " ", text.lower()).strip()
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest()) / 2**32
