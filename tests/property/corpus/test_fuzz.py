"""Anything at all goes in: paragraphs or a refusal come out, never a crash, and never words that were not there."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus.blocks import Block
from corpus.errors import UnreadableError
from corpus.extract.formats import extract
from corpus.segment import Segmentation, segment, segment_blocks
from tests.declarations import as_docx, as_html, as_pdf, as_text, declarations

MANY = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
FRAGMENTS = st.sampled_from(
    [
        *("1. ", "2. ", "3) ", "(a) ", "(i) ", "ii. ", "Article 4 ", "Primera. ", "IV. ", "• ", "- ", "***", "Annex I"),
        *(
            "\n",
            "\n\n",
            "\f",
            "\t",
            "\r\n",
            "\u2028",
            "\u00ad",
            "\u200b",
            "\u00a0",
            "\ud7ff",
            "fi\ufb01",
            "-\n",
            "e\u0301",
        ),
        *("We agree on the rights of all.", "MIGRATION", "2010, democracy", "Kingstown, 1 March 2024", "the of;"),
    ]
)
MESSES = st.lists(st.one_of(FRAGMENTS, st.text(max_size=20)), max_size=60).map("".join)
NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a.xml", "a.docx", "a.pdf", ""])


def assert_sound(cut: Segmentation) -> None:
    assert len({p.id for p in cut.paragraphs}) == len(cut.paragraphs)
    for paragraph in cut.paragraphs:
        assert paragraph.text == " ".join(paragraph.text.split()) != ""
        assert cut.text[paragraph.start : paragraph.end] == paragraph.text
    assert all(0 <= section.first <= len(cut.paragraphs) for section in cut.sections)


@MANY
@example("1. \n2. \n3. ")
@example("\f\f\f\n1\n\f2\n\f3")
@given(MESSES)
def test_any_text_is_cut_soundly(text: str) -> None:
    assert_sound(segment(text, "some-2020-where"))


@MANY
@given(MESSES)
def test_every_letter_of_a_paragraph_is_the_texts_own_and_in_order(text: str) -> None:
    import unicodedata

    source = iter(unicodedata.normalize("NFKC", text))
    for paragraph in segment(text, "some-2020-where").paragraphs:
        letters = (c for c in unicodedata.normalize("NFKC", paragraph.text) if c.isalnum() and c.isascii())
        assert all(letter in source for letter in letters)


@MANY
@given(
    st.lists(st.builds(Block, MESSES, st.sampled_from(["text", "heading", "rule"]), st.sampled_from(["", "1.", "(a)"])))
)
def test_any_blocks_are_cut_soundly(blocks: list[Block]) -> None:
    whole = [Block(" ".join(b.text.split()), b.role, b.mark, b.is_soft) for b in blocks]
    assert_sound(segment_blocks(whole, "some-2020-where"))


@MANY
@given(st.one_of(st.binary(max_size=400), MESSES.map(str.encode)), NAMES)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        extracted = extract(data, name=name)
    except UnreadableError:
        return
    assert_sound(segment_blocks(extracted.blocks, "some-2020-where"))


@pytest.mark.parametrize("write", [as_text, as_html, as_docx, as_pdf])
@FEW
@given(
    declaration=declarations(), changes=st.lists(st.tuples(st.integers(0, 2**16), st.binary(max_size=8)), max_size=6)
)
def test_damaged_document_is_read_or_refused(write, declaration, changes) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    data = bytearray(write(declaration))
    for place, patch in changes:
        start = place % len(data)
        data[start : start + len(patch)] = patch
    try:
        extracted = extract(bytes(data))
    except UnreadableError:
        return
    assert_sound(segment_blocks(extracted.blocks, "some-2020-where"))


@FEW
@given(MESSES)
def test_any_markup_inside_a_word_document_is_read_or_refused(body: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", body)
    with pytest.raises(UnreadableError):
        extract(buffer.getvalue())
