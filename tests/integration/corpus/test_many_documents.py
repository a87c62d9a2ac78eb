"""Hundreds of official documents whose publisher marks the numbered paragraphs, laid out as plain text."""

import gzip
import json
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus.segment import segment

DOCUMENTS = Path(__file__).parents[4] / "shared" / "data" / "un" / "un_documents.jsonl.gz"
SAMPLE, LEAST_NUMBERS, LEAST_RECALL = 60, 3, 0.97

pytestmark = pytest.mark.skipif(not DOCUMENTS.is_file(), reason=f"the documents are not at hand in {DOCUMENTS}")


def opening(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()[:30]


def numbered(document: dict[str, Any]) -> list[tuple[int, str]]:
    """Numbers and first letters of the paragraphs that the publisher marks as numbered ones of the first level."""
    marked = [p for p in document["paragraphs"] if p["type"] == "paragraph" and p.get("paragraph_level") == 1]
    found = [(re.fullmatch(r"(\d{1,3})\.\s*", p.get("prefix") or ""), p["text"]) for p in marked]
    return [(int(match[1]), opening(text)) for match, text in found if match]


def layout(document: dict[str, Any]) -> str:
    lines = [f"{p.get('prefix') or ''} {' '.join(p['text'].split())}".strip() for p in document["paragraphs"]]
    return "\n\n".join(filter(None, lines))


def test_printed_numbers_are_found_at_scale() -> None:
    with gzip.open(DOCUMENTS, "rt", encoding="utf-8") as file:
        documents = [json.loads(line) for line in file]
    random.Random(7).shuffle(documents)  # noqa: S311 - a sample, no secret
    sample = [document for document in documents if len(numbered(document)) >= LEAST_NUMBERS][:SAMPLE]
    missing, total = 0, 0
    for document in sample:
        cut = segment(layout(document), "some-2020-where")
        ids = [(re.fullmatch(r"(?:part\d+\.)?p(\d+)(?:\.\d+)?", p.id), p.text) for p in cut.paragraphs]
        found = Counter((int(match[1]), opening(text)) for match, text in ids if match)
        expected = Counter(numbered(document))
        missing += (expected - found).total()
        total += expected.total()
    assert total > 1000
    assert missing < (1 - LEAST_RECALL) * total
