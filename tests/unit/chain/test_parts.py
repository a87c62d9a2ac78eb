"""Messages that ask more than one thing."""

import pytest

from app.chain.parts import split_parts
from app.grammar import grammar


@pytest.mark.parametrize(
    ("question", "language", "second"),
    [
        (
            "What does it say about xenophobia, and about nuclear weapons?",
            "en",
            "What does it say about nuclear weapons?",
        ),
        ("¿Qué dice de la xenofobia y de las armas nucleares?", "es", "Qué dice de las armas nucleares?"),
        ("O que diz sobre o racismo e sobre as armas?", "pt", "O que diz sobre as armas?"),
        ("Où a-t-elle été adoptée et que dit-elle du racisme ?", "fr", "que dit-elle du racisme ?"),
        ("Who signed the text? What does it say about racism?", "en", "What does it say about racism?"),
    ],
)
def test_second_question_is_put_in_full_words(question: str, language: str, second: str) -> None:
    assert split_parts(question, grammar(language))[1] == second


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What about women and children?", "en"),
        ("Where and when was it adopted?", "en"),
        ("¿Qué dice de los países de origen y destino?", "es"),
        ("Que dit-elle du racisme ?", "fr"),
    ],
)
def test_words_joined_in_one_question_stay_together(question: str, language: str) -> None:
    assert split_parts(question, grammar(language)) == (question,)
