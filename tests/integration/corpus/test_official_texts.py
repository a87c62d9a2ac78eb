"""Real official documents, where they are at hand: every number, nothing but the text, nothing of the text lost."""

import datetime as dt
import re
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from rapidfuzz.distance import Levenshtein

from corpus.adding import Facts, Reading, add_document, read_document
from corpus.errors import InvalidDocumentError
from corpus.library import open_library, remove_document, verify

TEXTS = Path(__file__).parents[4] / "shared" / "texts"
KINGSTOWN, BUENOS_AIRES = "kingstown-2024-declaration.en.pdf", "buenos-aires-2023-declaration.en.pdf"
SUMMITS = [(KINGSTOWN, 100), (BUENOS_AIRES, 111)]
PDFS = [KINGSTOWN, BUENOS_AIRES, "un/A_RES_73_3-EN.pdf", "un/A_RES_73_8-EN.pdf"]

pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason=f"the official texts are not at hand in {TEXTS}")


@cache
def read(name: str) -> Reading:
    return read_document((TEXTS / name).read_bytes(), Facts("some-2020-where", {}, None), name=name)


def bare(text: str) -> str:
    """Leave out what is layout: blanks, hyphens, rules, bullets."""
    return re.sub(r"[\s\-*•\u00ad\ufffe]", "", text)


@pytest.mark.parametrize(("name", "count"), SUMMITS)
def test_summit_declaration_gives_every_printed_number_once_and_in_order(name: str, count: int) -> None:
    numbered = [p.id for p in read(name).cut.paragraphs if p.kind == "operative"]
    assert numbered == [f"p{number}" for number in range(1, count + 1)]


@pytest.mark.parametrize(("name", "count"), SUMMITS)
def test_summit_declaration_has_an_unnumbered_chapeau_and_nothing_odd(name: str, count: int) -> None:
    reading = read(name)
    assert [p.id for p in reading.cut.paragraphs[:2]] == ["pre1", "p1"]
    assert len(reading.cut.paragraphs) == count + 1
    assert reading.warnings == ()


@pytest.mark.parametrize(("name", "count"), SUMMITS)
def test_text_of_the_pdf_is_kept_to_one_character_in_a_thousand(name: str, count: int) -> None:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument((TEXTS / name).read_bytes())]
    lines = [line for page in pages for line in page.splitlines() if not line.strip().isdigit()]
    expected, found = bare("".join(lines)), bare(read(name).cut.text)
    assert len(expected) > 300 * count
    assert Levenshtein.distance(expected, found) < 0.001 * len(expected)


@pytest.mark.parametrize("name", PDFS)
def test_paragraph_holds_no_furniture(name: str) -> None:
    for paragraph in read(name).cut.paragraphs:
        assert not re.search(r"A/RES/73/[38]\b.*(?:embargo|tuberculosis)|\d+/\d+ 18-|18-1\d{4}|\*{3}", paragraph.text)
        assert not re.match(r"\d+\s", paragraph.text) or paragraph.kind == "closing"
        assert not re.search(r"[.;] \d{1,3}$", paragraph.text)


@pytest.mark.parametrize("name", PDFS)
def test_word_is_whole(name: str) -> None:
    text = " ".join(p.text for p in read(name).cut.paragraphs)
    words = {word.casefold() for word in re.findall(r"[^\W\d_]{3,}", text)}
    split = [f"{a} {b}" for a, b in re.findall(r"\b(?=(\w{2,}) (\w{2,}))", text) if (a + b).casefold() in words]
    assert [pair for pair in split if pair.casefold() not in {"sub regional", "health care"}] == []


@pytest.mark.parametrize(("name", "ids"), [(KINGSTOWN, ["p84"]), (BUENOS_AIRES, ["p67", "p68", "p69", "p70"])])
def test_migration_stands_where_it_is_cited(name: str, ids: list[str]) -> None:
    found = [p.id for p in read(name).cut.paragraphs if re.search(r"\bmigration\b", p.text, re.IGNORECASE)]
    assert set(ids) <= set(found)


def test_heading_is_the_section_of_what_stands_under_it() -> None:
    section = {p.id: p.section for p in read(BUENOS_AIRES).cut.paragraphs}
    assert (section["p66"], section["p67"], section["p70"]) == ("INDIGENOUS LANGUAGES", "MIGRATION", "MIGRATION")
    assert section["p71"] == "DISABILITY"


def test_footnotes_are_left_out_and_reported() -> None:
    reading = read("un/A_RES_73_3-EN.pdf")
    assert any("footnotes were left out" in warning for warning in reading.warnings)
    assert "Resolution 70/1." not in " ".join(p.text for p in reading.cut.paragraphs)


def test_ordinals_of_dates_stay_whole() -> None:
    assert "December 8th, 2023" in next(p.text for p in read(KINGSTOWN).cut.paragraphs if p.id == "p18")


@pytest.mark.parametrize(("code", "language"), [("eng", "en"), ("spa", "es"), ("por_BR", "pt"), ("fra", "fr")])
def test_universal_declaration_has_thirty_articles_in_its_language(code: str, language: str) -> None:
    reading = read(f"udhr/udhr_{code}.xml")
    articles = [int(p.id[1:].partition(".")[0]) for p in reading.cut.paragraphs if p.kind == "operative"]
    assert sorted(set(articles)) == list(range(1, 31)) == list(dict.fromkeys(articles))
    assert reading.language == language


def test_items_of_an_article_are_cited_one_by_one() -> None:
    ids = {p.id for p in read("udhr/udhr_eng.xml").cut.paragraphs}
    assert {"p3", "p16.1", "p16.2", "p16.3"} <= ids
    assert "p16" not in ids


@pytest.mark.parametrize("name", [*PDFS, "udhr/udhr_spa.xml"])
def test_paragraph_is_found_at_its_offsets(name: str) -> None:
    cut = read(name).cut
    assert [cut.text[p.start : p.end] for p in cut.paragraphs] == [p.text for p in cut.paragraphs]


def test_added_declaration_is_in_the_library_until_it_is_removed(tmp_path: Path) -> None:
    id_ = "celac-2024-kingstown"
    arguments = {"id": id_, "title": "Declaration of Kingstown", "date": "2024-03-01"}
    added = add_document(open_library(tmp_path), str(TEXTS / KINGSTOWN), **arguments)
    opened = open_library(tmp_path).document(id_)
    assert opened == added
    assert (opened.language, opened.date, opened.origin) == ("en", dt.date(2024, 3, 1), "added")
    assert (opened.source, opened.numbering) == (KINGSTOWN, "unnumbered preamble, then 1 to 100")
    assert set(verify(tmp_path).values()) == {None}
    with pytest.raises(InvalidDocumentError, match="in the library already"):
        add_document(open_library(tmp_path), str(TEXTS / KINGSTOWN), **arguments)
    remove_document(tmp_path, id_)
    assert [d.origin for d in open_library(tmp_path).documents] == ["bundled"]
