"""Which extractor reads which media type."""

from __future__ import annotations

from dataclasses import replace

from corpus.blocks import Extracted
from corpus.errors import UnreadableError
from corpus.extract import detect
from corpus.readable import measure_legibility

MAX_CHARACTERS = 10_000_000
_CLEAN = 0.9


def extract(data: bytes, *, name: str = "", declared: str = "") -> Extracted:
    """Read a document of any supported kind, in this process. Untrusted bytes go through `sandbox.extract_safely`.

    Args:
        data: The document's bytes.
        name: File name, to tell Markdown from text.
        declared: Media type a server gave.

    Raises:
        UnreadableError: It is of another kind, damaged, not what it is called, or mostly not words.
    """
    extracted = _extract(data, detect.detect_type(data, name=name, declared=declared))
    text = "\n".join(block.text for block in extracted.blocks)
    if len(text) > MAX_CHARACTERS:
        raise UnreadableError(f"the text has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read")
    legibility = measure_legibility(text)
    if not legibility.is_readable:
        raise UnreadableError(
            f"needs OCR: only {legibility.windows:.0%} of the text is made of words; "
            "run it through OCR and add the result"
        )
    if legibility.windows < _CLEAN:
        oddity = f"{1 - legibility.windows:.0%} of the text is not made of words; parts of it may need OCR"
        return replace(extracted, warnings=(*extracted.warnings, oddity))
    return extracted


def _extract(data: bytes, media_type: str) -> Extracted:
    if media_type == detect.PDF:
        from corpus.extract.pdf import extract_pdf

        return extract_pdf(data)
    if media_type == detect.DOCX:
        from corpus.extract.docx import extract_docx

        return extract_docx(data)
    if media_type == detect.HTML:
        from corpus.extract.html import extract_html

        return extract_html(data)
    if media_type == detect.XML:
        from corpus.extract.xml import extract_xml

        return extract_xml(data)
    if media_type == detect.MARKDOWN:
        from corpus.extract.markdown import extract_markdown

        return extract_markdown(data)
    from corpus.extract.text import extract_text

    return extract_text(data)
