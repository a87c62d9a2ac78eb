"""BEIR's folders: `corpus.jsonl`, `queries.jsonl`, `qrels/<split>.tsv` (Thakur et al., 2021)."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from eval.adaptors.public_set import Passages, PublicSet, load_lines, question
from eval.dataset import Language
from eval.errors import DatasetError


def read_beir(folder: Path, language: Language, *, split: str = "test") -> PublicSet:
    """Read one folder; a query has the passages judged above 0 as equally good answers.

    Args:
        folder: As BEIR ships them.
        language: Of queries and passages.
        split: Name of the judgements' file.

    Raises:
        DatasetError: A file is missing or not in this format.
    """
    passages = Passages()
    try:
        keys = {
            str(record["_id"]): passages.key(f"{record.get('title', '')} {record['text']}")
            for record in load_lines(folder / "corpus.jsonl")
        }
        queries = {str(record["_id"]): str(record["text"]) for record in load_lines(folder / "queries.jsonl")}
    except KeyError as error:
        raise DatasetError(f"{folder} is not in BEIR's format: {error} is missing") from error
    cases = [
        question(queries[id_], ("|".join(right),), number=number, name="beir", family=f"beir/{id_}", language=language)
        for number, (id_, right) in enumerate(_right(folder / "qrels" / f"{split}.tsv", keys).items(), start=1)
        if id_ in queries
    ]
    return PublicSet((passages.document(language, folder.name),), tuple(cases))


def _right(path: Path, keys: dict[str, str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                if int(row["score"]) > 0 and row["corpus-id"] in keys:
                    found[row["query-id"]].append(keys[row["corpus-id"]])
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise DatasetError(f"{path} holds no judgements: {error!r}") from error
    return dict(found)
