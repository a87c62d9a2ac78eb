"""From the lines of pages to blocks: reading order, page furniture, footnotes, and where a paragraph ends."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.blocks import Block, Role
from corpus.extract.text import begins_list_item
from corpus.marks import RULE, is_ended
from corpus.normalize import LineJoiner, close_thin_blanks, mend_blanks

_EDGE = 0.14
_REPEATS = 2
_HEADER_SIZE = 0.92
_IMPRINT, _IMPRINT_GAP = 45, 1.7
_WIDE_GAP, _LEADING = 1.35, 1.1
_RUNNING_WORDS, _ENDED_SHARE = 6, 0.6
_INDENT = 0.8
_FOOTNOTE_SIZE, _FOOTNOTE_ZONE = 0.92, 0.5
_NUMBER = re.compile(r"\d+|\b[ivxl]+\b")
_PAGE_NUMBER = re.compile(
    r"^(?:page|página|pág\.?|p\.)?\s*[-–—|]?\s*\d{1,4}\s*[-–—|]?(?:\s*(?:/|of|de|sur)\s*\d{1,4})?$", re.IGNORECASE
)
_FOOTNOTE = re.compile(r"^(?:\d{1,3}|[*†‡])\s*\S")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line.

    Attributes:
        page: Page number, from 1.
        left: Left edge in points; `right` likewise.
        base: Height of the base line above the page's bottom, in points.
        size: Height of its type, in points.
        note_marks: Raised footnote numbers taken out of it.
    """

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    is_bold: bool
    page_height: float
    note_marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is usual in a document."""

    size: float
    leading: float
    right: dict[int, float]
    left: float
    is_bold: bool


def page_blocks(lines: Sequence[Line]) -> tuple[list[Block], list[str]]:
    """Cut lines into blocks, without running headers, footers, page numbers and footnotes.

    Returns:
        The blocks in reading order, and what was left out.
    """
    texts = close_thin_blanks([line.text for line in lines])
    lines = [replace(line, text=text) for line, text in zip(lines, texts, strict=True)]
    furniture = _furniture(lines)
    body = [line for index, line in enumerate(lines) if index not in furniture]
    notes = _footnotes(body)
    body = [line for index, line in enumerate(body) if index not in notes]
    warnings = [f"{len(notes)} lines of footnotes were left out"] if notes else []
    return _blocks(_in_order(body)), warnings


def _furniture(lines: Sequence[Line]) -> set[int]:
    """Find page numbers, what repeats near the edge of pages, and what stands apart there in small type."""
    pages = {line.page for line in lines}
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for line in lines:
        seen[_shape(line)].add(line.page)
    needed = max(_REPEATS, len(pages) // 4)
    usual = _usual_size(lines)
    bases = [line.base for line in lines if len(line.text) >= _IMPRINT and line.size >= _HEADER_SIZE * usual]
    lowest = min(bases, default=0.0)
    found = set()
    for index, line in enumerate(lines):
        if not _is_at_edge(line):
            continue
        is_number = _PAGE_NUMBER.match(line.text) is not None
        is_header = line.page > 1 and line.base > line.page_height / 2 and line.size < _HEADER_SIZE * usual
        is_repeated = len(seen[_shape(line)]) >= needed and not begins_list_item(line.text)
        is_imprint = len(pages) > 1 and line.page == 1 and _is_imprint(line, lowest)
        if is_number or is_header or is_repeated or is_imprint:
            found.add(index)
    return found


def _is_imprint(line: Line, lowest: float) -> bool:
    """Tell whether a short line stands below where running text ends on any page, as a document's code does."""
    is_apart = line.base < lowest - _IMPRINT_GAP * line.size
    return is_apart and len(line.text) < _IMPRINT and not is_ended(line.text) and not begins_list_item(line.text)


def _shape(line: Line) -> tuple[str, int]:
    return _NUMBER.sub("#", line.text.casefold()), round(line.base / 6)


def _is_at_edge(line: Line) -> bool:
    return not _EDGE * line.page_height < line.base < (1 - _EDGE) * line.page_height


def _footnotes(lines: Sequence[Line]) -> set[int]:
    """Find footnotes: from a line in small type that begins with its mark, to the foot of the page."""
    marks = {mark for line in lines for mark in line.note_marks}
    usual = _usual_size(lines)
    found: set[int] = set()
    for index, line in enumerate(lines):
        is_small = line.size < _FOOTNOTE_SIZE * usual and line.base < _FOOTNOTE_ZONE * line.page_height
        if not is_small:
            continue
        goes_on = index - 1 in found and lines[index - 1].page == line.page
        is_begun = _FOOTNOTE.match(line.text) is not None and (bool(marks) or bool(line.note_marks))
        is_separator = not any(c.isalnum() for c in line.text) or (line.text.isdigit() and line.text in marks)
        if goes_on or is_begun or is_separator:
            found.add(index)
    return found


def _in_order(lines: Sequence[Line]) -> list[Line]:
    """Keep the file's own order unless a page is written out of order in a single column."""
    ordered: list[Line] = []
    for page in sorted({line.page for line in lines}):
        own = [line for line in lines if line.page == page]
        downward = sorted(own, key=lambda line: (-round(line.base), line.left))
        rises = sum(after.base > before.base + before.size for before, after in pairwise(own))
        has_columns = any(
            abs(a.base - b.base) < 0.5 * a.size and (a.right < b.left or b.right < a.left)
            for a, b in pairwise(downward)
        )
        ordered += downward if rises and not has_columns else own
    return ordered


def _usual_size(lines: Sequence[Line]) -> float:
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.size, 1)] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 1.0


def _measure(lines: Sequence[Line]) -> _Measure:
    gaps = [a.base - b.base for a, b in pairwise(lines) if a.page == b.page and a.base - b.base > 0.5 * a.size]
    edges: dict[int, list[float]] = defaultdict(list)
    for line in lines:
        edges[line.page].append(line.right)
    widest = _percentile([line.right for line in lines], 0.95)
    right = {page: max(_percentile(values, 0.9), widest) for page, values in edges.items()}
    bold = sum(len(line.text) for line in lines if line.is_bold)
    leading = _percentile(gaps, 0.25) or _LEADING * _usual_size(lines)
    running = [line for line in lines if len(line.text.split()) >= _RUNNING_WORDS]
    if sum(is_ended(line.text) for line in running) > _ENDED_SHARE * len(running):  # then lines are whole paragraphs
        leading = min(leading, _LEADING * _usual_size(lines))
    return _Measure(
        size=_usual_size(lines),
        leading=leading,
        right=right,
        left=_percentile([line.left for line in lines], 0.5),
        is_bold=bold > 0.5 * sum(len(line.text) for line in lines),
    )


def _percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[int((len(values) - 1) * share)] if values else 0.0


def _blocks(lines: Sequence[Line]) -> list[Block]:
    if not lines:
        return []
    measure = _measure(lines)
    joiner = LineJoiner([line.text for line in lines])
    groups: list[tuple[list[Line], bool]] = []
    for line in lines:
        is_listed = begins_list_item(line.text)
        before = groups[-1][0][-1] if groups else None
        if before is None or RULE.match(line.text) or RULE.match(before.text) or _is_apart(before, line, measure):
            groups.append(([line], False))
        elif is_listed:
            groups.append(([line], True))
        else:
            groups[-1][0].append(line)
    texts = mend_blanks([joiner.join(line.text for line in group) for group, _ in groups])
    return [_block(group, text, is_soft, measure) for (group, is_soft), text in zip(groups, texts, strict=True) if text]


def _block(group: Sequence[Line], text: str, is_soft: bool, measure: _Measure) -> Block:  # noqa: FBT001 - unpacked
    if RULE.match(text):
        return Block(text, role="rule", page=group[0].page)
    is_bold = all(line.is_bold for line in group) and not measure.is_bold
    is_large = all(line.size > 1.1 * measure.size for line in group)
    role: Role = "heading" if is_bold or is_large else "text"
    return Block(text, role=role, is_soft=is_soft, page=group[0].page)


def _is_apart(before: Line, line: Line, measure: _Measure) -> bool:
    """Tell whether a line begins a new paragraph after the one before it."""
    starts_lower = next((c.islower() for c in line.text if c.isalnum()), False)
    is_listed = begins_list_item(line.text)
    if starts_lower and not is_ended(before.text) and not is_listed:
        return False
    if before.is_bold != line.is_bold and (is_ended(before.text) or before.is_bold):
        return not (starts_lower and before.is_bold)
    if abs(before.size - line.size) > 0.1 * measure.size:
        return True
    if is_ended(before.text) and line.text.isupper() and not before.text.isupper():
        return True
    if _is_heading_wrap(before, line, measure):
        return is_listed
    return _is_set_apart(before, line, measure)


def _is_heading_wrap(before: Line, line: Line, measure: _Measure) -> bool:
    """Tell whether two bold lines stand close in a text that is not bold."""
    is_close = 0 < before.base - line.base <= _WIDE_GAP * max(measure.leading, line.size)
    is_same = line.is_bold and before.page == line.page
    return is_same and is_close and not measure.is_bold and not is_ended(before.text)


def _is_set_apart(before: Line, line: Line, measure: _Measure) -> bool:
    """Tell whether place alone sets a line apart: a gap, an indent, or a line before it that ends early."""
    is_full = not _fits(before, line, measure)
    if before.page != line.page:
        return is_ended(before.text) or not is_full
    if before.base - line.base > _WIDE_GAP * measure.leading or line.base > before.base:
        return True
    is_indented = line.left > before.left + _INDENT * measure.size and is_ended(before.text)
    return not is_full or is_indented


def _fits(before: Line, line: Line, measure: _Measure) -> bool:
    """Tell whether the next line's first word had room on the line before: then the break is meant."""
    word = line.text.split(maxsplit=1)[0]
    width = (line.right - line.left) * (len(word) + 1) / max(len(line.text), 1)
    room = measure.right[before.page] - before.right
    return room > 1.15 * width + 0.5 * measure.size
