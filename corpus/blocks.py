"""What extraction hands to segmentation: one block per printed paragraph, heading or rule.

Knows nothing of file formats and nothing of paragraph ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["text", "heading", "rule"]


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that the source sets apart.

    Attributes:
        text: One line: the source's own words, layout mended.
        role: What the format itself says it is; `text` where it says nothing.
        mark: List mark that the format keeps apart from the text (`3.`, `(a)`); empty where the mark is in the text.
        is_soft: Set apart only because it begins like a list mark; a line wrap may do the same.
        page: Number of the page it begins on, from 1, where the format has pages.
    """

    text: str
    role: Role = "text"
    mark: str = ""
    is_soft: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """The blocks of one document, in reading order.

    Attributes:
        blocks: Blocks in reading order, page furniture left out.
        media_type: What the bytes are.
        warnings: What was left out or looked odd.
    """

    blocks: tuple[Block, ...]
    media_type: str
    warnings: tuple[str, ...] = ()
