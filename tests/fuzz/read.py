"""Coverage-guided fuzzing of extraction and segmentation: `python -m tests.fuzz.read [FOLDER] [libFuzzer options]`.

Needs atheris (`pip install --group fuzz`). The first byte of an input picks the format its name claims; a crash, a hang
(`-timeout=10`) or memory without bounds (`-rss_limit_mb=1500`) is a find.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["corpus"]):
    from corpus.errors import UnreadableError
    from corpus.extract.formats import extract
    from corpus.segment import segment_blocks

NAMES = ("a.txt", "a.md", "a.html", "a.xml", "a.docx", "a.pdf", "")


def read(data: bytes) -> None:
    """Read any bytes: paragraphs or a refusal."""
    if not data:
        return
    try:
        extracted = extract(data[1:], name=NAMES[data[0] % len(NAMES)])
    except UnreadableError:
        return
    cut = segment_blocks(extracted.blocks, "some-2020-where")
    for paragraph in cut.paragraphs:
        if cut.text[paragraph.start : paragraph.end] != paragraph.text:
            raise AssertionError(paragraph)


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
