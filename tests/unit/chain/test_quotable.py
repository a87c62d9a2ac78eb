"""How much of a paragraph is quoted."""

from app.chain.quotable import short_quote, whole_quote
from corpus.model import Passage
from embeddings.documents import passages
from tests.builders import a_document

LONG = (
    "We agree that the countries of the region, in view of all that was discussed at this meeting and before it, will "
    "keep working together on fishing and on the upkeep of harbours, as well as on the training of crews who sail in "
    "rough waters, which is why we call for a fund that pays for boats, nets and lamps in every harbour of the islands."
)


def scored(text: str, word: str) -> list[tuple[Passage, float]]:
    paragraph = a_document(text).paragraphs[0]
    found = passages(paragraph)
    return [(found[0], 0.5), *((p, 1.0 if word in p.text else 0.0) for p in found[1:])]


def quoted(text: str, word: str) -> str:
    return " […] ".join(passage.text for passage in short_quote(scored(text, word)))


def test_short_sentence_is_quoted_whole() -> None:
    text = "We ask for boats. We also ask for nets and lamps."
    assert quoted(text, "nets") == "We also ask for nets and lamps."


def test_clause_of_a_long_sentence_begins_where_a_clause_begins() -> None:
    found = quoted(LONG, "lamps")
    assert found.startswith("which is why we call for a fund")
    assert found.endswith("islands.")


def test_quotation_does_not_end_in_a_comma() -> None:
    assert not quoted(LONG, "crews").endswith(",")


def test_supporting_quotation_is_the_sentence() -> None:
    assert whole_quote(short_quote(scored(LONG, "lamps"))[-1]).text == LONG


def test_initials_do_not_end_a_sentence() -> None:
    text = "We also acknowledge that A.I. systems pose risks that are hard to foresee in every country."
    assert quoted(text, "risks") == text


LIST = (
    "We call on States to: repair the harbours and the roads that lead to them before the storms of the coming winter; "
    "train the crews of every boat that sails beyond the reef in the handling of lamps; pay for the nets of all."
)
REFUSAL = (
    "We do not accept, after all that was said in this hall by fishers and by their families, any agreement with "
    "companies from elsewhere that would close the harbours to small boats, including the sale of lamps and nets by "
    "the islands to those who have never sailed there and who know nothing of their waters or of their weather."
)
FUND = (
    "We reiterate the need for a common fund, including repairs of boats after storms that come in the night of "
    "the long dark months of winter of every year, including the training of crews who sail in rough waters beyond "
    "the reef and who come home late, including the lamps, ropes and nets that every boat of the islands must carry "
    "from the first day of the season to the last."
)


def test_item_after_a_colon_follows_the_words_that_govern_it() -> None:
    whole = whole_quote(short_quote(scored(LIST, "crews"))[-1]).text
    assert whole.startswith("We call on States to: repair")
    assert whole.endswith("lamps;")
    assert quoted(LIST, "crews").startswith("We call on States to:")


def test_announced_list_is_not_cut_at_its_colon() -> None:
    text = "We call on States to do what follows without delay: repair the harbours before the storms of winter."
    assert quoted(text, "call") == text


def test_condition_after_a_semicolon_stays_with_what_it_limits() -> None:
    text = "We will open the harbours to all boats; unless the Council of the islands decides otherwise."
    assert quoted(text, "harbours") == text


def test_clause_under_a_negation_is_not_quoted_without_it() -> None:
    assert quoted(REFUSAL, "lamps").startswith("We do not accept")


def test_clause_without_a_verb_of_its_own_follows_what_the_sentence_opens_with() -> None:
    found = short_quote(scored(FUND, "crews"))
    assert [passage.text for passage in found] == [
        "We reiterate the need for a common fund",
        "including the training of crews who sail in rough waters beyond the reef and who come home late",
    ]
