import random

from hypothesis import given
from hypothesis import strategies as st

from embeddings.training.noise import hurried, sometimes_hurried


def rng(seed: int = 1) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a sample, not a secret


def test_a_hurried_question_has_no_capitals_accents_or_marks() -> None:
    assert all(c.isascii() and not c.isupper() and c not in "¿?" for c in hurried("¿Qué PASÓ con la Unión?", rng()))


@given(st.integers(0, 500))
def test_a_slip_changes_a_word_by_one_letter_at_most(seed: int) -> None:
    words = ["the", "regional", "declaration", "speaks", "about", "trafficking"]
    typed = hurried(" ".join(words), rng(seed)).split()
    assert len(typed) == len(words)
    assert all(abs(len(a) - len(b)) <= 1 and a[0] == b[0] for a, b in zip(words, typed, strict=True))


def test_most_questions_stay_as_they_are() -> None:
    chance = rng()
    kept = sum(sometimes_hurried("Who pays?", chance) == "Who pays?" for _ in range(1000))
    assert 800 < kept < 950
