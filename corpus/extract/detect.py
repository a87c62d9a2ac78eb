"""What bytes are, told from the bytes; a name or a server's word only settles what the bytes leave open."""

from __future__ import annotations

import io
import re
import zipfile

from corpus.errors import UnreadableError

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
XML = "application/xml"
MARKDOWN = "text/markdown"
TEXT = "text/plain"

_BY_SUFFIX = {
    ".pdf": PDF,
    ".docx": DOCX,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".xml": XML,
    ".akn": XML,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".txt": TEXT,
    ".text": TEXT,
}
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Word document (.doc); save it as DOCX or PDF"),
    (b"{\\rtf", "an RTF document; save it as DOCX or PDF"),
    (b"\x89PNG", "a picture; it needs OCR first"),
    (b"\xff\xd8\xff", "a picture; it needs OCR first"),
    (b"GIF8", "a picture; it needs OCR first"),
    (b"II*\x00", "a picture; it needs OCR first"),
    (b"MM\x00*", "a picture; it needs OCR first"),
    (b"\x1f\x8b", "a compressed file; unpack it first"),
    (b"7z\xbc\xaf", "a compressed file; unpack it first"),
    (b"Rar!", "a compressed file; unpack it first"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_LOOSE = frozenset({TEXT, MARKDOWN})
_MARKUP = frozenset({HTML, XML})
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|h[1-6])\b", re.IGNORECASE)


def detect_type(data: bytes, *, name: str = "", declared: str = "") -> str:
    """Return the media type of a document.

    Args:
        data: Its bytes.
        name: File name or path of the address; only its ending counts.
        declared: Media type a server gave, with or without parameters.

    Raises:
        UnreadableError: It is nothing that can be read, or not what its name or the server says.
    """
    found = _found(data)
    claimed = _claimed(name, declared)
    if claimed is None or claimed == found:
        return found
    if found in _LOOSE and claimed in _LOOSE:
        return claimed
    if found in _MARKUP and claimed in _MARKUP:
        return found
    if found == TEXT and claimed == HTML:
        return HTML
    if found in _MARKUP and claimed == MARKDOWN:
        return MARKDOWN
    raise UnreadableError(f"it is called {claimed} but is {found}; give the real document, or name it for what it is")


def _claimed(name: str, declared: str) -> str | None:
    suffix = re.search(r"\.\w+$", name.lower())
    by_name = _BY_SUFFIX.get(suffix[0]) if suffix else None
    media = declared.partition(";")[0].strip().lower()
    if media == "application/xhtml+xml":
        return HTML
    if media in {"text/xml", XML}:
        return XML
    return media if media in {PDF, DOCX, HTML, MARKDOWN} else by_name


def _found(data: bytes) -> str:
    if not data.strip():
        raise UnreadableError("it is empty")
    head = data[:1024]
    if b"%PDF-" in head:
        return PDF
    if head.startswith(b"PK"):
        return _archive(data)
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise UnreadableError(f"it is {what}")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<?xml"):
        return HTML if re.search(rb"<html[\s>]", data[:4096], re.IGNORECASE) else XML
    if start.startswith(b"<") and _HTML.search(data[:4096]):
        return HTML
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in data[:65536] and not is_wide:
        raise UnreadableError("it is a binary file of an unknown kind; give a PDF, DOCX, HTML, Markdown or text file")
    return TEXT


def _archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableError(f"it is a damaged archive ({error})") from error
    if "word/document.xml" in names:
        return DOCX
    raise UnreadableError("it is an archive, but not a Word document; unpack it, or save it as DOCX or PDF")
