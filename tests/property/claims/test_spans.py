"""Offsets hold whatever the text."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from app.claims.article import find_spans
from app.claims.facts.numerals import in_digits
from app.claims.facts.reading import read
from app.claims.split import split_claim

_LANGUAGES = st.sampled_from(["en", "es", "pt", "fr"])
_PROSE = st.lists(
    st.sampled_from(
        ["The declaration", "says that", "eight million", "people", "and", "creates", "a fund", "“in quotation marks”",
         "1 March 2024", "the VIII Summit", ".", ",", "\n", "— he said", "la séptima Cumbre", "20 per cent", "não",
         "n’", "’", "«"]
    ),
    max_size=25,
).map(" ".join) | st.text(max_size=80)  # fmt: skip


@given(_PROSE, _LANGUAGES)
def test_parts_are_spans_of_the_claim_in_order(text: str, language: str) -> None:
    parts = split_claim(text, language)
    assert all(text[part.start : part.end] == part.text for part in parts)
    assert all(one.end <= other.start for one, other in itertools.pairwise(parts))


@given(_PROSE, _LANGUAGES)
def test_facts_stand_inside_the_text(text: str, language: str) -> None:
    for fact in read(text, language).facts:
        assert 0 <= fact.start < fact.end <= len(text)


@given(_PROSE, _LANGUAGES)
def test_digits_know_where_they_come_from(text: str, language: str) -> None:
    digital = in_digits(text, language)
    assert len(digital.origin) == len(digital.text)
    assert all(0 <= start < end <= len(text) for start, end in digital.origin)


@given(_PROSE, _LANGUAGES)
def test_spans_of_an_article_stand_inside_it(text: str, language: str) -> None:
    for span in find_spans(text, language):
        assert text[span.start : span.end].strip() == text[span.start : span.end] != ""
