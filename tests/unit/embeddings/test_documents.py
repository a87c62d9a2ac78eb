"""Passages: spans of one paragraph that are found on their own."""

from corpus.model import Paragraph
from embeddings.documents import cut, passages

LONG = (
    "We reaffirm that the region must move forward with a coordinated agenda among all the countries concerned by it, "
    "which includes risks that are related to flows of many kinds and to the routes that people take, "
    "ensuring access to justice and the guarantee of their rights in every one of the countries named before."
)


def test_passages_begin_with_the_whole_paragraph() -> None:
    paragraph = Paragraph("d", "p1", "operative", "We recall this. We urge that.")
    whole, *parts = passages(paragraph)
    assert whole.text == paragraph.text
    assert [part.text for part in parts] == ["We recall this.", "We urge that."] or parts == []


def test_long_sentence_is_cut_into_clauses_that_keep_every_word() -> None:
    spans = cut(LONG)
    assert len(spans) > 1
    assert " ".join(LONG[a:b] for a, b in spans) == LONG


def test_short_text_is_not_cut() -> None:
    assert cut("We recall this.") == [(0, 15)]


def test_abbreviation_does_not_end_a_sentence() -> None:
    text = "As agreed with Mr. Somebody in the report No. 4 of the meeting, we recall what was said there before."
    assert cut(text) == [(0, len(text))]
