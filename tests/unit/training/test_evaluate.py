import numpy as np
import pytest

from embeddings.training.benchmark import measure_bm25, table
from embeddings.training.evaluate import ndcg_at_k, rank, recall_at_k, retrieval, translation_accuracy
from embeddings.training.questions import RetrievalSet


def test_translation_accuracy_counts_nearest_rows() -> None:
    english = np.eye(4, dtype=np.float32)
    assert translation_accuracy(english[[0, 1, 3, 2]], english) == 0.5


@pytest.mark.parametrize(("ranking", "expected"), [([7], 1.0), ([1, 7], 1 / np.log2(3)), ([1, 2], 0.0)])
def test_ndcg_discounts_by_rank(ranking: list[int], expected: float) -> None:
    assert ndcg_at_k(ranking, {7}) == pytest.approx(expected)


def test_recall_is_the_share_of_what_is_relevant() -> None:
    assert recall_at_k([1, 2, 3], {1, 9}, k=2) == 0.5


def test_retrieval_averages_over_questions() -> None:
    assert retrieval([[1], [2]], [1, 3]) == {"ndcg@10": 0.5, "recall@5": 0.5}


def test_rank_breaks_ties_by_number() -> None:
    assert rank(np.ones((1, 2), np.float32), np.ones((3, 2), np.float32), k=2) == [[0, 1]]


def test_bm25_finds_the_words_of_the_question() -> None:
    one = RetrievalSet("toy en→en", ["where is peace?"], ["war and guns", "peace at last"], [1])
    assert measure_bm25([one])["toy en→en recall@5"] == 1.0


def test_table_shows_what_was_not_measured_as_a_dash() -> None:
    assert list(table({"a": {"x": 0.5}, "b": {}}))[-1] == "| x | 0.500 | – |"
