import pytest

from app.grammar import grammar


@pytest.mark.parametrize(("language", "word"), [("en", "about"), ("es", "sobre"), ("pt", "sobre"), ("fr", "sur")])
def test_asking_words_say_nothing_of_the_subject(language: str, word: str) -> None:
    assert word in grammar(language).asking
