import pytest

from app.evidence.force import find_act, force_of, strength_of
from corpus.model import Paragraph


@pytest.mark.parametrize(
    ("text", "language", "act"),
    [
        ("We reiterate our interest in cooperation", "en", "reiterates"),
        ("We express our commitment to equality", "en", "commits"),
        ("In that context, we call for dialogue", "en", "calls"),
        ("Aware that the region is changing", "en", "considers"),
        ("Since then the member countries have reaffirmed the need to act", "en", "reaffirms"),
        ("Also decides to remain seized of the matter", "en", "decides"),
        ("Deeply concerned at the news", "en", "expresses_concern"),
        ("Takes note with appreciation of the report", "en", "notes"),
        ("Expresamos nuestro compromiso con la igualdad", "es", "commits"),
        ("En ese contexto, hacemos un llamado al diálogo", "es", "calls"),
        ("Recordando la resolución anterior", "es", "recalls"),
        ("Exhorta a los Estados a cooperar", "es", "urges"),
        ("Reconhecemos a importância da cooperação", "pt", "recognises"),
        ("Decidimos criar um grupo", "pt", "decides"),
        ("Nous réaffirmons notre attachement à la paix", "fr", "reaffirms"),
        ("Invite les États à coopérer", "fr", "invites"),
        ("Rappelant la résolution précédente", "fr", "recalls"),
    ],
)
def test_act_is_read_from_the_opening_or_main_verb(text: str, language: str, act: str) -> None:
    found = find_act(text, language)
    assert found is not None
    assert found[0].name == act
    assert found[1] in text


def test_act_is_not_guessed_where_no_verb_shows_it() -> None:
    assert find_act("Kingstown, 1 March", "en") is None
    assert find_act("Not all of the notes", "en") is None


def test_act_of_an_unknown_language_is_none() -> None:
    assert find_act("Wir beschließen", "de") is None


def test_force_carries_the_part_and_the_words_of_the_text() -> None:
    paragraph = Paragraph("d", "pre1", "preamble", "Recalling the earlier text")
    force = force_of(paragraph, "en")
    assert (force.part, force.act, force.verb) == ("preamble", "recalls", "Recalling")


def test_strength_puts_deciding_above_calling_above_stating() -> None:
    assert strength_of("decides") > strength_of("calls") > strength_of("recalls") > strength_of(None)
