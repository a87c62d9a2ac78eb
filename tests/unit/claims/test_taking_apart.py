"""Claims taken apart: parts, heads, acts, and what an article holds."""

from __future__ import annotations

import pytest

from app.claims.article import find_spans
from app.claims.attribution import attribution
from app.claims.split import split_claim


@pytest.mark.parametrize(
    ("claim", "language", "parts"),
    [
        ("It condemns racism and creates a fund for victims.", "en", 2),
        ("El texto destaca la trata y destina 50 millones a ello.", "es", 2),
        ("A declaração fala em retorno voluntário e oferece uma casa a cada migrante.", "pt", 2),
        ("La déclaration parle de retour volontaire et offre un logement à chaque migrant.", "fr", 2),
        ("It condemns racism and xenophobia.", "en", 1),
        ("Condena el racismo y la xenofobia contra los migrantes.", "es", 1),
        ("The text was adopted in 2024. It speaks of dialogue.", "en", 2),
    ],
)
def test_clauses_with_a_verb_of_their_own_are_parts(claim: str, language: str, parts: int) -> None:
    assert len(split_claim(claim, language)) == parts


@pytest.mark.parametrize(
    ("claim", "language", "head"),
    [
        ("The declaration says that flows increase.", "en", "The declaration says that "),
        ("CELAC decided that flows increase.", "en", "CELAC decided that "),
        ("According to paragraph 4 of the declaration, flows increase.", "en", "According to paragraph 4"),
        ("At the summit in Buenos Aires, flows increased.", "en", "At the summit in Buenos Aires, "),
        ("Según la declaración, los flujos aumentan.", "es", "Según la declaración, "),
        ("Na cúpula de Kingstown, os fluxos aumentaram.", "pt", "Na cúpula de Kingstown, "),
        ("D'après le texte, les flux augmentent.", "fr", "D'après le texte, "),
    ],
)
def test_heads_are_told_from_what_is_stated(claim: str, language: str, head: str) -> None:
    found = attribution(claim, language)
    assert found.head.startswith(head)
    assert found.statement(claim) not in {claim, ""}


def test_a_relative_clause_is_no_head() -> None:
    assert not attribution("The leaders want migration that is safe.", "en").head


def test_the_act_is_the_first_verb_that_does_something() -> None:
    act = attribution("The leaders decided to promote dialogue.", "en").act
    assert act is not None
    assert act.name == "decides"


def test_a_text_that_was_adopted_somewhere_claims_no_act() -> None:
    assert attribution("The declaration was adopted in Kingstown.", "en").act is None


def test_a_paragraph_named_is_a_reference() -> None:
    assert attribution("El párrafo 4 de la declaración trata del racismo.", "es").reference.numbers == (4,)


@pytest.mark.parametrize(
    "quoted",
    ["“safe and orderly migration”", "«safe and orderly migration»", '"safe and orderly migration"',
     "‘safe and orderly migration’", "„safe and orderly migration“"],
)  # fmt: skip
def test_quotations_are_found_in_every_style_of_marks(quoted: str) -> None:
    article = f"Yesterday he wrote {quoted} to us."
    spans = [span for span in find_spans(article, "en") if span.kind == "quotation"]
    assert [article[span.start : span.end] for span in spans] == ["safe and orderly migration"]


def test_speech_after_a_dash_is_a_quotation() -> None:
    article = "Ayer habló.\n— Migración segura, ordenada y regular — dijo."
    spans = [span for span in find_spans(article, "es") if span.kind == "quotation"]
    assert [article[span.start : span.end] for span in spans] == ["Migración segura, ordenada y regular"]


def test_an_apostrophe_and_a_single_word_are_no_quotation() -> None:
    assert not [s for s in find_spans("It’s the leaders’ so-called “plan”.", "en") if s.kind == "quotation"]


def test_sentences_about_the_texts_are_claims_and_others_are_not() -> None:
    article = "Bananas are yellow. The declaration sets a quota. It also calls for dialogue. Rain fell."
    claims = [article[span.start : span.end] for span in find_spans(article, "en") if span.kind == "claim"]
    assert claims == ["The declaration sets a quota.", "It also calls for dialogue."]
