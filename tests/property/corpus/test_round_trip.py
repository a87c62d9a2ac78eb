"""One source, every format, the same paragraphs."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings

from corpus.extract.formats import extract
from corpus.segment import segment_blocks
from tests.declarations import Declaration, as_docx, as_html, as_markdown, as_pdf, as_text, declarations

FORMATS: dict[str, Callable[[Declaration], bytes]] = {
    "whole.txt": as_text,
    "wrapped.txt": lambda declaration: as_text(declaration, width=78),
    "hyphens.txt": lambda declaration: as_text(declaration, width=70, has_breaks=True),
    "lines.txt": lambda declaration: as_text(declaration, blank="\n"),
    "page.md": as_markdown,
    "page.html": as_html,
    "word.docx": as_docx,
    "print.pdf": as_pdf,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(declaration=declarations())
def test_declaration_gives_its_paragraphs_back(name: str, declaration: Declaration) -> None:
    cut = segment_blocks(extract(FORMATS[name](declaration), name=name).blocks, "some-2020-where")
    assert [(p.id, p.text) for p in cut.paragraphs] == declaration.expected
    assert [cut.text[p.start : p.end] for p in cut.paragraphs] == [p.text for p in cut.paragraphs]
