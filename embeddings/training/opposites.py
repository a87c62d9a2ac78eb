"""Writes the table of opposites that `embeddings.opposites` reads, from WordNet's database files."""

import gzip
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path

PARTS = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}
_OPPOSITE, _SIMILAR = "!", "&"

Key = tuple[str, str]


@dataclass(slots=True)
class Synset:
    """Words of one meaning.

    Attributes:
        words: Lower case, in WordNet's order.
        opposites: (own word or None for all, other synset, other word or None for all).
        similar: Adjectives near in meaning.
    """

    words: list[str]
    opposites: list[tuple[int, Key, int]] = field(default_factory=list)
    similar: list[Key] = field(default_factory=list)


def write_opposites(wordnet: Path, folder: Path, vocabulary: Container[str]) -> int:
    """Write the table and its manifest.

    Args:
        wordnet: Folder with WordNet 3.0's `data.noun`, `data.verb`, `data.adj`, `data.adv`.
        folder: Created if missing.
        vocabulary: Words worth keeping.

    Returns:
        Number of words with an opposite.
    """
    table = opposites(read_wordnet(wordnet))
    lines = []
    for word in sorted(table):
        others = sorted(other for other in table[word] if other in vocabulary)
        if word in vocabulary and others:
            lines.append("\t".join([word, *others]) + "\n")
    packed = gzip.compress("".join(lines).encode(), mtime=0)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "en.tsv.gz").write_bytes(packed)
    manifest = {
        "name": "English opposites",
        "format": "word TAB opposite TAB ..., sorted by word",
        "method": "WordNet's antonyms; through an adjective's similar ones, and through the synonyms of a verb or noun",
        "files": {"en.tsv.gz": hashlib.sha256(packed).hexdigest()},
        "licence": "WordNet 3.0 licence, copyright 2006 by Princeton University; see https://wordnet.princeton.edu",
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return len(lines)


def read_wordnet(folder: Path) -> dict[Key, Synset]:
    """Read the synsets of all parts of speech, by part and offset; the format is wndb(5WN)."""
    synsets: dict[Key, Synset] = {}
    for part in sorted(set(PARTS.values())):
        for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
            if not line.startswith(" "):
                offset, synset = _synset(line.split(" | ")[0].split())
                synsets[part, offset] = synset
    return synsets


def _synset(fields: list[str]) -> tuple[str, Synset]:
    count = int(fields[3], 16)
    words = [re.sub(r"\(.*\)", "", fields[4 + 2 * i]).lower() for i in range(count)]
    synset = Synset(words)
    at = 4 + 2 * count
    for first in range(at + 1, at + 1 + 4 * int(fields[at]), 4):
        sign, offset, part, ends = fields[first : first + 4]
        other = (PARTS[part], offset)
        if sign == _OPPOSITE:
            own, theirs = bytes.fromhex(ends)
            synset.opposites.append((own - 1, other, theirs - 1))
        elif sign == _SIMILAR:
            synset.similar.append(other)
    return fields[0], synset


def opposites(synsets: dict[Key, Synset]) -> dict[str, set[str]]:
    """Return every word's opposites, direct ones and those through one step of likeness on either side."""
    table: defaultdict[str, set[str]] = defaultdict(set)
    for key, synset in synsets.items():
        for own, other, theirs in synset.opposites:
            pair = (synset.words[own], synsets[other].words[theirs])
            for one, two in _wider(pair, synset, synsets[other], synsets, is_adjective=key[0] == "adj"):
                if one != two and one.isalpha() and two.isalpha():
                    table[one].add(two)
                    table[two].add(one)
    return table


def _wider(
    pair: tuple[str, str], one: Synset, other: Synset, synsets: dict[Key, Synset], *, is_adjective: bool
) -> Iterator[tuple[str, str]]:
    yield pair
    near, far = set(one.words), set(other.words)
    if is_adjective:
        near |= {word for key in one.similar for word in synsets[key].words}
        far |= {word for key in other.similar for word in synsets[key].words}
    yield from ((pair[0], word) for word in sorted(far))
    yield from ((word, pair[1]) for word in sorted(near))
