"""What a language model wrote, read as it comes: objects with a sentence and its quotations, in whatever wrapping.

Models asked for JSON lines also send arrays, code fences, prose around, trailing commas or one object around all. So an
object is taken at any depth the moment it closes. What is not whole is never completed. Nothing here is trusted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from json_repair import repair_json

LONGEST_RECORD = 8_000
_DEEPEST = 20
_MOST_QUOTES = 8


@dataclass(frozen=True, slots=True)
class Record:
    """One sentence as a model wrote it.

    Attributes:
        sentence: With white space made plain.
        quotes: Pairs of evidence id and quotation.
    """

    sentence: str
    quotes: tuple[tuple[str, str], ...]


def read_records(pieces: Iterable[str]) -> Iterator[Record]:
    """Yield the records of a model's text, each as soon as it is whole; skip all else.

    Args:
        pieces: The text as it comes, cut anywhere.
    """
    for fields in read_objects(pieces, key="sentence"):
        record = as_record(fields)
        if record is not None:
            yield record


def as_record(fields: Mapping[str, Any]) -> Record | None:
    """Return the record that an object holds, or None if it has another shape.

    Examples:
        >>> as_record({"sentence": "It rains.", "quotes": [{"id": "E1", "quote": "rain"}]})
        Record(sentence='It rains.', quotes=(('E1', 'rain'),))
        >>> as_record({"sentence": "It rains.", "quotes": "rain"})
    """
    sentence, quotes = fields.get("sentence"), fields.get("quotes")
    if not isinstance(sentence, str) or not isinstance(quotes, list) or not 0 < len(quotes) <= _MOST_QUOTES:
        return None
    pairs = [(quote.get("id"), quote.get("quote")) for quote in quotes if isinstance(quote, dict)]
    found = tuple((source, said) for source, said in pairs if isinstance(source, str) and isinstance(said, str))
    plain = " ".join(sentence.split())
    return Record(plain, found) if plain and len(found) == len(quotes) else None


def read_objects(pieces: Iterable[str], *, key: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of a text that have a key, at any depth, each the moment it closes.

    Args:
        pieces: The text as it comes, cut anywhere.
        key: Objects without it are skipped.
    """
    reader = _Reader()
    for piece in pieces:
        for text in reader.feed(piece):
            value = _loads(text) if key in text else None
            if isinstance(value, dict) and key in value:
                yield value


def _loads(text: str) -> Any:  # noqa: ANN401 - whatever a model wrote
    with suppress(ValueError, RecursionError):
        return json.loads(text, object_pairs_hook=_without_doubles)
    with suppress(ValueError, RecursionError, IndexError):
        return repair_json(text, return_objects=True, skip_json_loads=True)
    return None


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build an object, or an empty one where a key stands twice and so says two things."""
    return dict(pairs) if len({key for key, _ in pairs}) == len(pairs) else {}


class _Reader:
    """Finds objects in a stream of letters."""

    def __init__(self) -> None:
        self._text = ""
        self._opened: list[int] = []
        self._at = 0
        self._is_string = False
        self._is_escaped = False

    def feed(self, piece: str) -> Iterator[str]:
        """Take the next letters and yield the objects that they close, the inner before the outer."""
        self._text += piece
        while self._at < len(self._text):
            closed = self._step(self._text[self._at])
            self._at += 1
            if closed is not None:
                yield self._text[closed : self._at]
        self._forget()

    def _step(self, letter: str) -> int | None:
        """Take one letter; return where the object starts that it closes."""
        if (
            letter == "\n"
        ):  # a string of JSON cannot go over a line, so a lost quotation mark loses no more than its line
            self._is_string = self._is_escaped = False
        elif self._is_escaped:
            self._is_escaped = False
        elif letter == "\\":
            self._is_escaped = self._is_string
        elif letter == '"':
            self._is_string = not self._is_string and bool(self._opened)
        elif self._is_string:
            pass
        elif letter == "{":
            self._opened.append(self._at)
        elif letter == "}" and self._opened:
            return self._opened.pop()
        return None

    def _forget(self) -> None:
        """Let go of objects that are too long or too deep, and of all text before the first one open."""
        self._opened = [start for start in self._opened if self._at - start <= LONGEST_RECORD][-_DEEPEST:]
        first = self._opened[0] if self._opened else self._at
        self._text = self._text[first:]
        self._at -= first
        self._opened = [start - first for start in self._opened]
