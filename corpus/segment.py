"""From a text's lines to citable paragraphs, numbered as the text prints them.

A printed number counts only if it is the one expected next, so that a year or a reference at the start of a wrapped
line is never taken for a paragraph. Words stay as they are: only layout is mended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model import Paragraph, ParagraphKind, Section

_MARK = re.compile(r"^(?:[-–•*▪]\s+)?(\d{1,3})\s?[.)–]\s+(?=[\"'“‘«(\[¿¡]?[A-ZÀ-ÞÑ])")
_ITEM = re.compile(r"^(?:[-–•*▪]\s+)?\(?([a-z]|[ivx]{2,5})\)\s+(?=\S)")
_END = re.compile(r"[.;:!?…][\"'”’»)\]]*$")
_RULE = re.compile(r"^[*_#\-–—=\\\s]{3,}$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DATE_LINE_WORDS = 16
_HEADING_WORDS = 16


@dataclass(frozen=True, slots=True)
class Segmentation:
    """Paragraphs, headings and what looked odd."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Block:
    text: str
    start: int
    end: int


def segment(text: str, document: str) -> Segmentation:
    """Cut a text into citable paragraphs.

    Args:
        text: Lines in reading order; blank lines separate blocks.
        document: Id of the document the paragraphs belong to.

    Returns:
        Ids as the contract defines them; offsets into `text`, in code points.
    """
    blocks = _blocks(text)
    return _Segmenter(document, blocks).run()


def _blocks(text: str) -> list[_Block]:
    """Join lines that belong together: a line goes on if the one before has not ended and it starts in lower case."""
    blocks: list[_Block] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        start, end = offset, offset + len(line.rstrip())
        start += len(line) - len(line.lstrip())
        offset += len(line)
        words = line.split()
        if not words:
            continue
        if blocks and _goes_on(blocks[-1].text, words[0]):
            blocks[-1].text += " " + " ".join(words)
            blocks[-1].end = end
        else:
            blocks.append(_Block(" ".join(words), start, end))
    return blocks


def _goes_on(before: str, word: str) -> bool:
    return not _END.search(before) and (word[0].islower() or before.endswith(","))


class _Segmenter:
    def __init__(self, document: str, blocks: list[_Block]) -> None:
        self._document = document
        self._blocks = blocks
        self._paragraphs: list[Paragraph] = []
        self._sections: list[Section] = []
        self._warnings: list[str] = []
        self._number = 0
        self._after_rule = False
        self._title = ""

    def run(self) -> Segmentation:
        is_numbered = any((m := _MARK.match(b.text)) and m[1] == "1" for b in self._blocks)
        for position, block in enumerate(self._blocks):
            self._take(block, is_numbered=is_numbered, has_number_after=self._has_number_after(position))
        return Segmentation(self._title, tuple(self._paragraphs), tuple(self._sections), tuple(self._warnings))

    def _has_number_after(self, position: int) -> bool:
        wanted = self._number + 1
        return any((m := _MARK.match(b.text)) and int(m[1]) == wanted for b in self._blocks[position + 1 :])

    def _take(self, block: _Block, *, is_numbered: bool, has_number_after: bool) -> None:
        if _RULE.match(block.text):
            self._after_rule = bool(self._paragraphs)
            return
        mark = _MARK.match(block.text)
        if is_numbered and mark and int(mark[1]) == self._number + 1:
            self._number += 1
            self._add(f"p{self._number}", "operative", block, cut=mark.end())
        elif self._is_heading(block, has_number_after=has_number_after):
            self._heading(block)
        elif not is_numbered:
            self._add(f"u{self._count('u') + 1}", "unnumbered", block)
        elif self._number == 0:
            self._add(f"pre{self._count('pre') + 1}", "preamble", block)
        elif not has_number_after and (self._after_rule or _is_date_line(block.text) or self._count("post")):
            self._add(f"post{self._count('post') + 1}", "closing", block)
        else:
            self._continue(block)

    def _is_heading(self, block: _Block, *, has_number_after: bool) -> bool:
        is_short = len(block.text.split()) <= _HEADING_WORDS and not _END.search(block.text)
        is_capital = block.text.isupper() and not _END.search(block.text)
        return is_capital or (is_short and has_number_after and not _YEAR.search(block.text) and self._number > 0)

    def _heading(self, block: _Block) -> None:
        if not self._paragraphs:
            self._title = f"{self._title} {block.text}".strip()
        else:
            self._sections.append(Section(block.text, len(self._paragraphs)))

    def _continue(self, block: _Block) -> None:
        item = _ITEM.match(block.text)
        last = self._paragraphs[-1]
        if item:
            self._add(f"{self._parent(last.id)}.{item[1]}", "operative", block, cut=item.end())
            return
        joined = Paragraph(
            last.document, last.id, last.kind, f"{last.text} {block.text}", last.section, last.start, block.end
        )
        self._paragraphs[-1] = joined

    def _parent(self, paragraph_id: str) -> str:
        return paragraph_id.partition(".")[0]

    def _count(self, prefix: str) -> int:
        return sum(re.fullmatch(rf"{prefix}\d+", paragraph.id) is not None for paragraph in self._paragraphs)

    def _add(self, paragraph_id: str, kind: ParagraphKind, block: _Block, *, cut: int = 0) -> None:
        section = self._sections[-1].title if self._sections else None
        self._paragraphs.append(
            Paragraph(self._document, paragraph_id, kind, block.text[cut:], section, block.start + cut, block.end)
        )


def _is_date_line(text: str) -> bool:
    return len(text.split()) <= _DATE_LINE_WORDS and _YEAR.search(text) is not None
