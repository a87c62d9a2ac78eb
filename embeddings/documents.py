"""From paragraphs to passages: what is embedded and matched.

A paragraph is the unit of citation; declarations have paragraphs of 250 words in one sentence. So a paragraph is
found by itself or by any of its sentences and clauses, each an exact span of it. Knows no model and no database.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from corpus.model import Paragraph, Passage

SEGMENTATION_VERSION = "2"
"""Part of the index's name: change it with anything below that moves a boundary."""

LONG_WORDS = 28
"""A span longer than this is cut further, if it has a place to cut."""

_SENTENCE_END = re.compile(r"(?<=[.;:?!])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[¿¡]*[A-ZÀ-ÞÑ0-9a-z])")
_FULL_STOP = re.compile(r"(?<=[.?!])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[¿¡]*[A-ZÀ-ÞÑ0-9])|\s*\n\s*\n\s*")
_CLAUSE_END = re.compile(
    r",\s+(?=\w+(?:ing|ando|endo|iendo|ant)\b|(?:as well as|which|including|and to|así como|bem como)\b)"
)
_COMMA = re.compile(r",\s+")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]\.[A-Z]|No|no|art|Art|para|paras|Dr|Mr|Mrs|St|Sr|Sra|vs|cf|p|pp|N|núm|Núm|n)\.[\"'”’»)\]]*\s+$"
)
_MIN_WORDS = 4


def passages(paragraph: Paragraph) -> list[Passage]:
    """Return the paragraph whole, then the sentences and clauses of it that are shorter, in reading order.

    Args:
        paragraph: Any paragraph with text.

    Returns:
        Distinct spans, the whole paragraph first.
    """
    whole = Passage(paragraph, 0, len(paragraph.text))
    spans = [span for span in cut(paragraph.text) if span != (0, len(paragraph.text))]
    return [whole, *(Passage(paragraph, start, end) for start, end in spans)]


def all_passages(paragraphs: Iterable[Paragraph]) -> Iterator[Passage]:
    """Yield the passages of many paragraphs, in order."""
    for paragraph in paragraphs:
        yield from passages(paragraph)


def cut(text: str) -> list[tuple[int, int]]:
    """Cut a text into sentences, and long sentences into clauses.

    Returns:
        Spans (start, end) in code points, in order, without white space at their ends. Neighbouring spans do not
        overlap; together they hold every word.

    Examples:
        >>> cut("We recall this. We urge that.")
        [(0, 15), (16, 29)]
    """
    spans: list[tuple[int, int]] = []
    for start, end in sentences(text):
        spans.extend(_clauses(text, start, end))
    return spans


def clauses(text: str) -> list[tuple[int, int]]:
    """Cut a text at sentence ends and where a subordinate or participial clause begins, so that no phrase is cut.

    Returns:
        Spans (start, end) in code points, in order, without the commas between them.
    """
    spans: list[tuple[int, int]] = []
    for start, end in sentences(text):
        bounds = [start, *(m.end() for m in _CLAUSE_END.finditer(text, start, end)), end]
        parts = _merge_short(text, [_strip(text, a, b) for a, b in itertools.pairwise(bounds)])
        spans += [(a, b - 1 if text[b - 1] == "," else b) for a, b in parts]
    return spans


def sentences(text: str) -> list[tuple[int, int]]:
    """Cut a text at sentence ends and semicolons.

    Returns:
        Spans (start, end) in code points, in order.
    """
    bounds = [0]
    bounds += [m.end() for m in _SENTENCE_END.finditer(text) if not _ABBREVIATION.search(text[: m.end()])]
    bounds.append(len(text))
    return _merge_short(text, [_strip(text, a, b) for a, b in itertools.pairwise(bounds)])


def full_sentences(text: str) -> list[tuple[int, int]]:
    """Cut running prose at full stops, question and exclamation marks; short sentences stay by themselves.

    Returns:
        Spans (start, end) in code points, in order, without white space at their ends.
    """
    bounds = [0]
    bounds += [m.end() for m in _FULL_STOP.finditer(text) if not _ABBREVIATION.search(text[: m.end()])]
    bounds.append(len(text))
    return [(a, b) for a, b in (_strip(text, a, b) for a, b in itertools.pairwise(bounds)) if a < b]


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if _words(text, start, end) <= LONG_WORDS:
        return [(start, end)]
    for pattern in (_CLAUSE_END, _COMMA):
        bounds = [start, *(m.end() for m in pattern.finditer(text, start, end)), end]
        parts = _merge_short(text, [_strip(text, a, b) for a, b in itertools.pairwise(bounds)])
        if len(parts) > 1:
            break
    else:
        return [(start, end)]
    return _pack(text, parts)


def _pack(text: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join neighbouring parts while they stay short."""
    packed = [parts[0]]
    for start, end in parts[1:]:
        if _words(text, packed[-1][0], end) <= LONG_WORDS:
            packed[-1] = (packed[-1][0], end)
        else:
            packed.append((start, end))
    return packed


def _merge_short(text: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in parts:
        if start >= end:
            continue
        if merged and min(_words(text, start, end), _words(text, *merged[-1])) < _MIN_WORDS:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _words(text: str, start: int, end: int) -> int:
    return text.count(" ", start, end) + 1
