"""XML texts, Akoma Ntoso among them: every element with words of its own is a block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.blocks import Block, Extracted
from corpus.errors import UnreadableError
from corpus.normalize import tidy

_HEADINGS = frozenset({"title", "heading", "head", "subheading", "h1", "h2", "h3"})
_SKIPPED = frozenset({"meta", "note", "authorialNote", "teiHeader", "script", "style"})
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
        mark = element.get("tag") or mark  # the Universal Declaration's list items carry their number so
        if (element.text or "").strip() or (len(element) and all(_name(child) in _INLINE for child in element)):
            text = tidy("".join(element.itertext()))
            yield Block(text, role="heading" if name in _HEADINGS else "text", mark=mark)
            mark = ""
            continue
        stack.extend(reversed(element))


def _name(element: Any) -> str:  # noqa: ANN401
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
