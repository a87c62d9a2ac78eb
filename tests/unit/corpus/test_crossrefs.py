"""Where a text names another text and its paragraphs."""

import pytest

from corpus.catalogue import load_catalogue
from corpus.crossrefs import Mentions
from tests.builders import a_document

BUENOS_AIRES = "celac-2023-buenos-aires"


def found(text: str, own: str = "") -> list[tuple[str, str, tuple[str, ...]]]:
    mentions = Mentions(load_catalogue()).find(text, own=own)
    return [(text[m.start : m.end], m.target, m.paragraphs) for m in mentions]


@pytest.mark.parametrize(
    ("text", "span", "paragraphs"),
    [
        (
            "flows as stated in paragraphs 67, 68, and 69 of the Buenos Aires Declaration, with",
            "paragraphs 67, 68, and 69 of the Buenos Aires Declaration",
            ("p67", "p68", "p69"),
        ),
        (
            "según los párrafos 67 a 69 de la Declaración de Buenos Aires.",
            "párrafos 67 a 69 de la Declaración de Buenos Aires",
            ("p67", "p68", "p69"),
        ),
        (
            "conforme o parágrafo 7 da Declaração de Buenos Aires",
            "parágrafo 7 da Declaração de Buenos Aires",
            ("p7",),
        ),
        (
            "les paragraphes 3 et 5 de la Déclaration de Buenos Aires",
            "paragraphes 3 et 5 de la Déclaration de Buenos Aires",
            ("p3", "p5"),
        ),
        ("in line with the Declaration of  Buenos Aires and", "Declaration of  Buenos Aires", ()),
    ],
)
def test_a_named_text_and_its_paragraphs_are_found(text: str, span: str, paragraphs: tuple[str, ...]) -> None:
    assert found(text) == [(span, BUENOS_AIRES, paragraphs)]


@pytest.mark.parametrize("name", ["3rd CELAC-EU Summit Declaration", "Declaration of the III EU-CELAC Summit"])
def test_a_text_is_known_by_its_summit_where_that_had_one_text(name: str) -> None:
    assert found(f"(Based on paragraph 16 of the {name}).") == [
        (f"paragraph 16 of the {name}", "eu-celac-2023-brussels", ("p16",))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "the Declaración de Santiago",  # two texts have this name
        "we meet in Buenos Aires to agree on a declaration",
        "paragraphs 3 and 4 of this text",
        "",
    ],
)
def test_what_names_no_one_text_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_text_that_names_itself_refers_nowhere() -> None:
    assert found("this Declaration of Buenos Aires", own=BUENOS_AIRES) == []


def test_a_text_of_the_library_is_found_without_the_catalogue() -> None:
    documents = [a_document("x", id="celac-2019-quimera", title="Declaration of Quimera")]
    text = "as in points 2-4 of the Quimera Declaration"
    (mention,) = Mentions(load_catalogue(), documents).find(text)
    assert (mention.target, mention.paragraphs) == ("celac-2019-quimera", ("p2", "p3", "p4"))


def test_a_long_paragraph_full_of_numbers_is_read_quickly() -> None:
    text = "paragraphs " + "1, " * 20_000 + "declaration of Buenos Aires"
    assert [m.target for m in Mentions(load_catalogue()).find(text)] == [BUENOS_AIRES]
