"""Chroma and the exact scan: both find the nearest rows, also among thousands of equal ones."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from embeddings.build import build_index
from embeddings.encoder import Vectors
from embeddings.errors import IndexDamagedError
from embeddings.index import open_index
from embeddings.neighbours import ExactScan
from embeddings.store import VectorStore, first_rows
from tests.builders import WordEncoder, a_document, a_library


def vectors_of(texts: list[str]) -> Vectors:
    """Return a random unit vector for each text, the same for equal ones."""
    drawn = np.random.default_rng(0).standard_normal((len(set(texts)), 64))
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    known = dict(zip(dict.fromkeys(texts), drawn, strict=True))
    return np.array([known[text] for text in texts], dtype=np.float32)


def a_store(folder: Path, texts: list[str]) -> tuple[VectorStore, Vectors]:
    vectors, first = vectors_of(texts), first_rows(texts)
    VectorStore.create(vectors, first, folder=folder)
    return VectorStore.open(first, folder=folder), vectors


def nearest_row(found: list[NDArray[np.int64]]) -> list[int]:
    return [int(rows[0]) for rows in found]


def test_store_finds_distinct_rows_among_thousands_of_equal_ones(tmp_path: Path) -> None:
    texts = [f"Repeated {n % 4}." for n in range(4_000)] + [f"Said once, {n}." for n in range(300)]
    store, vectors = a_store(tmp_path, texts)
    assert store.finds_its_own(vectors)
    assert nearest_row(store.nearest_to_each(vectors[4_000:], 1)) == list(range(4_000, 4_300))
    store.close()


def test_store_returns_every_row_that_holds_the_same_text(tmp_path: Path) -> None:
    store, vectors = a_store(tmp_path, ["Twice.", "Once.", "Twice.", "Another."])
    assert store.nearest_to_each(vectors[2:3], 2)[0].tolist() == [0, 2]
    store.close()


def test_store_that_holds_fewer_rows_than_the_texts_is_damaged(tmp_path: Path) -> None:
    store, _ = a_store(tmp_path, ["One.", "Two."])
    store.close()
    with pytest.raises(IndexDamagedError, match="2 rows instead of 3"):
        VectorStore.open(first_rows(["One.", "Two.", "Three."]), folder=tmp_path)


def test_store_notices_that_it_does_not_find_its_own_vectors(tmp_path: Path) -> None:
    store, vectors = a_store(tmp_path, ["One.", "Two."])
    assert not store.finds_its_own(-vectors)
    store.close()


def test_exact_scan_and_graph_agree_on_distinct_vectors(tmp_path: Path) -> None:
    store, vectors = a_store(tmp_path, [f"Text {n}." for n in range(200)])
    graph, scan = store.nearest_to_each(vectors[:20], 5), ExactScan(vectors).nearest_to_each(vectors[:20], 5)
    assert [rows.tolist() for rows in graph] == [rows.tolist() for rows in scan]
    store.close()


def test_exact_scan_puts_equal_vectors_in_row_order() -> None:
    vectors = vectors_of(["Same.", "Other.", "Same.", "Same."])
    assert ExactScan(vectors).nearest_to_each(vectors[:1], 2)[0].tolist() == [0, 2]


def test_small_index_is_scanned_and_a_large_one_asks_the_store(tmp_path: Path) -> None:
    library = a_library(a_document("We promote open dialogue.", "We protect migrants.", "We promote open dialogue."))
    folder = build_index(library, WordEncoder(), tmp_path)
    small, large = open_index(library, folder), open_index(library, folder, exact_up_to=0)
    assert isinstance(small.neighbours, ExactScan)
    assert isinstance(large.neighbours, VectorStore)
    answers = [index.neighbours.nearest_to_each(index.vectors, 3) for index in (small, large)]
    assert [rows.tolist() for rows in answers[0]] == [rows.tolist() for rows in answers[1]]
    large.neighbours.close()
