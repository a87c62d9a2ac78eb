"""Word documents: paragraphs in order, with the numbers that Word counts but does not store in the text."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from corpus.blocks import Block, Extracted, Role
from corpus.errors import UnreadableError
from corpus.extract.numbering import Numbering
from corpus.extract.text import begins_list_item
from corpus.marks import RULE, is_ended
from corpus.normalize import mend_blanks, tidy

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)  # RuntimeError: a locked archive
_MAX_UNPACKED = 200_000_000
_MAX_RATIO = 200
_BOLD_HEADING_WORDS = 25
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = frozenset(
    {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_MC}Fallback", f"{_W}pPr", f"{_W}rPr"}
)
_SIGNS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def extract_docx(data: bytes) -> Extracted:
    """Read a Word document.

    Raises:
        UnreadableError: It is damaged, or unpacks to more than a document can be.
    """
    check_archive(data)
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        document = Document(io.BytesIO(data))
        blocks = tuple(_blocks(document))
    except (PackageNotFoundError, XMLSyntaxError, KeyError, ValueError, AttributeError, *_DAMAGE) as error:
        raise UnreadableError(f"the Word document is damaged ({error}); open and save it again") from error
    return Extracted(blocks, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")


def check_archive(data: bytes) -> None:
    """Refuse an archive that unpacks to far more than its size.

    Raises:
        UnreadableError: It does, or it is no archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableError(f"the Word document is damaged ({error}); open and save it again") from error
    if unpacked > _MAX_UNPACKED or unpacked > _MAX_RATIO * max(len(data), 1):
        raise UnreadableError(f"the Word document unpacks to {unpacked:,} bytes; no real one does")


def _blocks(document: Any) -> Iterator[Block]:  # noqa: ANN401 - python-docx is untyped here
    numbering = Numbering(document)
    for element in document.element.body.iter(f"{_W}p"):
        if _is_in_fallback(element):
            continue
        mark = numbering.mark(element)
        is_heading = _is_heading_style(document, element) or _is_bold(element)
        yield from _paragraph(_text(element), mark, is_heading=is_heading)


def _paragraph(text: str, mark: str, *, is_heading: bool) -> Iterator[Block]:
    """Yield a paragraph's blocks: a line break begins one only where a list mark follows."""
    groups: list[list[str]] = []
    for line in (tidy(line) for line in text.split("\n")):
        if line and (not groups or begins_list_item(line)):
            groups.append([line])
        elif line:
            groups[-1].append(line)
    for index, group in enumerate(groups):
        whole = mend_blanks([" ".join(group)])[0]
        is_short = len(whole.split()) <= _BOLD_HEADING_WORDS and not (is_ended(whole) and not whole.endswith(":"))
        role: Role = "rule" if RULE.match(whole) else "heading" if is_heading and is_short else "text"
        yield Block(whole, role=role, mark=mark if index == 0 else "")


def _text(paragraph: Any) -> str:  # noqa: ANN401
    """Return the words of a paragraph: insertions included, deletions, field codes and note marks not."""
    parts: list[str] = []
    stack = [paragraph]
    while stack:
        element = stack.pop()
        if element.tag in _LEFT_OUT or (element.tag == f"{_W}p" and element is not paragraph):
            continue
        if element.tag == f"{_W}r" and _is_note_mark(element, parts):
            continue
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        parts.append(_SIGNS.get(element.tag, ""))
        stack.extend(reversed(element))
    return "".join(parts)


def _is_note_mark(run: Any, parts: list[str]) -> bool:  # noqa: ANN401
    """Tell whether a run is a raised number typed by hand after a word."""
    raised = run.find(f"{_W}rPr/{_W}vertAlign")
    text = "".join(t.text or "" for t in run.iter(f"{_W}t")).strip()
    is_raised = raised is not None and raised.get(f"{_W}val") == "superscript"
    return is_raised and text.isdigit() and "".join(parts)[-1:] not in {"m", ""}


def _is_in_fallback(element: Any) -> bool:  # noqa: ANN401
    return any(ancestor.tag == f"{_MC}Fallback" for ancestor in element.iterancestors())


def _is_heading_style(document: Any, element: Any) -> bool:  # noqa: ANN401
    style = element.find(f"{_W}pPr/{_W}pStyle")
    if style is None:
        return False
    name = next((s.name for s in document.styles if s.style_id == style.get(f"{_W}val")), "") or ""
    return name.casefold().startswith(("heading", "title", "subtitle", "título", "subtítulo", "titre"))


def _is_bold(element: Any) -> bool:  # noqa: ANN401
    runs = [r for r in element.iter(f"{_W}r") if "".join(t.text or "" for t in r.iter(f"{_W}t")).strip()]
    return bool(runs) and all(_has(run, "b") for run in runs)


def _has(run: Any, name: str) -> bool:  # noqa: ANN401
    sign = run.find(f"{_W}rPr/{_W}{name}")
    return sign is not None and sign.get(f"{_W}val") not in {"0", "false", "none"}
