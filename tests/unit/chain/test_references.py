"""References to paragraphs by number, word, place and id, in four languages."""

import pytest

from app.chain.references import Reference, find_reference, resolve
from app.grammar import grammar
from corpus.library import open_library
from tests.builders import a_document

DECLARATION = open_library().document("celac-2024-kingstown-migration")
TEN = a_document(*(f"Paragraph number {n}." for n in range(1, 11)))


def found(question: str, language: str) -> Reference:
    return find_reference(question, grammar(language))


@pytest.mark.parametrize(
    ("question", "language", "numbers"),
    [
        ("What does paragraph 4 say?", "en", (4,)),
        ("And the third paragraph?", "en", (3,)),
        ("Show me ¶ 84.", "en", (84,)),
        ("Compare points 2 and 3 of it.", "en", (2, 3)),
        ("¿Y el 3?", "es", (3,)),
        ("¿Qué dice el párrafo segundo?", "es", (2,)),
        ("Le premier ?", "fr", (1,)),
        ("Que dit le paragraphe 21 ?", "fr", (21,)),
        ("E o quarto?", "pt", (4,)),
        ("O que diz o parágrafo 3?", "pt", (3,)),
    ],
)
def test_number_is_read(question: str, language: str, numbers: tuple[int, ...]) -> None:
    assert found(question, language).numbers == numbers


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What did the 33 member states decide?", "en"),
        ("Was it adopted on 1 March 2024?", "en"),
        ("¿Cuántos de los 33 países firmaron?", "es"),
        ("What happened at the VII Summit in 2023?", "en"),
        ("What are the three causes of migration?", "en"),
    ],
)
def test_other_numbers_are_no_reference(question: str, language: str) -> None:
    assert not found(question, language)


def test_next_and_previous_step_from_where_the_conversation_is() -> None:
    here = TEN.paragraph("p4")
    after = resolve(found("And the one after that?", "en"), TEN, last=here)
    before = resolve(found("¿Y el anterior?", "es"), TEN, last=here)
    assert [p.id for p in (*after, *before)] == ["p5", "p3"]


def test_step_beyond_the_end_finds_nothing() -> None:
    assert resolve(found("the next one", "en"), TEN, last=TEN.paragraph("p10")) == []


def test_last_paragraph_is_the_last_operative_one() -> None:
    assert [p.id for p in resolve(found("What does the last paragraph say?", "en"), DECLARATION)] == ["p4"]


def test_preamble_means_all_its_paragraphs_and_a_number_one_of_them() -> None:
    assert [p.id for p in resolve(found("What does the preamble say?", "en"), DECLARATION)] == ["pre1", "pre2", "pre3"]
    assert [p.id for p in resolve(found("And preamble paragraph 2?", "en"), DECLARATION)] == ["pre2"]


def test_literal_ids_are_understood() -> None:
    reference = found("Show celac-2024-kingstown-migration/post1 please", "en")
    assert [p.id for p in resolve(reference, DECLARATION)] == ["post1"]
    assert resolve(reference, TEN) == []
