"""The extractive draft: what is quoted, and how lists are shown."""

from app.chain.draft import Evidence, draft_answer, draft_outline
from app.chain.enumeration import enumeration
from app.chain.outline import outline
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
    assert chosen[0].text.startswith("It is an obligation")
    assert chosen[0].text.endswith("in our countries.")
    assert chosen == (whole_quote(chosen[0]),)


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


def test_list_ends_where_a_clause_begins() -> None:
    items = enumeration(whole("Measures for prevention, combat and protection of victims, ensuring access to justice."))
    assert [item.text for item in items] == ["prevention", "combat", "protection of victims"]


def test_opening_word_is_no_part_of_an_item() -> None:
    text = (
        "Recognizing the link between ocean and climate, including heat, loss of oxygen, and rising seas, on the coast."
    )
    assert [item.text for item in enumeration(whole(text))] == ["heat", "loss of oxygen", "rising seas"]


def test_pair_inside_a_list_stays_one_item() -> None:
    text = "Trade, peace and security, and health."
    assert [item.text for item in enumeration(whole(text))] == ["Trade", "peace and security", "health"]


def test_decimal_point_does_not_cut_a_number() -> None:
    text = "Keep below 1.5°C, 2.5°C or 3.5°C above the level of before."
    assert enumeration(whole(text))[0].text.startswith("1.5°C")


def test_outline_quotes_what_each_paragraph_opens_with() -> None:
    told = draft_outline(
        outline(DECLARATION), language="en", title=lambda _: "The declaration", label=lambda p: f"<{p.id}>"
    )
    assert [s.citations[0].paragraph.id for s in told] == ["pre1", "p1", "p2", "p3", "p4"]
    assert told[0].text.startswith("The declaration opens: “The Heads of State and Government")
    assert told[2].citations[0].quote.startswith("We reaffirm that the region must move forward")
    assert len(told[2].citations[0].quote.split()) < len(P2.text.split()) / 2


def test_outline_names_the_sections_of_a_text() -> None:
    paragraphs = [
        Paragraph("d", "p1", "operative", "We recall this."),
        Paragraph("d", "p2", "operative", "We urge that.", section="Boats"),
    ]
    told = draft_outline(paragraphs, language="fr", title=lambda _: "Texte", label=lambda p: p.id)
    assert told[1].text.startswith("Boats – p2 : « We urge that. »")
