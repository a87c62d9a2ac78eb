"""The table of opposites, and how it is made from WordNet's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from embeddings.errors import EncoderUnavailableError
from embeddings.opposites import Opposites, load_opposites
from embeddings.training.opposites import write_opposites

_NOUNS = (
    "00000001 00 n 01 war 0 001 ! 00000002 n 0101 | fighting\n00000002 00 n 01 peace 0 001 ! 00000001 n 0101 | calm\n"
)
_ADJECTIVES = (
    "00000001 00 a 01 willing 0 001 ! 00000002 a 0101 | ready\n"
    "00000002 00 a 01 unwilling 0 002 ! 00000001 a 0101 & 00000003 a 0000 | not ready\n"
    "00000003 00 s 01 forced 0 001 & 00000002 a 0000 | made to\n"
)


@pytest.fixture
def wordnet(tmp_path: Path) -> Path:
    (tmp_path / "data.noun").write_text("  1 This file is a made one\n" + _NOUNS)
    (tmp_path / "data.adj").write_text(_ADJECTIVES)
    for part in ("verb", "adv"):
        (tmp_path / f"data.{part}").write_text("")
    return tmp_path


def test_opposites_go_through_adjectives_that_are_alike(wordnet: Path, tmp_path: Path) -> None:
    vocabulary = {"war", "peace", "willing", "unwilling", "forced"}
    assert write_opposites(wordnet, tmp_path / "table", vocabulary) == 5
    table = Opposites(tmp_path / "table")
    assert table.of("war") == {"peac"}
    assert "forc" in table.of("will")


def test_a_changed_table_is_refused(wordnet: Path, tmp_path: Path) -> None:
    write_opposites(wordnet, tmp_path / "table", {"war", "peace"})
    (tmp_path / "table" / "en.tsv.gz").write_bytes(b"something else")
    with pytest.raises(EncoderUnavailableError, match="manifest"):
        Opposites(tmp_path / "table")


def test_the_bundled_table_knows_common_opposites() -> None:
    assert "voluntari" in load_opposites().of("forc")
    assert "increas" in load_opposites().of("decreas")
