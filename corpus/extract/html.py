"""HTML pages: the main text without navigation and other residue of the web."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus.blocks import Block, Extracted, Role
from corpus.errors import UnreadableError
from corpus.extract.text import begins_list_item
from corpus.marks import RULE
from corpus.normalize import tidy

_SKIPPED = frozenset(
    [
        *("script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button", "select"),
        *("option", "iframe", "object", "svg", "canvas", "figure", "figcaption", "audio", "video", "head"),
    ]
)
_BLOCKS = frozenset(
    [
        *("p", "div", "section", "article", "main", "li", "ol", "ul", "dl", "dt", "dd", "blockquote", "pre", "table"),
        *("tbody", "thead", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "center", "address", "body", "html"),
        *("hr", "fieldset", "details", "summary"),
    ]
)
_RESIDUE = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|comments?|related|breadcrumbs?|cookies?|menu|sidebar|newsletter|nav|navbar|"
    r"navigation|tags?|pagination|widget|advert\w*|banner|skip-link|reading-time|screen-reader-text|sharedaddy)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "menu", "dialog"})
_MAIN_SHARE = 0.4
_HEADING = re.compile(r"h[1-6]")
_NOTE = re.compile(r"^[\[(]?(?:\d{1,3}|[*†‡]|[a-z])[\])]?$")


def extract_html(data: bytes) -> Extracted:
    """Read an HTML page.

    Raises:
        UnreadableError: It holds no text.
    """
    from lxml import etree, html

    parser = html.HTMLParser(encoding=_encoding(data), huge_tree=False, no_network=True, remove_comments=True)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise UnreadableError(f"the HTML page holds no text ({error})") from error
    return Extracted(tuple(_walk(_main(root))), "text/html")


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:4096])
    for encoding in ("utf-8", declared[1].decode("ascii", "replace") if declared else "cp1252"):
        try:
            data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return encoding
    return "cp1252"


def _main(root: Any) -> Any:  # noqa: ANN401 - lxml is untyped
    """Return the element that holds the text: `main` or `article` where it has most of it, else the body."""
    whole = max(_weight(root), 1)
    for path in (".//main", ".//article", ".//*[@role='main']"):
        found = max(root.iterfind(path), key=_weight, default=None)
        if found is not None and _weight(found) > _MAIN_SHARE * whole:
            return found
    body = root.find("body")
    return root if body is None else body


def _weight(element: Any) -> int:  # noqa: ANN401
    return sum(len(text) for text in element.itertext())


def _is_residue(element: Any) -> bool:  # noqa: ANN401
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return not _holds_text(element)
    if element.get("hidden") is not None or element.get("aria-hidden") == "true" or element.get("role") in _ROLES:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag not in {"body", "html", "main", "article"} and _RESIDUE.search(names) is not None


def _holds_text(element: Any) -> bool:  # noqa: ANN401
    """Tell whether a header inside an article holds its heading: that is text, not residue."""
    return (
        element.tag == "header" and element.getparent() is not None and element.getparent().tag in {"article", "main"}
    )


def _walk(root: Any) -> Iterator[Block]:  # noqa: ANN401
    """Yield the blocks under an element, in reading order, without recursion."""
    writer = _Writer()
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, is_done = stack.pop()
        if is_done:
            yield from writer.leave(element)
            if element is not root:
                writer.add(element.tail)
            continue
        if _is_residue(element):
            writer.add(element.tail)
            continue
        yield from writer.enter(element)
        stack.append((element, True))
        if not writer.is_note(element):
            writer.add(element.text)
            stack.extend((child, False) for child in reversed(element))
    yield from writer.flush()


class _Writer:
    """Collects running text until the next boundary of a block."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._mark = ""
        self._roles: list[Role] = []
        self._is_plain = False

    def add(self, text: str | None) -> None:
        if text:
            self._parts.append(text)
            self._is_plain |= bool(text.strip()) and not self._roles

    def is_note(self, element: Any) -> bool:  # noqa: ANN401
        return element.tag == "sup" and _NOTE.match("".join(element.itertext()).strip()) is not None

    def enter(self, element: Any) -> Iterator[Block]:  # noqa: ANN401
        if element.tag in _BLOCKS:
            yield from self.flush()
        if element.tag == "br":
            self._parts.append("\n")
        if element.tag == "hr":
            yield Block("***", role="rule")
        if element.tag == "li":
            self._mark = list_mark(element)
        if _HEADING.fullmatch(element.tag) or element.tag in {"strong", "b"}:
            self._roles.append("heading")

    def leave(self, element: Any) -> Iterator[Block]:  # noqa: ANN401
        if _HEADING.fullmatch(element.tag):
            yield from self.flush()
        if (_HEADING.fullmatch(element.tag) or element.tag in {"strong", "b"}) and self._roles:
            self._roles.pop()
        if element.tag in _BLOCKS:
            yield from self.flush()

    def flush(self) -> Iterator[Block]:
        """Yield what was collected; a line break begins a block if a list mark or a blank line follows it."""
        is_heading = bool(self._parts) and not self._is_plain
        lines = (
            [tidy(line) for line in "".join(self._parts).split("\n")]
            if _has_break(self._parts)
            else [_one(self._parts)]
        )
        groups: list[list[str]] = []
        is_blank = True
        for line in lines:
            if line and (is_blank or begins_list_item(line)):
                groups.append([line])
            elif line:
                groups[-1].append(line)
            is_blank = not line
        for index, group in enumerate(groups):
            text = " ".join(group)
            role: Role = "rule" if RULE.match(text) else "heading" if is_heading else "text"
            yield Block(text, role=role, mark=self._mark if index == 0 else "")
        if groups:
            self._mark = ""
        self._parts, self._is_plain = [], False


def _has_break(parts: list[str]) -> bool:
    return any(part == "\n" for part in parts)


def _one(parts: list[str]) -> str:
    return tidy("".join(parts))


def list_mark(item: Any) -> str:  # noqa: ANN401
    """Return the mark a browser prints before a list item."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "•" if parent is not None and parent.tag == "ul" else ""
    value = item.get("value") or ""
    if value.isdigit():
        return _printed(int(value), parent.get("type") or "1")
    start = parent.get("start") or "1"
    number = int(start) if start.isdigit() else 1
    for sibling in item.itersiblings("li", preceding=True):
        given = sibling.get("value") or ""
        number += 1
        if given.isdigit():
            number += int(given) - int(start if start.isdigit() else 1)
            break
    return _printed(number, parent.get("type") or "1")


def _printed(number: int, style: str) -> str:
    from corpus.marks import roman_digits

    if style in "aA" and 0 < number <= 26:  # noqa: PLR2004 - letters of the alphabet
        return f"({chr(96 + number)})"
    return f"({roman_digits(number)})" if style in "iI" else f"{number}."
