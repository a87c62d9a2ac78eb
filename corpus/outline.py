"""Reads blocks one by one, once it is known which of them begin numbered paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, count

from corpus.blocks import Block
from corpus.chain import Link
from corpus.headings import (
    is_capital_heading,
    is_date_line,
    is_division,
    is_format_heading,
    is_short_heading,
    is_title_cased,
    is_title_line,
)
from corpus.items import ItemStack
from corpus.marks import Mark, bare, is_ended, read_dotted, read_item
from corpus.model import ParagraphKind

_ENOUGH_NUMBERS = 3
_ARTICLE_TITLE_WORDS = 12
_CLAUSE_END = re.compile(r"(?:[.;:,—–-]|[;,]\s*(?:and|or|y|e|o|u|ou|et))[\"'”’»)]*$")


@dataclass(slots=True)
class Draft:
    """A paragraph being read."""

    id: str
    kind: ParagraphKind
    section: str | None
    mark: str = ""
    texts: list[str] = field(default_factory=list)


class Outline:
    """The paragraphs, headings and title of a text, filled by `read`."""

    def __init__(
        self, blocks: Sequence[Block], marks: Sequence[Mark | None], links: Sequence[Link], *, has_title: bool = True
    ) -> None:
        self.drafts: list[Draft] = []
        self.headings: list[tuple[str, int]] = []
        self.title = ""
        self.warnings: list[str] = []
        self._blocks, self._marks = blocks, marks
        self._links = {link.position: link for link in links}
        self._last_of_part = {link.part: link.position for link in links}
        self._in_title = has_title
        self._items = ItemStack()
        self._part, self._number = 1, 0
        self._is_after_break = False
        self._has_continuation = False
        self._counts: dict[str, int] = {}
        self._ids: set[str] = set()

    def read(self) -> None:
        """Read all blocks."""
        for position in range(len(self._blocks)):
            self._take(position)
        kept = [0, *accumulate(int(any(draft.texts)) for draft in self.drafts)]
        self.headings = [(text, kept[index]) for text, index in self.headings]
        self.drafts = [draft for draft in self.drafts if any(draft.texts)]
        self.warnings += [f"list items: {gap}" for gap in self._items.gaps]

    def _take(self, position: int) -> None:
        block, link = self._blocks[position], self._links.get(position)
        if link is not None:
            self._begin(position, link)
        elif block.role == "rule":
            self._is_after_break = bool(self.drafts)
        elif self._is_heading(position):
            self._head(block.text)
        elif self._in_title and not self.drafts and not block.mark and is_title_line(block.text):
            self.title = f"{self.title} {block.text}".strip()
        elif not self._links or self._number == 0:
            self._take_unnumbered(position)
        elif self._is_tail(position):
            self._take_tail(position)
        else:
            self._take_under_number(position)

    def _begin(self, position: int, link: Link) -> None:
        block, mark = self._blocks[position], self._marks[position]
        if link.part != self._part:
            self._part, self._is_after_break = link.part, False
            self.warnings.append(f"the numbers begin again at part {link.part}")
        self._is_after_break = False
        self._number = link.number
        self._items.clear()
        text = block.text[mark.end :] if mark else block.text
        if mark and mark.family == "article":
            if text and len(text.split()) <= _ARTICLE_TITLE_WORDS and not is_ended(text):
                self._head(block.text)
                text = ""
            self._is_after_break = False
        self._add(
            f"p{link.number}", "operative", text, mark=block.mark or block.text[: mark.end if mark else 0].strip()
        )

    def _is_heading(self, position: int) -> bool:
        block = self._blocks[position]
        if block.mark or (self._is_past_last(position) and is_date_line(block.text)):
            return False
        if is_division(block.text):
            return bool(self.drafts)
        if is_format_heading(block):
            return not self._goes_on(block.text)
        if is_capital_heading(block.text):
            return self._previous_ended()
        return self._is_heading_by_shape(position)

    def _is_heading_by_shape(self, position: int) -> bool:
        text, following = self._blocks[position].text, position + 1
        if self._in_title_area() or not self._previous_ended():
            return False
        if not is_short_heading(text):
            has_headings = len(self.headings) > 1 and not self._blocks[position].is_soft
            return has_headings and is_title_cased(text) and following in self._links
        if self._links or following >= len(self._blocks):
            return following in self._links and self._number > 0
        after = self._blocks[following]
        return len(after.text.split()) > len(text.split()) and is_ended(after.text) and after.role == "text"

    def _goes_on(self, text: str) -> bool:
        return bool(self.drafts) and not self._previous_ended() and text[:1].islower()

    def _in_title_area(self) -> bool:
        return self._in_title and not self.drafts

    def _previous_ended(self) -> bool:
        last = self._last_text()
        return not last or is_ended(last) or last.endswith((",", "-", "–", "—"))

    def _last_text(self) -> str:
        texts = self.drafts[-1].texts if self.drafts else []
        return texts[-1] if texts else ""

    def _head(self, text: str) -> None:
        if not self.drafts and self._in_title and not self._counts:
            self.title = f"{self.title} {text}".strip()
            return
        self.headings.append((text, len(self.drafts)))
        self._is_after_break = True
        self._items.clear()

    def _take_unnumbered(self, position: int) -> None:
        block = self._blocks[position]
        if block.is_soft and self.drafts and not is_ended(self._last_text()):
            self.drafts[-1].texts.append(block.text)
        elif self._links:
            self._count_up("pre", "preamble", bare(block.text))
        else:
            self._count_up("u", "unnumbered", bare(block.text))

    def _is_past_last(self, position: int) -> bool:
        return bool(self._links) and position > max(self._last_of_part.values())

    def _is_tail(self, position: int) -> bool:
        return position > self._last_of_part.get(self._part, -1)

    def _take_tail(self, position: int) -> None:
        """Take a block after the last number of a part: an item, more of that paragraph, or closing words."""
        block = self._blocks[position]
        is_before_part = not self._is_past_last(position)
        is_intro = is_before_part and block.text.endswith(":") and position + 1 in self._links
        if is_before_part and (self._is_after_break or is_intro):
            self._count_up(f"part{self._part + 1}.pre", "preamble", bare(block.text))
        elif self._is_closing(block, self._marks[position]):
            self._count_up("post", "closing", bare(block.text))
        else:
            self._take_under_number(position)

    def _is_closing(self, block: Block, mark: Mark | None) -> bool:
        if self._is_after_break or is_date_line(block.text):
            return True
        is_begun = self.drafts[-1].kind == "closing"
        if is_begun or not is_ended(self._last_text()) or self._last_text().endswith(":"):
            return is_begun and not block.is_soft
        has_mark = bool(block.mark) or mark is not None or bool(read_item(block.text) or read_dotted(block.text))
        is_marked = has_mark or bare(block.text) != block.text
        return not is_marked and not self._has_continuation and self._number >= _ENOUGH_NUMBERS

    def _take_under_number(self, position: int) -> None:
        block, mark = self._blocks[position], self._marks[position]
        path = None if self._is_wrap(block) else self._item_path(block, mark)
        if path is None:
            self._has_continuation |= (
                not block.is_soft and bare(block.text) == block.text and is_ended(self._last_text())
            )
            last = self.drafts[-1]
            last.texts.append(block.text if block.is_soft else bare(block.text))
            return
        text = block.text if block.mark else block.text[path[1] :]
        label = ".".join((f"p{self._number}", *path[0]))
        self._add(label, "operative", text, mark=block.mark or block.text[: path[1]].strip())

    def _is_wrap(self, block: Block) -> bool:
        return block.is_soft and bool(self._last_text()) and not _CLAUSE_END.search(self._last_text())

    def _item_path(self, block: Block, mark: Mark | None) -> tuple[tuple[str, ...], int] | None:
        if mark is not None and mark.family == "arabic":
            path = self._items.offer_number(mark.number, mark.style) if mark.is_sure or not block.is_soft else None
            return (path, mark.end) if path else None
        dotted = read_dotted(f"{block.mark} X" if block.mark else block.text)
        if dotted and dotted[0] == self._number:
            path = self._items.offer_number(dotted[1], "n.n")
            return (path, 0 if block.mark else dotted[2]) if path else None
        item = read_item(f"{block.mark} X" if block.mark else block.text)
        path = self._items.offer(item) if item else None
        return (path, 0 if block.mark else item.end) if item and path else None

    def _count_up(self, prefix: str, kind: ParagraphKind, text: str) -> None:
        self._counts[prefix] = self._counts.get(prefix, 0) + 1
        name = f"{prefix}{self._counts[prefix]}"
        section = self.headings[-1][0] if self.headings else None
        self.drafts.append(Draft(name, kind, section, texts=[text] if text else []))

    def _add(self, name: str, kind: ParagraphKind, text: str, *, mark: str) -> None:
        prefix = f"part{self._part}." if self._part > 1 else ""
        section = self.headings[-1][0] if self.headings else None
        name = self._unique(prefix + name)
        self.drafts.append(Draft(name, kind, section, mark, [text] if text else []))

    def _unique(self, name: str) -> str:
        """Keep ids unique where one list stands twice under a number."""
        if name not in self._ids:
            self._ids.add(name)
            return name
        self.warnings.append(f"the mark of {name} is printed twice")
        return self._unique(next(f"{name}.{n}" for n in count(2) if f"{name}.{n}" not in self._ids))
