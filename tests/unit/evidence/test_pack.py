"""Evidence packs: the same bytes for the same result, every changed byte noticed, hostile files refused."""

from __future__ import annotations

import datetime as dt
import io
import json
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from app.errors import PackError, SettingsError
from app.evidence.archive import read_archive, write_archive
from app.evidence.desk import EvidenceDesk
from app.evidence.pack import MANIFEST, PACK, PAGE, SIGNATURE, canonical_json, manifest
from app.evidence.signature import open_signer
from app.quotes.check import QuoteChecker
from corpus.library import Library
from tests.builders import a_document, a_library

TEXTS = ("We call for open dialogue on migration.", "We shall not return <b>any person</b> against their will.")
NOON = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)
QUOTE = "We shall return <b>any person</b> against their will"


def a_desk(library: Library | None = None, **facts: object) -> EvidenceDesk:
    return EvidenceDesk(library or a_library(a_document(*TEXTS)), **facts)  # type: ignore[arg-type]


def a_pack(desk: EvidenceDesk | None = None) -> bytes:
    desk = desk or a_desk()
    return desk.pack({"quote": QUOTE}, QuoteChecker(desk.library).check(QUOTE), made_at=NOON)


def a_key(folder: Path, name: str = "key") -> tuple[Path, bytes]:
    key = Ed25519PrivateKey.generate()
    path = folder / f"{name}.pem"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def forged(pack: bytes, change: dict[str, str]) -> bytes:
    """Return a pack with words of its record changed and every hash made to fit."""
    files = read_archive(pack)
    for old, new in change.items():
        files[PACK] = files[PACK].replace(old.encode(), new.encode())
    files[MANIFEST] = manifest(files)
    return write_archive(files)


def test_pack_is_the_same_bytes_each_time() -> None:
    assert a_pack() == a_pack()


def test_pack_verifies_against_its_library() -> None:
    report = a_desk().verify(a_pack())
    assert (report.intact, report.matches, report.signature, report.problems) == (True, True, "none", ())
    assert (report.kind, report.asked, report.made_at) == ("quote", QUOTE, "2024-03-01T12:00:00+00:00")


def test_pack_notices_every_changed_byte() -> None:
    pack, desk = a_pack(), a_desk()
    for at in range(0, len(pack), 7):
        changed = bytearray(pack)
        changed[at] ^= 1 << (at % 8)
        assert not desk.verify(bytes(changed)).intact, at


def test_signed_pack_notices_every_changed_byte_of_its_signature(tmp_path: Path) -> None:
    desk = a_desk(sign=open_signer(a_key(tmp_path)[0]))
    pack = a_pack(desk)
    first = pack.index(b"signature.json")
    for at in range(first, first + 400):
        changed = bytearray(pack)
        changed[at] ^= 0x20
        assert not desk.verify(bytes(changed)).intact, at


@pytest.mark.parametrize("change", [lambda pack: pack + b"\0", lambda pack: b"\0" + pack, lambda pack: pack[:-1]])
def test_pack_notices_added_and_missing_bytes(change: Callable[[bytes], bytes]) -> None:
    assert not a_desk().verify(change(a_pack())).intact


def test_pack_notices_a_comment() -> None:
    out = io.BytesIO(a_pack())
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"seen"
    assert not a_desk().verify(out.getvalue()).intact


def test_pack_names_the_file_that_was_changed() -> None:
    files = read_archive(a_pack())
    files[PAGE] = files[PAGE].replace(b"migration", b"migratiom") + b" "
    assert PAGE in a_desk().verify(write_archive(files)).problems[0]


def test_pack_names_a_quotation_that_its_own_paragraph_does_not_have() -> None:
    report = a_desk().verify(forged(a_pack(), {'"start": 0': '"start": 1'}))
    assert not report.intact
    assert "p2" in report.problems[0]


def test_pack_names_what_the_library_no_longer_says() -> None:
    changed = a_desk(a_library(a_document(TEXTS[0], TEXTS[1].replace("shall", "will"))))
    report = changed.verify(a_pack())
    assert (report.intact, report.matches) == (True, False)
    assert "p2" in report.problems[0]
    assert report.notes


def test_pack_names_a_document_that_is_gone() -> None:
    report = a_desk(a_library(a_document("Other words.", id="celac-2021-elsewhere"))).verify(a_pack())
    assert not report.matches
    assert "celac-2020-somewhere" in report.problems[0]


def test_pack_escapes_what_it_shows() -> None:
    page = read_archive(a_pack())[PAGE].decode()
    assert "<b>any person" not in page
    assert "&lt;b&gt;any person" in page


def test_pack_keeps_provenance_versions_and_settings() -> None:
    desk = a_desk(versions={"encoder": "abc"}, settings={"llm": "extractive"})
    kept = json.loads(read_archive(a_pack(desk))[PACK])
    assert kept["versions"]["encoder"] == "abc"
    assert kept["settings"] == {"llm": "extractive"}
    assert kept["documents"][0]["id"] == "celac-2020-somewhere"
    assert kept["paragraphs"][0]["text"] == TEXTS[1]


def test_signed_pack_is_known_by_its_key(tmp_path: Path) -> None:
    path, public = a_key(tmp_path)
    _, other = a_key(tmp_path, "other")
    desk = a_desk(sign=open_signer(path))
    pack = a_pack(desk)
    assert desk.verify(pack, public_key=public).signature == "valid"
    assert desk.verify(pack, public_key=public).intact
    assert "another key" in desk.verify(pack, public_key=other).problems[0]
    assert "not signed" in desk.verify(a_pack(), public_key=public).problems[0]


def test_signature_of_another_pack_does_not_fit(tmp_path: Path) -> None:
    desk = a_desk(sign=open_signer(a_key(tmp_path)[0]))
    files = read_archive(forged(a_pack(), {"2024-03-01": "2024-03-02"}))
    files[SIGNATURE] = read_archive(a_pack(desk))[SIGNATURE]
    report = desk.verify(write_archive(files))
    assert (report.signature, report.intact) == ("invalid", False)


def test_signer_refuses_what_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text("nothing")
    with pytest.raises(SettingsError, match="openssl"):
        open_signer(tmp_path / "key.pem")
    with pytest.raises(SettingsError):
        open_signer(tmp_path / "absent.pem")


def test_verify_refuses_a_file_that_is_no_public_key() -> None:
    with pytest.raises(PackError, match="public key"):
        a_desk().verify(a_pack(), public_key=b"nothing")


def zipped(*entries: tuple[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", compression) as archive:
        warnings.simplefilter("ignore")
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"not a zip file",
        zipped((PACK, b"0" * 50_000_000), compression=zipfile.ZIP_DEFLATED),
        zipped(("../../etc/passwd", b"x")),
        zipped((PACK, b"{}"), (PACK, b"{}")),
        zipped(*((f"{number}", b"x") for number in range(100))),
        write_archive({PACK: b"{}", PAGE: b"", MANIFEST: manifest({PACK: b"{}", PAGE: b""})}),
        write_archive({PACK: b"[" * 5_000, PAGE: b"", MANIFEST: manifest({PACK: b"[" * 5_000, PAGE: b""})}),
        write_archive({"other": b"{}"}),
        write_archive({PACK: b"{}", PAGE: b"", MANIFEST: canonical_json([1])}),
    ],
    ids=["empty", "magic", "text", "bomb", "path", "twice", "many", "hollow", "deep", "other", "list"],
)
def test_verify_refuses_hostile_files(data: bytes) -> None:
    report = a_desk().verify(data)
    assert not report.intact
    assert report.problems
