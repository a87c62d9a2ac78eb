"""Language versions of one text, paragraph by paragraph."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.adding import Facts, keep, read_document
from corpus.library import Library, open_library
from corpus.model import Document, Paragraph
from corpus.versions import Versions, align, disagreements
from tests.builders import a_library

UDHR = Path(__file__).parents[3].parent / "shared" / "texts" / "udhr"


def a_text(*ids: str, id: str = "celac-2019-quimera", version_of: str | None = None) -> Document:  # noqa: A002
    paragraphs = tuple(Paragraph(id, name, "operative", f"{id} {name}") for name in ids)
    return Document(
        id=id, titles={"en": "Text"}, date=None, language=id[-2:], paragraphs=paragraphs, version_of=version_of
    )


def test_versions_with_the_same_numbers_are_aligned_whole() -> None:
    ours, theirs = a_text("pre1", "p1", "p2", "post1"), a_text("pre1", "p1", "p2", "post1", id="x-es")
    assert {name: same.key for name, same in align(ours, theirs).items()} == {
        name: f"x-es/{name}" for name in ("pre1", "p1", "p2", "post1")
    }


def test_a_preamble_split_otherwise_leaves_the_numbers_aligned() -> None:
    assert set(align(a_text("pre1", "p1", "p2"), a_text("pre1", "pre2", "p1", "p2", id="x-es"))) == {"p1", "p2"}


def test_a_missing_number_aligns_nothing_of_that_part() -> None:
    ours = a_text("p1", "p2", "p3", "part2.p1")
    assert set(align(ours, a_text("p1", "p2", "part2.p1", id="x-es"))) == {"part2.p1"}


def test_sub_items_are_aligned_only_where_they_are_the_same() -> None:
    ours = a_text("p1", "p1.a", "p1.b", "p2", "p2.a")
    assert set(align(ours, a_text("p1", "p1.a", "p2", "p2.a", id="x-es"))) == {"p1", "p2", "p2.a"}


def test_counterparts_meet_across_versions_of_one_text() -> None:
    library = a_library(
        a_text("p1", "p2"),
        a_text("p1", "p2", id="x-es", version_of="celac-2019-quimera"),
        a_text("p1", id="x-fr", version_of="celac-2019-quimera"),
        a_text("p1", "p2", id="other-en"),
    )
    versions = Versions(library)
    paragraph = library.paragraph("x-es", "p2")
    assert [same.key for same in versions.counterparts(paragraph)] == ["celac-2019-quimera/p2"]
    assert versions.key(paragraph) == versions.key(library.paragraph("celac-2019-quimera", "p2"))
    assert versions.key(library.paragraph("x-fr", "p1")) == ("x-fr", "p1")
    assert len(disagreements(library.document("x-fr"), versions.others(library.document("x-fr")))) == 2


@pytest.mark.skipif(not UDHR.is_dir(), reason="needs the Universal Declaration of Human Rights in ../shared/texts/udhr")
def test_four_versions_of_a_real_text_are_aligned_article_by_article(tmp_path: Path) -> None:
    for name, language in (("eng", "en"), ("spa", "es"), ("por_BR", "pt"), ("fra", "fr")):
        main = language == "en"
        facts = Facts(
            id="un-1948-paris" if main else f"un-1948-paris-{language}",
            titles={},
            date=None,
            version_of=None if main else "un-1948-paris",
        )
        path = UDHR / f"udhr_{name}.xml"
        reading = read_document(path.read_bytes(), facts, name=path.name)
        keep(Library((), tmp_path), reading, facts, titles={"": "Universal Declaration"}, origin="added", source="x")
    library = open_library(tmp_path)
    numbered = [p for p in library.document("un-1948-paris") if p.id[0] == "p" and p.id[1].isdigit()]
    assert len({paragraph.id.partition(".")[0] for paragraph in numbered}) == 30
    versions = Versions(library)
    assert all(len(versions.counterparts(paragraph)) == 3 for paragraph in numbered)
