"""Order of the paragraphs found, with and without reading them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.chain.calibration import Calibration
from app.chain.rank import READ, ranked
from corpus.model import Passage
from embeddings.retriever import Hit
from tests.builders import a_document

PARAGRAPHS = a_document(*(f"text number {n}" for n in range(READ + 3))).paragraphs
FIT = Calibration(
    relevance={"similarity": 1.0},
    reading={"relevance": 0.2, "answers": 0.8},
    confidence={},
    bias=0.0,
    languages={},
    threshold=0.5,
)
HITS = [
    Hit(
        passage=Passage(paragraph, 0, 4),
        score=0.0,
        rank=row + 1,
        similarity=1 - row / 20,
        whole=0.0,
        background=0.0,
        coverage=0.0,
    )
    for row, paragraph in enumerate(PARAGRAPHS)
]


class OnlyTheThird:
    """Takes one paragraph for the answer, and says what it was asked to read."""

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str]] = []

    def answers(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        self.pairs += pairs
        return np.array([passage == PARAGRAPHS[2].text for passage, _ in pairs], dtype=np.float32)


def order(hits: Sequence[Hit]) -> list[int]:
    return [hit.rank for hit in hits]


def test_hits_are_in_order_of_relevance_without_a_reader() -> None:
    assert order(ranked("who?", HITS[::-1], FIT, None)) == order(HITS)


def test_what_answers_when_read_comes_first() -> None:
    assert order(ranked("who?", HITS, FIT, OnlyTheThird()))[:3] == [3, 1, 2]


def test_only_the_best_are_read_and_the_others_follow() -> None:
    reader = OnlyTheThird()
    found = ranked("who?", HITS, FIT, reader)
    assert reader.pairs == [(paragraph.text, "who?") for paragraph in PARAGRAPHS[:READ]]
    assert order(found)[READ:] == order(HITS)[READ:]


def test_nothing_found_is_nothing_read() -> None:
    reader = OnlyTheThird()
    assert ranked("who?", [], FIT, reader) == []
    assert reader.pairs == []
