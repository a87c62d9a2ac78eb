"""PDF: the lines of each page with their place, size and weight."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.blocks import Extracted
from corpus.errors import UnreadableError
from corpus.extract.pages import Line, page_blocks
from corpus.normalize import THIN_BLANK

_MAX_PAGES = 2000
_MAX_CHARACTERS = 8_000_000
_BOLD = 600
_BOLD_NAME, _LONGEST_FONT_NAME = re.compile(rb"bold|black|heavy", re.IGNORECASE), 100
_RAISED, _SMALL = 0.18, 0.85
_UNIT = re.compile(r"(?:\b[ckm]?m|CO|\dx?10)$")
_HYPHENS = {2, 0xFFFE, 0x00AD}
_THIN_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class _Glyph:
    char: str
    left: float
    right: float
    bottom: float
    top: float
    base: float
    is_bold: bool

    @property
    def height(self) -> float:
        return self.top - self.bottom


def extract_pdf(data: bytes) -> Extracted:
    """Read a PDF.

    Raises:
        UnreadableError: It is damaged, locked, too long, or holds no text.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"the PDF cannot be opened ({error}); save it again without a password") from error
    try:
        if len(pdf) > _MAX_PAGES:
            raise UnreadableError(f"the PDF has {len(pdf)} pages; at most {_MAX_PAGES} are read")
        lines = [line for number in range(len(pdf)) for line in _page_lines(pdf, number)]
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"a page of the PDF is damaged ({error}); save it again") from error
    finally:
        pdf.close()
    if not lines:
        raise UnreadableError(
            "needs OCR: the PDF holds pictures of pages, no text; run it through OCR and add the result"
        )
    blocks, warnings = page_blocks(lines)
    return Extracted(tuple(blocks), "application/pdf", tuple(warnings))


def _page_lines(pdf: Any, number: int) -> Iterator[Line]:  # noqa: ANN401 - pypdfium2 is untyped
    page = pdf[number]
    textpage = page.get_textpage()
    height = page.get_height()
    try:
        row: list[_Glyph] = []
        for glyph in _glyphs(textpage):
            if row and not _is_same_line(row, glyph):
                yield from _line(row, number + 1, height)
                row = []
            row.append(glyph)
        yield from _line(row, number + 1, height)
    finally:
        textpage.close()
        page.close()


def _glyphs(textpage: Any) -> Iterator[_Glyph]:  # noqa: ANN401
    from pypdfium2 import raw

    count = textpage.count_chars()
    if count > _MAX_CHARACTERS:
        raise UnreadableError(f"a page holds {count} characters; no real page does")
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in (0, 10, 13):
            continue
        raw.FPDFText_GetLooseCharBox(textpage, index, box)
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        char = "-" if code in _HYPHENS else chr(code)
        yield _Glyph(char, box.left, box.right, box.bottom, box.top, y.value, _is_bold(textpage, index))


def _is_bold(textpage: Any, index: int) -> bool:  # noqa: ANN401
    """Tell whether a character is bold, by its font's weight or, for the fonts that state none, by its font's name."""
    from pypdfium2 import raw

    if raw.FPDFText_GetFontWeight(textpage, index) >= _BOLD:
        return True
    name, flags = ctypes.create_string_buffer(_LONGEST_FONT_NAME), ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, index, name, _LONGEST_FONT_NAME, flags)
    return _BOLD_NAME.search(name.value) is not None


def _is_same_line(row: list[_Glyph], glyph: _Glyph) -> bool:
    """Tell whether a glyph stands on the line of those before it: their heights overlap and it is not far back."""
    if glyph.char == " " and glyph.height <= 0:
        return True
    last = next((g for g in reversed(row) if not g.char.isspace()), row[-1])
    overlap = min(last.top, glyph.top) - max(last.bottom, glyph.bottom)
    smaller = max(min(last.height, glyph.height), 0.1)
    is_back = glyph.left < row[0].left - 2 * max(glyph.height, 1) or glyph.right < last.left - 2 * max(glyph.height, 1)
    return overlap > 0.5 * smaller and not is_back


def _line(row: list[_Glyph], page: int, page_height: float) -> Iterator[Line]:
    ink = [glyph for glyph in row if not glyph.char.isspace()]
    if not ink:
        return
    height = Counter(round(glyph.height, 1) for glyph in ink).most_common(1)[0][0]
    base = Counter(round(glyph.base, 1) for glyph in ink if round(glyph.height, 1) == height).most_common(1)[0][0]
    text, raised = _text(row, height, base)
    if not text.strip():
        return
    yield Line(
        text=text.strip(),
        page=page,
        left=min(glyph.left for glyph in ink),
        right=max(glyph.right for glyph in ink),
        base=base,
        size=height,
        is_bold=sum(glyph.is_bold for glyph in ink) > 0.8 * len(ink),
        page_height=page_height,
        note_marks=raised,
    )


def _text(row: list[_Glyph], height: float, base: float) -> tuple[str, tuple[str, ...]]:
    """Return a line's text without raised footnote numbers, and those numbers. Ordinals and powers are kept."""
    text, mark = "", ""
    marks: list[str] = []
    for index, glyph in enumerate(row):
        is_raised = _is_raised(glyph, height, base)
        if is_raised and glyph.char.isdigit() and text.strip() and not _UNIT.search(text):
            mark += glyph.char
            continue
        if is_raised and glyph.char.isalpha() and (mark or text.rstrip()[-1:].isdigit()):
            text, mark = text.rstrip() + mark + glyph.char, ""
            continue
        if mark:
            marks.append(mark)
            text, mark = text.rstrip() + (" " if glyph.char.isalnum() else ""), ""
        text += THIN_BLANK if _is_thin(row, index) else glyph.char
    if mark:
        marks.append(mark)
    return text, tuple(marks)


def _is_thin(row: list[_Glyph], index: int) -> bool:
    """Tell whether a blank is only the reader's guess at a gap, and one narrower than blanks between words are."""
    glyph = row[index]
    if glyph.char != " " or glyph.right > glyph.left or not 0 < index < len(row) - 1:
        return False
    before, after = row[index - 1], row[index + 1]
    return after.left - before.right < _THIN_SHARE * max(before.height, after.height)


def _is_raised(glyph: _Glyph, height: float, base: float) -> bool:
    return glyph.height < _SMALL * height and glyph.base > base + _RAISED * height
