"""Any paragraph: its passages are exact spans, in order, and lose no word."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Paragraph
from embeddings.documents import cut, passages

TEXTS = (
    st.text(st.sampled_from("abcdeéñ ABC.,;:?!'’“”()12\n"), min_size=1, max_size=600)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@given(TEXTS)
def test_cut_spans_do_not_overlap_and_hold_every_word(text: str) -> None:
    spans = cut(text)
    assert all(a < b for a, b in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())


@given(TEXTS)
def test_passages_are_distinct_spans_of_their_paragraph(text: str) -> None:
    paragraph = Paragraph("d", "p1", "operative", text)
    found = passages(paragraph)
    assert len({(p.start, p.end) for p in found}) == len(found)
    assert all(p.text == text[p.start : p.end] for p in found)
