"""Pairs of a passage and a statement, or a question, with a label: reading the licensed sets, and a split by passage.

Two-way sets say only whether the passage entails the statement; their "no" is kept apart as `NOT_ENTAILED`. A question
is `ANSWERED` by a passage or `UNANSWERED`.
"""

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from embeddings.training.pairs import clean

CONTRADICTION, ENTAILMENT, NEUTRAL, NOT_ENTAILED, ANSWERED, UNANSWERED = range(6)
DEV_SHARE = 0.08
LICENCES = {
    "snli": "CC BY-SA 4.0 (development part)",
    "mnli": "OANC and CC (development parts)",
    "scitail": "Apache-2.0",
    "negation": "MIT (negated RTE, SNLI and MNLI pairs)",
    "help": "CC BY-SA 4.0",
    "inferes": "CC BY 4.0 (as stated on its data card)",
    "rte3_fr": "BSD-2-Clause",
    "gqnli_fr": "BSD-2-Clause",
    "wice": "ODC-BY; Wikipedia text CC BY-SA 4.0",
}
"""Sets that may train what we ship. Left out: SICK (non-commercial), RTE, MPE, JOCI, ClimateFEVER (unclear)."""
_LABELS = {
    "contradiction": CONTRADICTION,
    "cnt": CONTRADICTION,
    "entailment": ENTAILMENT,
    "ent": ENTAILMENT,
    "neutral": NEUTRAL,
    "unknown": NEUTRAL,
    "not_entailment": NOT_ENTAILED,
}


@dataclass(frozen=True, slots=True)
class Example:
    """What a passage does to a statement or a question.

    Attributes:
        label: `CONTRADICTION`, `ENTAILMENT`, `NEUTRAL` or `NOT_ENTAILED`; `ANSWERED` or `UNANSWERED`.
    """

    passage: str
    statement: str
    label: int
    languages: tuple[str, str]
    source: str


def is_development(example: Example) -> bool:
    """Tell whether an example is held back, by the hash of its passage."""
    key = hashlib.blake2b(example.passage.encode(), digest_size=4).digest()
    return int.from_bytes(key) / 2**32 < DEV_SHARE


def read_examples(folder: Path) -> Iterator[Example]:
    """Yield the examples of all licensed sets.

    Args:
        folder: Holds one folder per set, as published.
    """
    pool = folder / "en_pool" / "nli_datasets"
    yield from _table(pool / "snli" / "dev.csv.gz", "snli")
    yield from _table(pool / "mnli" / "dev.csv.gz", "mnli")
    yield from _table(pool / "scitail" / "dev.csv.gz", "scitail")
    names = ("Premise", "Hypothesis", "Label")
    for part in ("train", "test"):
        yield from _table(folder / "inferes_es" / "data" / f"inferes_{part}.csv.gz", "inferes", names, language="es")
    names = ("premise", "hypothesis", "label_text")
    for path in (folder / "rte3_fr" / f"RTE3-FR-{part}-3class.tsv.gz" for part in ("dev-set", "test-gold")):
        yield from _table(path, "rte3_fr", names, language="fr", delimiter="\t")
    yield from _table(folder / "gqnli_fr" / "gqnli.test.fr.tsv.gz", "gqnli_fr", names, language="fr", delimiter="\t")
    names = ("Text", "Hypothesis", "gold_label")
    for part in ("RTE", "SNLI", "MNLI"):
        path = folder / "negation" / "data" / "new_benchmarks" / "clean_data" / f"{part}.txt.gz"
        yield from _table(path, "negation", names, delimiter="\t")
    names = ("ori_sentence", "new_sentence", "gold_label")
    for part in ("and", "or"):
        yield from _table(folder / "help" / "output_en" / f"leskexppmb_{part}.tsv.gz", "help", names, delimiter="\t")
    yield from _wice(folder / "wice" / "data" / "non_supported_tokens")


def _table(
    path: Path,
    source: str,
    names: tuple[str, str, str] = ("premise", "hypothesis", "label"),
    *,
    language: str = "en",
    delimiter: str = ",",
) -> Iterator[Example]:
    with gzip.open(path, "rt", encoding="utf-8", errors="replace", newline="") as file:
        rows = (
            csv.DictReader(file)
            if delimiter == ","
            else csv.DictReader(file, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        )
        for row in rows:
            passage, statement, label = (clean(row[name] or "") for name in names)
            if label.lower() in _LABELS and passage and statement:
                yield Example(passage, statement, _LABELS[label.lower()], (language, language), source)


def _wice(folder: Path) -> Iterator[Example]:
    """Yield claims with the sentences that support them; a part supported is not entailed."""
    for part in ("train", "dev"):
        with gzip.open(folder / f"{part}.jsonl.gz", "rt", encoding="utf-8") as file:
            for row in map(json.loads, file):
                sentences = [row["evidence"][i] for i in row["supporting_sentences"][0]]
                if sentences:
                    label = ENTAILMENT if row["label"] == "supported" else NOT_ENTAILED
                    yield Example(clean(" ".join(sentences)), clean(row["claim"]), label, ("en", "en"), "wice")
