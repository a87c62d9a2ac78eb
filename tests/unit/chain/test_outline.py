"""Which questions ask what a whole text is about, and which paragraphs tell it."""

import pytest

from app.chain.condense import condense
from app.chain.outline import MOST_PARAGRAPHS, asks_outline, outline
from app.schemas import Turn
from corpus.model import Document, Paragraph
from tests.builders import a_document

WHOLE = [
    "What is this text about?",
    "What's it about?",
    "What is the Kingstown declaration about?",
    "Can you please give me a short summary of the text?",
    "What topics does the declaration cover?",
    "What does the declaration say?",
    "¿De qué trata esta declaración?",
    "¿De qué va este documento?",
    "Hazme un breve resumen del texto, por favor",
    "¿Qué temas trata la declaración?",
    "¿Cuáles son los temas tratados en el texto?",
    "¿Qué dice la declaración?",
    "De que se trata este documento?",
    "Sobre o que é a declaração?",
    "Quais são os principais pontos da declaração?",
    "De quoi est-il question dans ce texte ?",
    "Sur quoi porte le document ?",
    "Quel est le sujet de cette déclaration ?",
    "Quels sont les thèmes abordés dans la déclaration ?",
]
PARTICULAR = [
    "What does the declaration say about migration?",
    "What is the declaration about migration policy?",
    "What does the text say about it?",
    "What are the main risks?",
    "What commitments does the declaration make?",
    "Who adopted the declaration?",
    "When was the text adopted?",
    "Which paragraph is about dialogue?",
    "How many paragraphs does the declaration have?",
    "What about women?",
    "What do the states care about?",
    "Why?",
    "¿Qué dice de la trata?",
    "Un resumen sobre la trata",
    "¿De qué países habla el texto?",
    "¿Qué dice el texto sobre eso?",
    "O que diz o texto sobre isso?",
    "Do que os Estados precisam?",
    "Que dit le texte des femmes ?",
]


@pytest.mark.parametrize("question", WHOLE)
def test_question_for_the_whole_text_is_seen(question: str) -> None:
    assert asks_outline(condense(question), {"kingstown"})


@pytest.mark.parametrize("question", PARTICULAR)
def test_question_with_a_subject_is_left_to_the_search(question: str) -> None:
    assert not asks_outline(condense(question), {"kingstown"})


def test_pronoun_in_a_conversation_may_stand_for_something_else() -> None:
    history = [Turn(role="user", content="What does it say about racism?")]
    assert not asks_outline(condense("Summarize that.", history))
    assert asks_outline(condense("And what is this text about?", history))


def test_text_without_sections_is_told_by_its_first_paragraphs() -> None:
    document = a_document(*(f"We note point {number}." for number in range(20)))
    assert [p.id for p in outline(document)] == [f"p{n}" for n in range(1, MOST_PARAGRAPHS + 1)]


def test_text_with_sections_is_told_by_the_first_paragraph_of_each() -> None:
    sections = [None, None, "Boats", "Boats", "Nets"]
    paragraphs = tuple(
        Paragraph("d", f"p{n}", "operative", f"We note {n}.", section=section)
        for n, section in enumerate(sections, start=1)
    )
    document = Document("d", {"en": "D"}, None, "en", paragraphs)
    assert [p.id for p in outline(document)] == ["p1", "p3", "p5"]


def test_a_word_of_the_title_may_be_what_is_asked_of_the_text() -> None:
    titles = {"special", "declaration", "on", "migration"}
    assert not asks_outline(
        condense("What does the Declaration of Kingstown say about migration?"), {"kingstown"}, titles
    )
    assert asks_outline(condense("What is the declaration on migration about?"), (), titles)
