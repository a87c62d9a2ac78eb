"""Markdown: blocks as CommonMark reads them, with the list numbers as printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.blocks import Block, Extracted
from corpus.extract.text import decode, text_blocks
from corpus.normalize import tidy


def extract_markdown(data: bytes) -> Extracted:
    """Read a Markdown text."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": False}).parse(decode(data))
    return Extracted(tuple(_blocks(tokens)), "text/markdown")


def _blocks(tokens: list[Any]) -> Iterator[Block]:
    mark, is_heading = "", False
    for token in tokens:
        if token.type == "list_item_open":
            mark = f"{token.info}{token.markup}" if token.info else "•"
        elif token.type in {"heading_open", "heading_close"}:
            is_heading = token.type == "heading_open"
        elif token.type == "hr":
            yield Block("***", role="rule")
        elif token.type in {"code_block", "fence", "html_block"}:
            yield from text_blocks(token.content)
        elif token.type == "inline":
            yield from _inline(token, mark, is_heading=is_heading)
            mark = ""


def _inline(token: Any, mark: str, *, is_heading: bool) -> Iterator[Block]:  # noqa: ANN401 - a markdown-it token
    """Yield the blocks of one paragraph: a line that begins with a list mark is one of its own."""
    children = token.children or []
    plain = "".join(child.content for child in children if child.type in {"text", "code_inline", "text_special"})
    is_bold = bool(children) and children[0].type == "strong_open" and children[-1].type == "strong_close"
    is_bold = is_bold and sum(child.type == "strong_open" for child in children) == 1
    if is_heading or (is_bold and not mark):
        yield Block(tidy(plain), role="heading")
        return
    lines = "".join(
        "\n" if child.type in {"softbreak", "hardbreak"} else child.content
        for child in children
        if child.type in {"text", "softbreak", "hardbreak", "code_inline", "text_special", "image"}
    )
    for index, block in enumerate(text_blocks(lines)):
        yield Block(block.text, role=block.role, mark=mark if index == 0 else "", is_soft=block.is_soft)
