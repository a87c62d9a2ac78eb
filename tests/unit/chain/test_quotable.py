"""How much of a paragraph is quoted."""

from app.chain.quotable import short_quote, whole_quote
from corpus.model import Passage
from embeddings.documents import passages
from tests.builders import a_document

LONG = (
    "We agree that the countries of the region, in view of all that was discussed at this meeting and before it, will "
    "keep working together on fishing and on the upkeep of harbours, as well as on the training of crews who sail in "
    "rough waters, which is why we ask for a fund that pays for boats, nets and lamps in every harbour of the islands."
)


def scored(text: str, word: str) -> list[tuple[Passage, float]]:
    paragraph = a_document(text).paragraphs[0]
    found = passages(paragraph)
    return [(found[0], 0.5), *((p, 1.0 if word in p.text else 0.0) for p in found[1:])]


def test_short_sentence_is_quoted_whole() -> None:
    text = "We ask for boats. We also ask for nets and lamps."
    assert short_quote(scored(text, "nets")).text == "We also ask for nets and lamps."


def test_clause_of_a_long_sentence_begins_where_a_clause_begins() -> None:
    found = short_quote(scored(LONG, "lamps")).text
    assert found.startswith("which is why we ask for a fund")
    assert found.endswith("islands.")


def test_quotation_does_not_end_in_a_comma() -> None:
    assert not short_quote(scored(LONG, "crews")).text.endswith(",")


def test_supporting_quotation_is_the_sentence() -> None:
    assert whole_quote(short_quote(scored(LONG, "lamps"))).text == LONG


def test_initials_do_not_end_a_sentence() -> None:
    text = "We also acknowledge that A.I. systems pose risks that are hard to foresee in every country."
    assert short_quote(scored(text, "risks")).text == text
