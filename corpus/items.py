"""Which lettered, roman and numbered marks are sub-items of the paragraph being read.

A mark counts if it begins a list or is the next of a list that is open; `(i)` after `(h)` is a letter, after anything
else the first roman number.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.marks import Item

_GAP_REACH = 3


@dataclass(slots=True)
class _Level:
    kind: str
    style: str
    value: int
    label: str


@dataclass(slots=True)
class ItemStack:
    """The lists open at one place of a text, outermost first."""

    _levels: list[_Level] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)

    def clear(self) -> None:
        """Close all lists."""
        self._levels.clear()

    def offer(self, item: Item) -> tuple[str, ...] | None:
        """Take a mark if it goes on with an open list or begins one.

        Returns:
            The labels from the outermost list to this item, or None if the mark counts for nothing here.
        """
        readings = [(kind, value) for kind, value in (("letter", item.letter), ("roman", item.roman)) if value]
        return self._take(item.label, item.style, readings)

    def offer_number(self, number: int, style: str) -> tuple[str, ...] | None:
        """Take a printed number as a sub-item, on the same terms."""
        return self._take(str(number), style, [("number", number)])

    def _take(self, label: str, style: str, readings: list[tuple[str, int]]) -> tuple[str, ...] | None:
        for reach in (1, _GAP_REACH):
            for depth in range(len(self._levels) - 1, -1, -1):
                level = self._levels[depth]
                for kind, value in readings:
                    if (kind, style) == (level.kind, level.style) and 0 < value - level.value <= reach:
                        return self._go_on(depth, value, label)
        for kind, value in reversed(readings):
            if value == 1 and all((kind, style) != (level.kind, level.style) for level in self._levels):
                self._levels.append(_Level(kind, style, 1, label))
                return self._path()
        return None

    def _go_on(self, depth: int, value: int, label: str) -> tuple[str, ...]:
        level = self._levels[depth]
        if value - level.value > 1:
            self.gaps.append(f"({level.label}) is followed by ({label})")
        del self._levels[depth + 1 :]
        level.value, level.label = value, label
        return self._path()

    def _path(self) -> tuple[str, ...]:
        return tuple(level.label for level in self._levels)
