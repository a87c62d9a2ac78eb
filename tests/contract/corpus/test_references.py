"""Where paragraphs point, as programs are told."""

from app.documents import document_out
from tests.builders import a_document, a_library

TEXT = "We recall paragraphs 1 and 2 of the Buenos Aires Declaration and the Declaration of Tegucigalpa."


def test_a_reference_leads_to_paragraphs_at_hand_and_else_to_the_catalogue() -> None:
    pointing = a_document(TEXT)
    target = a_document("One.", "Two.", id="celac-2023-buenos-aires", title="Declaration of Buenos Aires")
    library = a_library(pointing, target)
    (paragraph,) = document_out(pointing, library=library).paragraphs
    at_hand, catalogued = paragraph.references
    assert TEXT[at_hand.start : at_hand.end] == "paragraphs 1 and 2 of the Buenos Aires Declaration"
    assert at_hand.urls == ("/documents/celac-2023-buenos-aires#p1", "/documents/celac-2023-buenos-aires#p2")
    assert catalogued.urls == ("/catalogue#celac-2025-tegucigalpa",)


def test_a_reference_to_a_paragraph_that_is_not_there_leads_to_the_text() -> None:
    pointing = a_document("See paragraph 9 of the Buenos Aires Declaration.")
    target = a_document("One.", id="celac-2023-buenos-aires", title="Declaration of Buenos Aires")
    (paragraph,) = document_out(pointing, library=a_library(pointing, target)).paragraphs
    assert paragraph.references[0].urls == ("/documents/celac-2023-buenos-aires",)
