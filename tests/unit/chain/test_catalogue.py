"""Questions about a text as such: what is taken from the catalogue, and what is left to the texts."""

import pytest

from app.chain.catalogue import Records
from app.chain.condense import condense
from corpus.catalogue import load_catalogue
from corpus.library import Library, open_library
from tests.builders import a_document, a_library

BUENOS_AIRES = "celac-2023-buenos-aires"


def looked_up(question: str, library: Library | None = None) -> tuple[str, list[str]] | None:
    found = Records(load_catalogue(), library or open_library()).look_up(condense(question))
    return (found.fact, [entry.id for entry in found.entries]) if found else None


@pytest.mark.parametrize(
    "question",
    [
        "When was the Buenos Aires Declaration adopted?",
        "In which city and on what date did the leaders sign the Declaration of Buenos Aires of 2023?",
        "¿Cuándo y dónde se aprobó la Declaración de Buenos Aires?",
        "Quando foi aprovada a Declaração de Buenos Aires?",
        "Quand la Déclaration de Buenos Aires a-t-elle été signée ?",
        "When was the seventh CELAC summit held?",
    ],
)
def test_the_adoption_of_a_named_text_is_looked_up(question: str) -> None:
    assert looked_up(question) == ("adoption", [BUENOS_AIRES])


@pytest.mark.parametrize(
    "question",
    [
        "How many paragraphs does the Declaration of Buenos Aires have?",
        "¿Cuántos puntos tiene la Declaración de Buenos Aires?",
        "Quantos parágrafos tem a Declaração de Buenos Aires?",
        "Combien de paragraphes compte la Déclaration de Buenos Aires ?",
    ],
)
def test_the_length_of_a_named_text_is_looked_up(question: str) -> None:
    assert looked_up(question) == ("count", [BUENOS_AIRES])


@pytest.mark.parametrize(
    "question",
    [
        "Which CELAC texts deal with migration?",
        "¿Qué textos de la CELAC tratan de la migración?",
        "Quais textos da CELAC tratam da migração?",
        "Quels textes de la CELAC traitent de la migration ?",
    ],
)
def test_the_texts_on_a_subject_are_listed_oldest_first(question: str) -> None:
    found = looked_up(question)
    assert found is not None
    fact, ids = found
    assert fact == "migration"
    assert ids[-1] == "celac-2024-kingstown-migration"
    assert BUENOS_AIRES in ids
    assert all(name.startswith("celac-") for name in ids)


@pytest.mark.parametrize(
    "question",
    [
        "When was this declaration adopted?",
        "When will the common currency agreed in Buenos Aires start to circulate?",
        "What does the Declaration of Buenos Aires say about migration?",
        "Which texts does the declaration recall?",
        "Which paragraphs deal with migration?",
        "What does paragraph 4 of the Declaration of Buenos Aires say?",
        "When was the Buenos Aires Declaration of 1997 adopted?",
        "Where do migrants come from?",
        "Which documents do migrants need?",
        "hello",
    ],
)
def test_what_a_text_says_is_left_to_the_texts(question: str) -> None:
    assert looked_up(question) is None


def test_a_text_at_hand_tells_its_own_adoption_before_the_record_does() -> None:
    answer = Records(load_catalogue(), open_library()).answer(
        condense("When and where was the Special Declaration on Migration adopted?")
    )
    assert answer is not None
    assert [(c.kind, c.paragraph) for c in answer.citations] == [("text", "post1"), ("catalogue", "record")]


def test_a_text_that_does_not_tell_its_adoption_leaves_it_to_the_record() -> None:
    library = a_library(a_document("We meet in 2023.", id=BUENOS_AIRES))
    answer = Records(load_catalogue(), library).answer(condense("When was the Buenos Aires Declaration adopted?"))
    assert answer is not None
    assert [c.kind for c in answer.citations] == ["catalogue"]


def test_an_answer_quotes_records_exactly_and_says_that_they_are_records() -> None:
    library = open_library()
    answer = Records(load_catalogue(), library).answer(condense("¿Qué textos de la CELAC tratan de la migración?"))
    assert answer is not None
    from app.documents import catalogue_out

    texts = {entry.id: entry.record for entry in catalogue_out(load_catalogue(), library, "es").entries}
    for citation in answer.citations:
        assert citation.kind == "catalogue"
        assert citation.paragraph == "record"
        assert texts[citation.document][citation.start : citation.end] == citation.quote
    assert [c.marker for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert "Ficha del catálogo" in answer.answer


def test_a_whole_title_names_its_own_text_only() -> None:
    assert looked_up("When was the Special Declaration on Migration adopted?") == (
        "adoption",
        ["celac-2024-kingstown-migration"],
    )
