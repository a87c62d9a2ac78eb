"""From a text's blocks to citable paragraphs, numbered as the text prints them.

A printed number counts only as a link of the best chain through all numbers (`chain`), so that a year or a reference at
the start of a wrapped line is never taken for a paragraph. Words stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.blocks import Block
from corpus.chain import Candidate, Link, find_chain, is_flattened
from corpus.headings import is_capital_heading, is_division, is_format_heading, is_short_heading
from corpus.marks import Mark, is_ended, read_mark
from corpus.model import Paragraph, Section
from corpus.outline import Draft, Outline

SEGMENTATION_VERSION = 4
"""Raised whenever the same blocks may give other paragraphs."""

_LONG_WORDS = 1500
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Segmentation:
    """Paragraphs, headings and what looked odd.

    Attributes:
        text: The normalised source text: title, headings and paragraphs, a line each. Offsets count in it.
    """

    title: str
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    warnings: tuple[str, ...]
    text: str


def segment(text: str, document: str) -> Segmentation:
    """Cut a plain text into citable paragraphs; see `segment_blocks`.

    Args:
        text: Lines in reading order; blank lines separate blocks.
        document: Id of the document the paragraphs belong to.
    """
    from corpus.extract.text import text_blocks

    return segment_blocks(text_blocks(text), document)


def segment_blocks(blocks: Sequence[Block], document: str) -> Segmentation:
    """Cut blocks into citable paragraphs.

    Args:
        blocks: In reading order, furniture left out.
        document: Id of the document the paragraphs belong to.

    Returns:
        Ids as the contract defines them. For every paragraph, `text[start:end]` of the result is its text.
    """
    blocks = [block for block in blocks if block.text.strip() or block.mark]
    marks = [_mark_of(block) for block in blocks]
    candidates = _candidates(blocks, marks)
    links = find_chain(candidates)
    outline = Outline(blocks, marks, links)
    outline.read()
    if not outline.drafts and blocks:
        plain = [Block(b.text, mark=b.mark) for b in blocks if any(c.isalnum() for c in b.text)]
        outline = Outline(plain, [None] * len(plain), (), has_title=False)
        outline.read()
    warnings = [*outline.warnings, *_gaps(links), *_oddities(outline.drafts)]
    if is_flattened(candidates):
        warnings.insert(
            0, "every printed number reads 1, as after a careless conversion; paragraphs are counted in order"
        )
    elif not links and outline.drafts:
        warnings.insert(0, "the text prints no paragraph numbers; the count is ours")
    return _render(outline, document, tuple(warnings))


def _mark_of(block: Block) -> Mark | None:
    if block.role == "rule":
        return None
    if not block.mark:
        return read_mark(block.text)
    mark = read_mark(f"{block.mark} X")
    return Mark(mark.family, mark.number, mark.style, 0, is_sure=True) if mark else None


def _candidates(blocks: Sequence[Block], marks: Sequence[Mark | None]) -> list[Candidate]:
    """Keep the blocks whose number may number a paragraph, with what stands before each."""
    candidates = []
    for position, (block, mark) in enumerate(zip(blocks, marks, strict=True)):
        if mark is None or (mark.family != "article" and _is_numbered_heading(block, mark)):
            continue
        before = blocks[max(0, position - 2) : position]
        has_heading = bool(before) and _is_break(before[-1])
        is_intro = bool(before) and (before[-1].text.endswith(":") or is_short_heading(before[-1].text))
        has_heading_above = len(before) > 1 and _is_break(before[-2]) and is_intro
        candidates.append(
            Candidate(
                position,
                mark,
                is_soft=block.is_soft,
                is_after_heading=has_heading or has_heading_above,
                is_in_sentence=bool(before) and before[-1].text.endswith(":"),
                is_after_open=block.is_soft and bool(before) and not is_ended(before[-1].text),
            )
        )
    return candidates


def _is_break(block: Block) -> bool:
    mark = read_mark(block.text)
    if mark is not None and mark.family == "article":
        return False
    is_heading = is_format_heading(block) or is_capital_heading(block.text) or is_division(block.text)
    return block.role == "rule" or is_heading


def _is_numbered_heading(block: Block, mark: Mark) -> bool:
    rest = block.text[mark.end :]
    if block.role == "heading":
        return not is_ended(rest)
    return mark.family == "roman" and (is_short_heading(rest) or is_capital_heading(rest))


def _gaps(links: Sequence[Link]) -> list[str]:
    found = []
    for before, after in zip([Link(-1, 0, 1), *links], links, strict=False):
        first = 0 if after.part != before.part else before.number
        if after.number > first + 1:
            missing = f"{first + 1}" if after.number == first + 2 else f"{first + 1} to {after.number - 1}"
            where = f" in part {after.part}" if after.part > 1 else ""
            found.append(f"the printed numbers skip {missing}{where}; nothing was renumbered")
    return found


def _oddities(drafts: Sequence[Draft]) -> list[str]:
    long = [draft.id for draft in drafts if sum(len(text.split()) for text in draft.texts) > _LONG_WORDS]
    return [f"{name} is unusually long; paragraphs may have run together" for name in long[:_SHOWN]]


def _render(outline: Outline, document: str, warnings: tuple[str, ...]) -> Segmentation:
    lines = [outline.title] if outline.title else []
    offset = sum(len(line) + 1 for line in lines)
    paragraphs: list[Paragraph] = []
    sections: list[Section] = []
    headings = iter([*outline.headings, None])
    heading = next(headings)
    for index, draft in enumerate(outline.drafts):
        while heading is not None and heading[1] <= index:
            sections.append(Section(*heading))
            lines.append(heading[0])
            offset += len(heading[0]) + 1
            heading = next(headings)
        lead = f"{draft.mark} " if draft.mark else ""
        text = " ".join(filter(None, draft.texts))
        start = offset + len(lead)
        lines.append(lead + text)
        offset = start + len(text) + 1
        paragraphs.append(Paragraph(document, draft.id, draft.kind, text, draft.section, start, start + len(text)))
    return Segmentation(outline.title, tuple(paragraphs), tuple(sections), warnings, "\n".join(lines))
