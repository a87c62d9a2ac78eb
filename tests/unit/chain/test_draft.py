"""The extractive draft: what is quoted, and how lists are shown."""

from app.chain.draft import Evidence, draft_answer, enumeration
from app.chain.quotable import short_quote, whole_quote
from corpus.library import open_library
from corpus.model import Paragraph, Passage
from embeddings.documents import passages

DECLARATION = open_library().document("celac-2024-kingstown-migration")
P2 = DECLARATION.paragraph("p2")


def evidence(paragraph: Paragraph, wanted: str) -> Evidence:
    return Evidence(
        paragraph, [(passage, float(wanted in passage.text) / len(passage.text)) for passage in passages(paragraph)]
    )


def whole(text: str) -> Passage:
    return Passage(Paragraph("d", "p1", "operative", text), 0, len(text))


def test_short_span_comes_first_and_its_sentence_after() -> None:
    sentences = draft_answer([evidence(P2, "women and children")], language="en", label=lambda p: p.id)
    quotes = [sentence.citations[0].quote for sentence in sentences]
    assert len(quotes) == 2
    assert "women and children" in quotes[0]
    assert quotes[0] in quotes[1] == P2.text


def test_short_paragraph_is_quoted_once_and_whole() -> None:
    p3 = DECLARATION.paragraph("p3")
    sentences = draft_answer([evidence(p3, "racism")], language="es", label=lambda _: "¶ 3")
    assert [sentence.citations[0].quote for sentence in sentences] == [p3.text]
    assert sentences[0].text.startswith("¶ 3 dice: «We express")


def test_only_the_sentence_that_answers_is_quoted() -> None:
    pre2 = DECLARATION.paragraph("pre2")
    chosen = short_quote(evidence(pre2, "positive impact").passages)
    assert chosen.text.startswith("It is an obligation")
    assert chosen.text.endswith("in our countries.")
    assert whole_quote(chosen) == chosen


def test_enumeration_gives_exact_items() -> None:
    items = enumeration(whole("We promote open, inclusive, and transparent dialogue on all matters."))
    assert [item.text for item in items] == ["open", "inclusive", "transparent dialogue on all matters"]


def test_two_things_are_no_enumeration() -> None:
    assert enumeration(whole("We promote peace and dialogue.")) == []


def test_listing_shows_items_that_stand_in_the_citation() -> None:
    sentences = draft_answer([evidence(P2, "prevention")], language="en", label=lambda _: "¶ 2", is_listing=True)
    quote = sentences[0].citations[0].quote
    items = [line[3:-1] for line in sentences[0].text.splitlines() if line.startswith("- ")]
    assert {"combat", "persecution", "judicialization"} <= set(items)
    assert all(item in quote for item in items)
