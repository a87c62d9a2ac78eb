"""Any text: the items of an enumeration are exact, ordered, separate spans of it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.chain.enumeration import enumeration
from corpus.model import Paragraph, Passage

TEXTS = st.lists(
    st.sampled_from(["peace", "open", "and", "or", ",", ", ", " ", " and ", ", and ", ".", "the rights of all", ";"]),
    max_size=40,
)


@given(TEXTS.map("".join).filter(str.strip))
def test_items_are_exact_and_in_order(text: str) -> None:
    items = enumeration(Passage(Paragraph("d", "p1", "operative", text), 0, len(text)))
    assert len(items) != 1
    assert all(item.text.strip() and item.text in text for item in items)
    assert all(left.end <= right.start for left, right in pairwise(items))
