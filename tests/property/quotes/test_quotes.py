"""What holds for every quotation and every text."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from app.quotes.check import QuoteChecker
from app.quotes.dictionary import dictionary
from app.quotes.index import PassageIndex
from app.quotes.normalize import canonical
from corpus.model import Paragraph
from tests.builders import a_document, a_library

WORDS = st.sampled_from(
    [
        "we",
        "shall",
        "not",
        "return",
        "any",
        "State",
        "2024",
        "10,5",
        "1.500",
        "coöperation",
        "migration's",
        "re-sign",
        "resign",
        "–",
        "(the)",
        "rights,",
        "más",
        "of…",
        "“all”",
    ]
)
TEXTS = st.lists(WORDS, min_size=6, max_size=40).map(" ".join)
ANY = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)


def a_checker(*texts: str) -> QuoteChecker:
    return QuoteChecker(a_library(a_document(*texts)), dictionary=dictionary)


@given(ANY)
def test_canonical_leads_back_to_the_source(text: str) -> None:
    form = canonical(text)
    assert len(form.spans) == len(form.text) == len(form.folded)
    assert all(0 <= start < end <= len(text) for start, end in form.spans)


@given(st.lists(TEXTS, min_size=1, max_size=6), st.data())
def test_index_misses_nothing(texts: list[str], data: st.DataObject) -> None:
    index = PassageIndex([Paragraph("d", f"p{at}", "operative", text) for at, text in enumerate(texts)])
    hay = canonical(data.draw(st.sampled_from(texts))).folded
    start = data.draw(st.integers(0, len(hay) - 1))
    needle = hay[start : data.draw(st.integers(start + 1, len(hay)))]
    assert list(index.holding(needle)) == [at for at, text in enumerate(texts) if needle in canonical(text).folded]


@given(TEXTS, st.data())
def test_words_of_a_text_are_verbatim(text: str, data: st.DataObject) -> None:
    words = text.split()
    start = data.draw(st.integers(0, len(words) - 4))
    quote = " ".join(words[start : data.draw(st.integers(start + 4, len(words)))])
    result = a_checker(text).check(quote)
    assume(result.status != "too_short")
    assert result.status in {"verbatim", "elided"}
    assert all(text[match.start : match.end] == match.quote for match in result.matches)


@given(TEXTS, st.data())
def test_a_changed_word_is_never_passed(text: str, data: st.DataObject) -> None:
    words = text.split()
    at = data.draw(st.integers(1, len(words) - 2))
    other = data.draw(st.sampled_from(["must", "2025", "10,6", "never", "mas", "c\u043eoperation"]))
    quote = " ".join([*words[:at], other, *words[at + 1 :]])
    assert a_checker(text).check(quote).status in {"altered", "not_found"}


@given(ANY, TEXTS)
def test_check_takes_whatever_is_pasted(quote: str, text: str) -> None:
    assert a_checker(text).check(quote or "x").status in {"verbatim", "elided", "altered", "not_found", "too_short"}
