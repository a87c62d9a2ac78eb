"""Translations are reading aids: the same numbers and negations, another language, no quotation marks."""

from collections.abc import Generator, Mapping
from typing import Any

import pytest

from app.chain.translate import QuoteTranslator, is_faithful
from corpus.model import Citation, Paragraph

QUOTE = "We will not close the 12 schools of the region before the end of the year."
GOOD = "No cerraremos las 12 escuelas de la región antes de que termine el año."


class AWriter:
    """A documented fake: writes one thing."""

    name = "fake"

    def __init__(self, text: str) -> None:
        self._text = text
        self.asked: list[Mapping[str, Any]] = []

    def write(self, task: str, language: str, data: Mapping[str, Any]) -> Generator[str, None, None]:
        assert (task, language) == ("translate", data["language"])
        self.asked.append(data)
        yield self._text


CITATION = Citation(Paragraph("d", "p1", "operative", QUOTE), QUOTE, 0)


def test_quotation_in_another_language_is_translated() -> None:
    writer = AWriter(f'{{"id": "1", "translation": "{GOOD}"}}')
    assert QuoteTranslator(writer).translate([CITATION], "es") == {1: GOOD}


def test_quotation_in_the_language_asked_for_is_not_sent() -> None:
    writer = AWriter("")
    assert QuoteTranslator(writer).translate([CITATION], "en") == {}
    assert writer.asked == []


@pytest.mark.parametrize("marker", ['"2"', '"x"', "null", '"-1"'])
def test_translation_of_nothing_that_was_sent_is_left_out(marker: str) -> None:
    writer = AWriter(f'{{"id": {marker}, "translation": "{GOOD}"}}')
    assert QuoteTranslator(writer).translate([CITATION], "es") == {}


@pytest.mark.parametrize(
    ("text", "is_good"),
    [
        (GOOD, True),
        ("No cerraremos las doce escuelas de la región antes de que termine el año.", True),
        ("Cerraremos las 12 escuelas de la región antes de que termine el año.", False),
        ("No cerraremos las 21 escuelas de la región antes de que termine el año.", False),
        ("No cerraremos las escuelas de la región antes de que termine el año.", False),
        (f"“{GOOD}”", False),
        ("We will not shut the 12 schools of the region before the year ends.", False),
        ("No: 12.", False),
        (f"{GOOD} Visite https://a.example hoy.", False),
        (f"{GOOD} {GOOD} {GOOD}", False),
    ],
)
def test_only_a_translation_with_the_same_figures_is_taken(text: str, *, is_good: bool) -> None:
    assert is_faithful(text, QUOTE, "en", "es") is is_good
