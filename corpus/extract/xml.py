"""XML texts, Akoma Ntoso among them: every element with words of its own is a block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.blocks import Block, Extracted
from corpus.errors import UnreadableError
from corpus.normalize import tidy

_HEADINGS = frozenset({"title", "heading", "head", "subheading", "h1", "h2", "h3"})
_SKIPPED = frozenset({"meta", "note", "authorialNote", "teiHeader", "script", "style"})
_ITEMS, _ORDERED = frozenset({"listitem", "li", "item"}), frozenset({"orderedlist", "ol"})
_INLINE = frozenset(
    {"ref", "b", "i", "em", "strong", "sup", "sub", "span", "a", "date", "term", "person", "organization"}
)


def extract_xml(data: bytes) -> Extracted:
    """Read an XML text. External entities are never loaded.

    Raises:
        UnreadableError: It is not well-formed.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(f"the XML is not well-formed ({error})") from error
    return Extracted(tuple(_walk(root)), "application/xml")


def _walk(root: Any) -> Iterator[Block]:  # noqa: ANN401 - lxml is untyped
    mark = ""
    stack = [root]
    while stack:
        element = stack.pop()
        name = _name(element)
        if not name or name in _SKIPPED:
            continue
        if name == "num":
            mark = tidy("".join(element.itertext()))
            continue
        mark = element.get("tag") or _ordered(element, name) or mark
        if (element.text or "").strip() or (len(element) and all(_name(child) in _INLINE for child in element)):
            text = tidy("".join(element.itertext()))
            yield Block(text, role="heading" if name in _HEADINGS else "text", mark=mark)
            mark = ""
            continue
        stack.extend(reversed(element))


def _ordered(element: Any, name: str) -> str:  # noqa: ANN401
    """Return the mark of an item of an ordered list that prints none of its own."""
    parent = element.getparent()
    if name not in _ITEMS or parent is None or _name(parent) not in _ORDERED:
        return ""
    return f"{1 + sum(_name(before) == name for before in element.itersiblings(preceding=True))}."


def _name(element: Any) -> str:  # noqa: ANN401
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
