"""Keys at rest."""

import stat
from pathlib import Path

import pytest

from app.errors import InputError, SettingsError
from app.keys import FILE, KeyRing


def test_key_is_known_by_what_was_shown_once(tmp_path: Path) -> None:
    key, text = KeyRing(tmp_path).create("newsroom")
    assert KeyRing(tmp_path).identify(text) == key.id


def test_key_is_kept_as_a_hash_that_only_the_owner_reads(tmp_path: Path) -> None:
    _, text = KeyRing(tmp_path).create("newsroom")
    file = tmp_path / FILE
    assert text.rpartition("_")[2] not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "change", [lambda _: "", lambda t: t[:-1], lambda t: f"{t}x", lambda t: t.upper(), lambda _: "\ud800"]
)
def test_anything_else_is_no_key(tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    ring = KeyRing(tmp_path)
    _, text = ring.create("newsroom")
    assert ring.identify(change(text)) is None


def test_revoked_key_counts_no_more_in_a_process_that_knew_it(tmp_path: Path) -> None:
    server = KeyRing(tmp_path)
    key, text = KeyRing(tmp_path).create("newsroom")
    assert server.identify(text)
    KeyRing(tmp_path).revoke(key.id)
    assert server.identify(text) is None


def test_revoking_an_unknown_key_names_the_known_ones(tmp_path: Path) -> None:
    key, _ = KeyRing(tmp_path).create("newsroom")
    with pytest.raises(InputError, match=key.id):
        KeyRing(tmp_path).revoke("none")


def test_damaged_file_is_said_and_lets_nobody_in(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{")
    with pytest.raises(SettingsError, match="damaged"):
        KeyRing(tmp_path).identify("cqa_a_b")
