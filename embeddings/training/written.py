"""Questions and claims written for training, on paragraphs of UN resolutions, in the four languages.

The sentences are ours and kept here; the paragraphs are read from the data folder, by document and position.
Eight neighbouring paragraphs of a document are a group: what answers one of them is not answered by the others, and
a near miss is answered by none.
"""

import csv
import gzip
import hashlib
import json
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from embeddings.training.pairs import clean

SENTENCES = Path(__file__).parent / "data" / "written.tsv.gz"
DEV_SHARE = 0.12
Kind = Literal["question", "near_miss", "supported", "contradicted", "not_addressed"]


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence written on a paragraph.

    Attributes:
        text: The sentence.
        kind: What the paragraph does to it.
        language: `en`, `es`, `pt` or `fr`.
        passage: The paragraph, in English.
        neighbours: The other paragraphs of its group.
        document: Symbol of the document.
    """

    text: str
    kind: Kind
    language: str
    passage: str
    neighbours: tuple[str, ...]
    document: str


def read_written(data: Path, sentences: Path = SENTENCES) -> list[Written]:
    """Return all that was written, by document and paragraph.

    Args:
        data: Holds `un/un_documents.jsonl.gz`.
        sentences: Rows of document, paragraph (position in its list), kind, language and text.
    """
    with gzip.open(sentences, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    places = {(row[0], int(row[1])) for row in rows}
    texts = _paragraphs(data, places)
    groups: dict[str, list[str]] = {}
    for place in sorted(places):
        groups.setdefault(place[0], []).append(texts[place])
    written = []
    for symbol, number, kind, language, text in rows:
        passage = texts[symbol, int(number)]
        neighbours = tuple(other for other in groups[symbol] if other != passage)
        written.append(Written(clean(text), kind, language, passage, neighbours, symbol))  # type: ignore[arg-type]
    return written


def _paragraphs(data: Path, places: Collection[tuple[str, int]]) -> dict[tuple[str, int], str]:
    wanted: dict[str, list[int]] = {}
    for symbol, number in places:
        wanted.setdefault(symbol, []).append(number)
    texts = {}
    with gzip.open(data / "un" / "un_documents.jsonl.gz", "rt", encoding="utf-8") as file:
        for document in map(json.loads, file):
            for number in wanted.get(document["symbol"], ()):
                texts[document["symbol"], number] = clean(document["paragraphs"][number]["text"])
    return texts


def is_development(written: Written) -> bool:
    """Tell whether a sentence is held back, by the hash of its document."""
    key = hashlib.blake2b(written.document.encode(), digest_size=4).digest()
    return int.from_bytes(key) / 2**32 < DEV_SHARE


def in_groups(written: Sequence[Written], rng: random.Random) -> list[Written]:
    """Order sentences so that those of one document stand together, each on another paragraph.

    A batch taken from this order has the nearest neighbours of a paragraph as its negatives.
    """
    by_document: dict[str, dict[str, list[Written]]] = {}
    for one in rng.sample(list(written), len(written)):
        by_document.setdefault(one.document, {}).setdefault(one.passage, []).append(one)
    runs = []
    for by_passage in by_document.values():
        while any(by_passage.values()):
            runs.append([left.pop() for left in by_passage.values() if left])
    return [one for run in rng.sample(runs, len(runs)) for one in run]
