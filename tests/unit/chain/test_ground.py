"""The gate: only exact quotations from the library's present texts pass."""

from app.chain.draft import MARKER, DraftSentence
from app.chain.ground import ground
from corpus.model import Citation, Paragraph
from tests.builders import a_document, a_library

LIBRARY = a_library(a_document("We combat trafficking in persons.", "We promote dialogue."))
FIRST, SECOND = LIBRARY.paragraphs()


def test_sentence_without_citation_is_dropped() -> None:
    assert ground([DraftSentence("The moon is made of cheese.", ())], LIBRARY).sentences == ()


def test_sentence_that_quotes_an_unknown_paragraph_is_dropped() -> None:
    stranger = Paragraph("celac-1999-nowhere", "p1", "operative", "Invented.")
    assert ground([DraftSentence(f"Said {MARKER}", (Citation(stranger, "Invented.", 0),))], LIBRARY).sentences == ()


def test_sentence_that_quotes_words_since_changed_is_dropped() -> None:
    old = Paragraph(FIRST.document, FIRST.id, "operative", "We combat trafficking in drugs.")
    assert ground([DraftSentence(f"Said {MARKER}", (Citation.of_text(old),))], LIBRARY).sentences == ()


def test_one_bad_citation_takes_its_sentence_with_it() -> None:
    stranger = Paragraph("celac-1999-nowhere", "p1", "operative", "Invented.")
    both = (Citation.of_text(FIRST), Citation.of_text(stranger))
    assert ground([DraftSentence("Both", both)], LIBRARY).sentences == ()


def test_markers_are_numbered_by_first_use_and_shared() -> None:
    draft = [
        DraftSentence(f"B {MARKER}", (Citation.of_text(SECOND),)),
        DraftSentence(f"A {MARKER}", (Citation.of_text(FIRST), Citation.of_text(SECOND))),
    ]
    grounded = ground(draft, LIBRARY)
    assert [sentence.text for sentence in grounded.sentences] == ["B [1]", "A [2][1]"]
    assert [citation.paragraph.id for citation in grounded.citations] == ["p2", "p1"]
