"""Word's automatic numbers: counts every list as Word does, to give each paragraph the mark it prints."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from corpus.marks import roman_digits

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has counted."""

    document: Any
    _levels: dict[tuple[str, int], _Level] = field(init=False, default_factory=dict)
    _lists: dict[str, str] = field(init=False, default_factory=dict)
    _starts: dict[tuple[str, int], int] = field(init=False, default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(init=False, default_factory=dict)
    _styles: dict[str, tuple[str, int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        root = _numbering_root(self.document)
        if root is None:
            return
        for abstract in root.iter(f"{_W}abstractNum"):
            for level in abstract.iter(f"{_W}lvl"):
                key = (abstract.get(f"{_W}abstractNumId"), _integer(level.get(f"{_W}ilvl"), 0))
                self._levels[key] = _Level(
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "",
                    _integer(_value(level, "start"), 1),
                )
        for number in root.iter(f"{_W}num"):
            name = number.get(f"{_W}numId") or ""
            self._lists[name] = _value(number, "abstractNumId") or ""
            for override in number.iter(f"{_W}lvlOverride"):
                start = _value(override, "startOverride")
                if start is not None:
                    self._starts[name, _integer(override.get(f"{_W}ilvl"), 0)] = _integer(start, 1)
        for style in self.document.styles.element.iter(f"{_W}style"):
            if (place := _place(style.find(f"{_W}pPr"))) is not None:
                self._styles[style.get(f"{_W}styleId") or ""] = place

    def mark(self, paragraph: Any) -> str:  # noqa: ANN401 - an lxml element
        """Count a paragraph and return the mark Word prints before it, empty where it prints none."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return ""
        style = _value(properties, "pStyle") or ""
        place = _place(properties) or self._styles.get(style)
        if place is None or place[0] == "0" or place[0] not in self._lists:
            return ""
        return self._count(*place)

    def _count(self, name: str, depth: int) -> str:
        abstract = self._lists[name]
        level = self._levels.get((abstract, depth))
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        start = self._starts.pop((name, depth), None)
        counts[depth] = start if start is not None else counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if level.format in {"bullet", "none"}:
            return "•" if level.format == "bullet" else ""
        return re.sub(r"%(\d)", lambda m: self._digits(abstract, counts, int(m[1]) - 1), level.text)

    def _digits(self, abstract: str, counts: dict[int, int], depth: int) -> str:
        level = self._levels.get((abstract, depth))
        if level is None:
            return ""
        value = counts.get(depth, level.start)
        if level.format.endswith("Letter"):
            letter = chr(97 + (value - 1) % _LETTERS) * ((value - 1) // _LETTERS + 1)
            return letter.upper() if level.format.startswith("upper") else letter
        if level.format.endswith("Roman"):
            digits = roman_digits(value)
            return digits.upper() if level.format.startswith("upper") else digits
        return str(value)


def _numbering_root(document: Any) -> Any:  # noqa: ANN401
    from docx.opc.constants import RELATIONSHIP_TYPE

    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING and not relation.is_external:
            return relation.target_part.element
    return None


def _place(properties: Any) -> tuple[str, int] | None:  # noqa: ANN401
    """Return the list and the depth that paragraph properties name."""
    numbers = None if properties is None else properties.find(f"{_W}numPr")
    if numbers is None:
        return None
    name = _value(numbers, "numId")
    return None if name is None else (name, _integer(_value(numbers, "ilvl"), 0))


def _value(element: Any, name: str) -> str | None:  # noqa: ANN401
    child = element.find(f"{_W}{name}")
    return None if child is None else child.get(f"{_W}val")


def _integer(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isdigit() else default
