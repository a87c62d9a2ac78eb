"""What is refused, and that refusing costs little: untrusted bytes never crash, hang or fill the memory."""

import contextlib
import io
import os
import signal
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import UnreadableError
from corpus.extract.sandbox import Limits, extract_safely

PROSE = "We reaffirm that the States of the region will work together for all of the people who live in it. "


def refusal(data: bytes, **arguments: object) -> str:
    with pytest.raises(UnreadableError) as caught:
        extract_safely(data, **arguments)  # type: ignore[arg-type]
    return str(caught.value)


def canvas_pdf(draw: object, pages: int = 1, **arguments: object) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, **arguments)
    for number in range(pages):
        draw(canvas, number)  # type: ignore[operator]
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def word(document_xml: bytes, **members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        types = (
            b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            b'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
            b'"/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document'
            b'.main+xml"/></Types>'
        )
        relations = (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
            b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            b'Target="word/document.xml"/></Relationships>'
        )
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", document_xml)
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_scanned_pdf_needs_ocr() -> None:
    assert "needs OCR" in refusal(canvas_pdf(lambda canvas, _: canvas.rect(50, 50, 400, 600, fill=1)))


def test_glyph_codes_need_ocr_however_many_there_are() -> None:
    codes = " ".join(f"/{n % 10}/{n % 7}/i{n % 255}" for n in range(4000))
    assert "needs OCR" in refusal(codes.encode(), name="a.txt")


def test_pdf_of_glyph_codes_needs_ocr() -> None:
    def draw(canvas: object, _: int) -> None:
        for row in range(40):
            canvas.drawString(50, 800 - 18 * row, " ".join(f"/{row}/{n}/i{n * 7}" for n in range(12)))  # type: ignore[attr-defined]

    assert "needs OCR" in refusal(canvas_pdf(draw, pages=5))


def test_shifted_alphabet_needs_ocr() -> None:
    shifted = "".join(chr(ord(c) + 3) if c.isalpha() else c for c in PROSE * 60)
    assert "needs OCR" in refusal(shifted.encode(), name="a.txt")


@pytest.mark.parametrize(
    "text",
    [
        "La région réaffirme que les droits de toutes les personnes sont les mêmes. " * 3,
        "Los Estados de la región reafirman que los derechos de las personas migrantes son los de todas. ",
        "Os Estados da região reafirmam que os direitos das pessoas são os mesmos para todos. ",
        "We agree.",
    ],
)
def test_short_text_in_words_is_read(text: str) -> None:
    assert extract_safely(text.encode(), name="a.txt").blocks[0].text == text.strip()


def test_half_readable_document_is_refused() -> None:
    codes = " ".join(f"/{n % 10}/i{n % 255}" for n in range(2000))
    assert "needs OCR" in refusal((PROSE * 40 + codes).encode(), name="a.txt")


def test_error_page_called_pdf_is_refused() -> None:
    page = b"<!doctype html><html><body><h1>404 Not found</h1></body></html>"
    assert "is called application/pdf but is text/html" in refusal(page, name="declaration.pdf")
    assert "is called application/pdf but is text/html" in refusal(page, declared="application/pdf; charset=x")


def test_pdf_called_text_is_refused() -> None:
    pdf = canvas_pdf(lambda canvas, _: canvas.drawString(50, 700, PROSE))
    assert "but is application/pdf" in refusal(pdf, name="a.docx")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "needs OCR"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "needs OCR"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as DOCX or PDF"),
        (b"{\\rtf1 text}", "save it as DOCX or PDF"),
        (b"\x1f\x8b\x08" + bytes(50), "unpack it first"),
        (b"MZ" + bytes(100), "a program"),
        (b"\x00\x01\x02" * 100, "binary file"),
        (b"%PDF-1.7\nnothing more", "cannot be opened"),
        (b"PK\x03\x04 damaged", "damaged archive"),
    ],
)
def test_what_is_no_document_is_refused_with_what_to_do(data: bytes, words: str) -> None:
    assert words in refusal(data)


def test_archive_that_is_no_word_document_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", PROSE)
    assert "not a Word document" in refusal(buffer.getvalue())


def test_locked_pdf_is_refused() -> None:
    locked = canvas_pdf(lambda canvas, _: canvas.drawString(50, 700, PROSE), encrypt="secret")
    assert "without a password" in refusal(locked)


def test_archive_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = word(b"<a/>", **{"word/media/zeros": bytes(30_000_000)})
    assert len(bomb) < 100_000
    assert "no real one does" in refusal(bomb)


def test_word_document_that_lies_about_its_size_does_not_fill_the_memory() -> None:
    huge = b"<w:document xmlns:w='x'>" + b"<w:p/>" * 20_000_000
    assert refusal(word(huge), limits=Limits(memory_mb=400, time_s=30))


def test_billion_laughs_are_refused() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    data = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "ha">{entities}]><a><p>{PROSE}</p><p>&e11;</p></a>'
    try:
        text = " ".join(block.text for block in extract_safely(data.encode(), name="a.xml").blocks)
    except UnreadableError:
        return
    assert "haha" not in text


def test_external_entity_is_never_loaded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of the house")
    doctype = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY % y SYSTEM "http://127.0.0.1:9/"> %y;]>'
    data = f'<?xml version="1.0"?>{doctype}<a><p>{PROSE}</p><p>&x;</p></a>'
    try:
        text = " ".join(block.text for block in extract_safely(data.encode(), name="a.xml").blocks)
    except UnreadableError:
        return
    assert "secret" not in text


def test_external_entity_in_a_word_document_is_never_loaded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of the house")
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = (
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document xmlns:w="{namespace}">'
        f"<w:body><w:p><w:r><w:t>{PROSE}&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    try:
        text = " ".join(block.text for block in extract_safely(word(document.encode())).blocks)
    except UnreadableError:
        return
    assert "secret" not in text


def test_deeply_nested_page_is_read_or_refused() -> None:
    data = b"<!doctype html><html><body>" + b"<div>" * 100_000 + PROSE.encode()
    with contextlib.suppress(UnreadableError):
        assert extract_safely(data, name="a.html").blocks


def test_document_over_the_size_limit_is_not_read() -> None:
    assert "at most 1,000 are read" in refusal(b"a" * 1001, limits=Limits(size_bytes=1000))


def test_pdf_of_too_many_pages_is_refused() -> None:
    many = canvas_pdf(lambda canvas, number: canvas.drawString(50, 700, str(number)), pages=2001)
    assert "at most 2000 are read" in refusal(many)


def test_memory_limit_holds() -> None:
    message = refusal((PROSE * 200_000).encode(), name="a.txt", limits=Limits(memory_mb=150))
    assert "MB" in message or "characters" in message


@pytest.mark.skipif(os.name == "nt", reason="limits of this kind are POSIX's")
def test_time_limit_holds() -> None:
    start = time.monotonic()
    refusal((PROSE * 90_000).encode(), name="a.txt", limits=Limits(time_s=1))
    assert time.monotonic() - start < 20


def meet_reader(meet: Callable[[int], None]) -> threading.Thread:
    """Wait for the reading process in a thread of its own, and do something with its id."""
    children = Path(f"/proc/{os.getpid()}/task/{threading.main_thread().native_id}/children")
    if not children.exists():
        pytest.skip("the kernel does not list children")

    def wait() -> None:
        for _ in range(2000):
            for child in children.read_text().split():
                if b"corpus.extract.worker" in Path(f"/proc/{child}/cmdline").read_bytes():
                    meet(int(child))
                    return
            time.sleep(0.005)

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def test_killed_reader_is_an_error_that_says_what_to_do() -> None:
    thread = meet_reader(lambda reader: os.kill(reader, signal.SIGKILL))
    assert "save it again or give another format" in refusal((PROSE * 50_000).encode(), name="a.txt")
    thread.join()


def test_reader_sees_no_secrets_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "the-key")
    seen: list[bytes] = []
    thread = meet_reader(lambda reader: seen.append(Path(f"/proc/{reader}/environ").read_bytes()))
    extract_safely((PROSE * 2000).encode(), name="a.txt")
    thread.join()
    assert b"PYTHONSAFEPATH" in seen[0]
    assert b"the-key" not in seen[0]
