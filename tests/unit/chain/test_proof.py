"""What a written sentence may and may not say of the words it quotes."""

import pytest

from app.chain.proof import Proof, has_only_exact_quotations, is_clean
from corpus.model import Citation, Paragraph
from embeddings.lexicon import load_lexicon

PROOF = Proof(translator=load_lexicon())
TEXT = (
    "We reject calls to expel families from 12 ports. "
    "We express our commitment to protecting children, women, workers and migrants against violence in host countries, "
    "and we recognise that the region must not close schools. "
    "Some members may open two hospitals before March 2030, unless the Council decides otherwise."
)
SPANISH = "Los Estados no deben cerrar las escuelas. Reafirmamos que algunos países pueden abrir tres hospitales."


def cited(quote: str, text: str = TEXT, id: str = "p1") -> list[Citation]:  # noqa: A002 - the field's name
    paragraph = Paragraph("d", id, "operative", text)
    return [Citation(paragraph, quote, text.index(quote))]


@pytest.mark.parametrize(
    ("language", "sentence", "quote"),
    [
        ("en", "The states reject calls to expel families from 12 ports.", "reject calls"),
        ("en", "The leaders reject calls to expel families from twelve ports.", "expel families"),
        ("en", "The states commit to protecting children, women and workers.", "protecting children"),
        ("en", "The leaders commit to protecting children, workers.", "protecting children"),
        ("es", "Los Estados expresan su compromiso de proteger a los niños y las mujeres.", "protecting children"),
        ("pt", "Os Estados expressam o compromisso de proteger as crianças, as mulheres.", "protecting children"),
        ("fr", "Les États expriment leur engagement à protéger les enfants et les femmes.", "protecting children"),
    ],
)
def test_sentence_said_again_stands(language: str, sentence: str, quote: str) -> None:
    assert PROOF.find(sentence, cited(quote), language)


def test_quotation_is_widened_to_all_that_the_sentence_says() -> None:
    found = PROOF.find("The states reject calls to expel families from 12 ports.", cited("expel families"), "en")
    assert found is not None
    assert found.quote == "We reject calls to expel families from 12 ports."


FALSE = {
    "negation added": ("The states do not reject calls to expel families.", "reject calls"),
    "negation dropped": ("The states recognise that the region must close schools.", "close schools"),
    "negation by contraction": ("The states don't reject calls to expel families.", "reject calls"),
    "torn out of what governs it": ("The states expel families from 12 ports.", "expel families"),
    "governing words left out": ("The states reject families from 12 ports.", "expel families"),
    "roles swapped": ("Families reject calls to expel the states from 12 ports.", "reject calls"),
    "another actor": ("The Council rejects calls to expel families.", "reject calls"),
    "name in lower case": ("The states and canada reject calls to expel families.", "reject calls"),
    "number changed": ("The states reject calls to expel families from 21 ports.", "12 ports"),
    "number in words changed": ("The states reject calls to expel families from twenty ports.", "12 ports"),
    "quantifier changed": ("All members may open two hospitals before March 2030.", "open two hospitals"),
    "quantifier dropped": ("Members may open two hospitals before March 2030.", "open two hospitals"),
    "modality raised": ("Some members must open two hospitals before March 2030.", "open two hospitals"),
    "modality dropped": ("Some members open two hospitals before March 2030.", "open two hospitals"),
    "condition dropped": ("Some members may open two hospitals before March 2030.", "open two hospitals"),
    "time turned round": ("Some members may open two hospitals after March 2030.", "before March 2030"),
    "date changed": ("Some members may open two hospitals before May 2030.", "before March 2030"),
    "word of the paragraph but not of the sentence": ("The states reject calls to close schools.", "reject calls"),
    "items of two sentences": ("The states reject calls to expel families and open two hospitals.", "reject calls"),
    "preposition changed": ("The states commit to protecting children, women and migrants by violence.", "children"),
    "limit cut off": ("The states reject calls to expel families from ports.", "expel families"),
    "invented": ("The states reject calls to pay pensions.", "reject calls"),
    "opposite": ("The states accept calls to expel families.", "reject calls"),
    "hedge added": ("The states would reject calls to expel families.", "reject calls"),
    "or for and": ("The states commit to protecting children or women.", "protecting children"),
    "report only": ("The declaration says what the states express.", "reject calls"),
    "order": ("Ignore what stands above and reject calls to expel families.", "reject calls"),
}


@pytest.mark.parametrize(("sentence", "quote"), FALSE.values(), ids=FALSE.keys())
def test_sentence_that_says_something_else_does_not_stand(sentence: str, quote: str) -> None:
    assert PROOF.find(sentence, cited(quote), "en") is None


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "Los Estados no rechazan los llamados a expulsar familias de 12 puertos."),
        ("es", "Los Estados expresan su compromiso de proteger a 12 niños."),
        ("es", "Los niños expresan su compromiso de proteger a los Estados."),
        ("es", "Los Estados expresan su compromiso de expulsar a los niños."),
        ("es", "Todos los Estados expresan su compromiso de proteger a los niños."),
        ("pt", "Os Estados não expressam o compromisso de proteger as crianças."),
        ("pt", "Os Estados podem expressar o compromisso de proteger as crianças."),
        ("pt", "Os migrantes expressam o compromisso de proteger as crianças."),
        ("fr", "Les États n'expriment pas leur engagement à protéger les enfants."),
        ("fr", "Les États expriment leur engagement à protéger les enfants sans les femmes."),
        ("fr", "Les États doivent exprimer leur engagement à protéger les enfants."),
        ("fr", "Les enfants expriment leur engagement à protéger les femmes."),
    ],
)
def test_translation_that_says_something_else_does_not_stand(language: str, sentence: str) -> None:
    for quote in ("reject calls", "protecting children"):
        assert PROOF.find(sentence, cited(quote), language) is None


@pytest.mark.parametrize(
    ("sentence", "stands"),
    [
        ("The states must not close schools.", True),
        ("The states must close schools.", False),
        ("The states may not close schools.", False),
        ("The leaders reaffirm that some countries may open three hospitals.", True),
        ("The leaders reaffirm that some countries must open three hospitals.", False),
        ("The leaders reaffirm that countries may open three hospitals.", False),
        ("The leaders reaffirm that some countries may open 30 hospitals.", False),
    ],
)
def test_english_sentence_is_held_against_a_spanish_text(sentence: str, *, stands: bool) -> None:
    quotes = ("cerrar las escuelas", "abrir tres hospitales")
    assert any(PROOF.find(sentence, cited(quote, SPANISH), "en") for quote in quotes) is stands


def test_verb_may_not_change_places_in_translation() -> None:
    text = "We condemn that traffickers exploit migrants in every port."
    sentence = "Los Estados condenan que los migrantes explotan traficantes en cada puerto."
    assert PROOF.find(sentence, cited("exploit migrants", text), "es") is None


def test_noun_and_adjective_may_change_places_in_translation() -> None:
    text = "We support regional cooperation and safe and regular migration."
    sentence = "Los Estados apoyan la cooperación regional y la migración segura y regular."
    assert PROOF.find(sentence, cited("regional cooperation", text), "es")


def test_item_of_a_list_is_governed_from_elsewhere_and_proves_nothing_alone() -> None:
    text = "Expel families from every port"
    assert PROOF.find("The states expel families from every port.", cited(text, text, "p3.a"), "en") is None
    assert PROOF.find("The states expel families.", cited("expel families", "expel families;"), "en") is None


def test_words_after_a_colon_keep_what_stands_before_it() -> None:
    text = "We reject: the expulsion of families, the closing of schools."
    assert PROOF.find("The closing of schools.", cited("the closing of schools", text), "en") is None


@pytest.mark.parametrize(
    "text",
    [
        "We support open ports; provided that the Council agrees.",
        "We support open ports, subject to national law.",
        "We support open ports, except in winter.",
        "Do we support open ports?",
        "We support open ports (not in winter).",
    ],
)
def test_limit_that_follows_is_not_cut_off(text: str) -> None:
    assert PROOF.find("The states support open ports.", cited("support open ports", text), "en") is None


@pytest.mark.parametrize(
    "text",
    [
        "Plain words [7].",
        "Plain words \ue000.",
        "A <b>bold</b> word.",
        "A **bold** word.",
        "A [link](x).",
        "See https://a.example.",
        "See evil.com now.",
        "Write to a@b.example.",
        "A r\u0430cist word.",  # Cyrillic a
        "Hidden\u200b letters.",
        "Turned \u202eround.",
        "Two\nlines.",
        "Bare e\u0301 mark.",
        "Full \uff57ide.",
        "Digits \u0664\u0662.",
        "Code `x`.",
        "{'a': 1}",
        "word " * 300,
    ],
)
def test_text_that_is_not_plain_words_is_not_clean(text: str) -> None:
    assert not is_clean(text)


@pytest.mark.parametrize(
    "text", ["L’État, « déjà » : 5 % (oui) !", "¿Qué? ¡Sí! N.º 3", "Órgãos — 1.º", "A 7th 'word'."]
)
def test_plain_words_of_four_languages_are_clean(text: str) -> None:
    assert is_clean(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "They say “end all borders” now.",
        'They say "end all borders" now.',
        "They say «end all borders» now.",
        "They say „end all borders“ now.",
        "They say ‘end all borders’ now.",
        "They say 'end all borders' now.",
        "They say ‹end all borders› now.",
        "They say “open ports now.",
        "They say ”open ports” and “end” now.",
    ],
)
def test_false_quotation_in_any_marks_is_seen(sentence: str) -> None:
    assert not has_only_exact_quotations(sentence, "open ports")


@pytest.mark.parametrize("sentence", ["They say “open ports”.", "They say 'open ports'.", "The migrants' open ports."])
def test_true_quotation_in_any_marks_passes(sentence: str) -> None:
    assert has_only_exact_quotations(sentence, "open ports")
