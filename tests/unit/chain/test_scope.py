"""Which texts a question calls by name."""

import datetime as dt

import pytest

from app.chain.scope import Mention, Scope
from tests.builders import a_document

SCOPE = Scope(
    [
        a_document(
            "x",
            id="celac-2024-kingstown",
            place="Kingstown",
            date=dt.date(2024, 3, 1),
            title="Declaration of Kingstown",
            event="VIII Summit",
        ),
        a_document(
            "x",
            id="celac-2023-buenos-aires",
            place="Buenos Aires",
            date=dt.date(2023, 1, 24),
            title="Declaration of Buenos Aires",
            event="VII Summit",
        ),
        a_document(
            "x",
            id="celac-2024-kingstown-migration",
            place="Kingstown",
            date=dt.date(2024, 3, 1),
            title="Special Declaration on Migration",
            event="VIII Summit",
        ),
    ]
)


@pytest.mark.parametrize(
    ("question", "language", "first"),
    [
        ("What does the Buenos Aires text say about health?", "en", "celac-2023-buenos-aires"),
        ("Et la déclaration de 2023 ?", "fr", "celac-2023-buenos-aires"),
        ("What does the Special Declaration on Migration call for?", "en", "celac-2024-kingstown-migration"),
        ("¿Qué dice la declaración de Kingstown?", "es", "celac-2024-kingstown"),
        ("What was agreed at the VII summit?", "en", "celac-2023-buenos-aires"),
    ],
)
def test_named_document_comes_first(question: str, language: str, first: str) -> None:
    assert SCOPE.mentioned(question, language).documents[0] == first


def test_texts_of_one_name_stand_together_and_apart_from_those_of_another() -> None:
    mention = SCOPE.mentioned("Compare the Kingstown and the Buenos Aires declarations")
    assert {frozenset(group) for group in mention.groups} == {
        frozenset({"celac-2024-kingstown", "celac-2024-kingstown-migration"}),
        frozenset({"celac-2023-buenos-aires"}),
    }


def test_nothing_is_named_by_a_common_word() -> None:
    assert SCOPE.mentioned("What does the declaration say about health?") == Mention()


def test_place_beside_the_noun_for_a_text_names_it_as_a_text() -> None:
    assert SCOPE.mentioned("¿Qué dice la declaración de Buenos Aires de la salud?", "es").is_explicit
    assert not SCOPE.mentioned("Who took over after Buenos Aires?").is_explicit


def test_words_that_only_name_the_text_are_told_apart_from_what_is_asked() -> None:
    assert SCOPE.mentioned("What does the 2023 Buenos Aires text say about health?").names == {
        "buenos",
        "aires",
        "2023",
    }


def test_place_of_the_only_text_stays_part_of_the_question() -> None:
    alone = Scope([a_document("x", place="Kingstown")])
    assert alone.mentioned("Was it adopted in Kingstown?").names == frozenset()
    assert alone.mentioned("What does the Kingstown declaration say about women?").names == {"kingstown"}


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What did the last summit say about health?", "en"),
        ("¿Qué dice la declaración más reciente?", "es"),
        ("O que diz a última cúpula?", "pt"),
        ("Que dit le dernier sommet ?", "fr"),
    ],
)
def test_last_summit_is_that_of_the_latest_date(question: str, language: str) -> None:
    mention = SCOPE.mentioned(question, language)
    assert set(mention.documents) == {"celac-2024-kingstown", "celac-2024-kingstown-migration"}
    assert mention.is_explicit


def test_added_text_is_known_by_the_place_in_its_id() -> None:
    added = Scope(
        [a_document("x", id="celac-2021-mexico-city", place=""), a_document("x", id="celac-2020-lima", place="")]
    )
    assert added.mentioned("What does the Mexico text say?").documents == ("celac-2021-mexico-city",)
