"""Hard facts in four languages, and how two sentences differ in them."""

from __future__ import annotations

import pytest

from app.claims.facts.compare import Links, compare
from app.claims.facts.fact import Fact, Finding
from app.claims.facts.reading import Reading, read

_TRANSLATIONS = {"venezolanos": (("venezuelans", 0.4), ("venezuelan", 0.6)), "cubain": (("cuban", 0.9),)}


def _translate(word: str, _: str) -> tuple[tuple[str, float], ...]:
    return _TRANSLATIONS.get(word, ())


def _facts(text: str, language: str, kind: str) -> list[object]:
    return [fact.value for fact in read(text, language, translate=_translate).of_kind(kind)]


def _linked(claim: Reading, source: Reading) -> Links:
    """Link equal words, as an aligner of one language would at least."""
    pairs = {
        own: [place for place in source.content if source.tokens[place].lower == claim.tokens[own].lower]
        for own in claim.content
    }
    return Links({own: places for own, places in pairs.items() if places}, {})


def _findings(claim: str, source: str, language: str = "en") -> list[Finding]:
    ours, theirs = read(claim, language), read(source, language)
    return compare(ours, theirs, _linked(ours, theirs))


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("held on March1, 2024", "en", (2024, 3, 1)),
        ("on the first of March 2024", "en", (2024, 3, 1)),
        ("el primero de marzo de 2024", "es", (2024, 3, 1)),
        ("em 1º de março de 2024", "pt", (2024, 3, 1)),
        ("le 1er mars 2024", "fr", (2024, 3, 1)),
        ("in January 2023", "en", (2023, 1, None)),
        ("el 30 de junio", "es", (None, 6, 30)),
        ("since twenty twenty-four", "en", (2024, None, None)),
        ("2024-03-01", "en", (2024, 3, 1)),
    ],
)
def test_dates_are_read_in_every_language(text: str, language: str, value: tuple[int | None, ...]) -> None:
    assert _facts(text, language, "date") == [value]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("eight million people", "en", 8e6),
        ("50 million dollars", "en", 5e7),
        ("ocho millones de personas", "es", 8e6),
        ("2,5 graus", "pt", 2.5),
        ("10 000 personnes", "fr", 1e4),
        ("cinq ans", "fr", 5.0),
    ],
)
def test_numbers_are_read_in_digits_and_words(text: str, language: str, value: float) -> None:
    assert _facts(text, language, "number") == [value]


@pytest.mark.parametrize(
    ("text", "language"),
    [("20 per cent", "en"), ("veinte por ciento", "es"), ("20 %", "fr"), ("vinte por cento", "pt")],
)
def test_percentages_are_not_plain_numbers(text: str, language: str) -> None:
    assert _facts(text, language, "percent") == [20.0]
    assert not _facts(text, language, "number")


@pytest.mark.parametrize(
    ("text", "language"),
    [("the VIII Summit", "en"), ("la octava Cumbre", "es"), ("a 8ª Cúpula", "pt"), ("le VIIIe Sommet", "fr")],
)
def test_summits_are_numbered_in_words_and_roman_numerals(text: str, language: str) -> None:
    assert _facts(text, language, "summit") == [8.0]


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("Saint Vincent and the Grenadines", "en", "VC"),
        ("the Cuban people", "en", "CU"),
        ("los venezolanos", "es", "VE"),
        ("le peuple cubain", "fr", "CU"),
        ("Estados Unidos", "pt", "US"),
    ],
)
def test_countries_are_known_by_name_and_people(text: str, language: str, code: str) -> None:
    assert any(code in found for found in _facts(text, language, "country"))  # type: ignore[operator]


def test_an_article_before_a_summit_is_no_roman_numeral() -> None:
    assert not _facts("Le Sommet de Buenos Aires", "fr", "summit")


def test_latin_american_is_no_country() -> None:
    assert not _facts("the Community of Latin American and Caribbean States", "en", "country")


@pytest.mark.parametrize(
    ("text", "language", "denied"),
    [
        ("they do not duplicate efforts", "en", "duplicate"),
        ("they don't duplicate efforts", "en", "duplicate"),
        ("no asumen ningún compromiso", "es", "asumen"),
        ("não duplicar esforços", "pt", "duplicar"),
        ("ils n’ont pas décidé", "fr", "décidé"),
    ],
)
def test_negation_reaches_the_words_it_denies(text: str, language: str, denied: str) -> None:
    reading = read(text, language)
    assert denied in {reading.tokens[place].text for place in reading.negated}


def test_negation_stops_at_the_end_of_its_clause() -> None:
    reading = read("not to duplicate efforts, and to act", "en")
    assert "act" not in {reading.tokens[place].text for place in reading.negated}


def test_another_date_differs() -> None:
    found = _findings("adopted in Kingstown on 1 March 2023", "Kingstown, March 1, 2024")
    assert found == [Finding("date", "differs", "1 March 2023", "March 1, 2024")]


def test_a_date_that_says_less_agrees() -> None:
    assert not _findings("adopted in Kingstown in 2024", "Kingstown, March 1, 2024")


def test_another_number_beside_the_same_words_differs() -> None:
    found = _findings("limit the increase to 2.5°", "efforts to limit the increase to 1.5°C")
    assert [(f.kind, f.bearing, f.source) for f in found] == [("number", "differs", "1.5")]


def test_a_number_the_passage_does_not_have_is_absent() -> None:
    found = _findings("50 million dollars for migrants", "rights of migrants")
    assert [(f.kind, f.bearing) for f in found] == [("number", "absent")]


def test_a_denied_commitment_differs() -> None:
    found = _findings("we make no commitment against xenophobia", "we express our commitment against xenophobia")
    assert [f.kind for f in found] == ["negation"]


def test_the_same_negation_on_both_sides_is_no_difference() -> None:
    assert not _findings("we do not duplicate efforts", "work is coordinated so as not to duplicate efforts")


def test_only_one_of_several_differs() -> None:
    found = _findings(
        "managed only by countries of destination",
        "jointly managed between the countries of origin, transit, destination and others",
    )
    assert ("only", "differs") in {(f.kind, f.bearing) for f in found}


def test_all_against_some_differs() -> None:
    found = _findings("flows involve all countries", "flows involve some countries")
    assert [(f.kind, f.claim, f.source) for f in found] == [("all", "all", "some")]


def test_a_duty_where_the_text_advises_is_overstated() -> None:
    found = _findings("states must protect victims", "states should protect victims")
    assert [(f.kind, f.bearing) for f in found] == [("modality", "overstated")]


def test_a_name_the_passage_does_not_have_is_absent() -> None:
    found = _findings("the text mentions the war in Gaza", "the text mentions the war")
    assert Finding("name", "absent", "Gaza") in found


def test_facts_know_their_place() -> None:
    text = "Ocho millones de personas llegaron en enero de 2023."
    facts: list[Fact] = list(read(text, "es").facts)
    assert [text[fact.start : fact.end] for fact in facts] == ["Ocho millones", "enero de 2023"]
