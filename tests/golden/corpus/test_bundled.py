"""The bundled declaration, pinned: ids, kinds, labels, offsets, hashes."""

import hashlib

import pytest

from corpus.labels import citation_label, paragraph_label
from corpus.library import BUNDLED, bundled_documents, open_library
from corpus.segment import segment

ID = "celac-2024-kingstown-migration"
PINNED = [
    ("pre1", "preamble", 33, 272, "6dcca33a77aa17164e17576cfda88c284db59367fdc51ef9483fd030a819b42c", "preamble ¶ 1"),
    ("pre2", "preamble", 273, 665, "ed2346f8553f65e7ac8b019ef0b246e83d005816ac6763dc01e238474d63254f", "preamble ¶ 2"),
    ("pre3", "preamble", 666, 1020, "2f3f7cdf841444fb86b55ffc963c605eb7885e66a5a3b7f602a8097e2374b0ba", "preamble ¶ 3"),
    ("p1", "operative", 1026, 1638, "2c1c836b2a14a5a678a4ab79d318442139d36533b5bc50c889dc046198092be8", "¶ 1"),
    ("p2", "operative", 1644, 2190, "b9e6c294ef616564da0823ec1f4bcb7c8d6e467754d9cc365bd5d54ee274e462", "¶ 2"),
    ("p3", "operative", 2196, 2370, "782c97f05b5aca26a24bc22028e315bcdd8e9ede1570a8fde46cbcc78660117d", "¶ 3"),
    ("p4", "operative", 2376, 2680, "983459fcb3caf80473ba58104a9767ac221e46241138afd97a469fa40ff193f5", "¶ 4"),
    ("post1", "closing", 2681, 2739, "035f54c8cbdbbb7308e10ffc22faf9fc56fb4e6117fd6f35076fbb2d11af2d39", "closing ¶ 1"),
]


def test_paragraphs_are_those_pinned() -> None:
    found = [(p.id, p.kind, p.start, p.end, p.sha256, paragraph_label(p.id, "en")) for p in open_library().document(ID)]
    assert found == PINNED


def test_offsets_are_exact_in_the_normalised_text() -> None:
    cut = segment((BUNDLED / f"{ID}.txt").read_text(encoding="utf-8"), ID)
    assert [cut.text[p.start : p.end] for p in cut.paragraphs] == [p.text for p in cut.paragraphs]


def test_the_page_break_in_paragraph_2_is_mended() -> None:
    assert "such as trafficking in persons and migrant smuggling" in open_library().paragraph(ID, "p2").text


def test_what_the_source_misprints_is_kept() -> None:
    assert "held on March1, 2024, in Kingstown" in open_library().paragraph(ID, "pre1").text


def test_the_date_line_is_kept_whole() -> None:
    text = open_library().paragraph(ID, "post1").text
    assert text == "Kingstown, Saint Vincent and the Grenadines, March 1, 2024"


def test_the_bundled_bytes_are_those_recorded() -> None:
    data = (BUNDLED / f"{ID}.txt").read_bytes()
    assert [hashlib.sha256(data).hexdigest()] == [document.source_sha256 for document in bundled_documents()]


def test_the_bundled_text_has_nothing_odd() -> None:
    assert open_library().document(ID).warnings == ()


def test_the_root_hash_is_pinned() -> None:
    assert open_library().digest == "sha256:88d9229ff5b9ef58b3baf917e307e8b4482bf90492581ad2e9c65b232a4c0844"


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "Special Declaration on Migration (Kingstown, 1 March 2024), ¶ 2"),
        ("es", "Declaración Especial sobre Migración (Kingstown, 1 de marzo de 2024), ¶ 2"),
        ("pt", "Declaração Especial sobre Migração (Kingstown, 1 de março de 2024), ¶ 2"),
        ("fr", "Déclaration spéciale sur la migration (Kingstown, 1 mars 2024), ¶ 2"),
    ],
)
def test_citation_label_is_localised(language: str, label: str) -> None:
    assert citation_label(open_library().document(ID), "p2", language) == label
