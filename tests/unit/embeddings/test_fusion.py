"""Reciprocal rank fusion."""

import pytest

from embeddings.fusion import fuse


def test_first_in_every_ranking_scores_one() -> None:
    assert fuse([[3, 1], [3]], [1.0, 2.0])[0] == (3, pytest.approx(1.0))


def test_item_in_both_rankings_beats_a_single_first_place() -> None:
    assert [item for item, _ in fuse([[1, 2], [3, 2]], [1.0, 1.0])] == [2, 1, 3]


def test_ties_go_to_the_smaller_item() -> None:
    assert [item for item, _ in fuse([[9], [4]], [1.0, 1.0])] == [4, 9]


def test_weight_decides_between_rankings() -> None:
    assert fuse([[1], [2]], [1.0, 1.5])[0][0] == 2
