"""From chunks back to paragraphs, for pipelines that cut a text by length and know nothing of paragraphs.

A chunk is credited with every paragraph it touches, the one it covers most of its length with first: the reading that
favours it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.model import Document

SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True)
class Span:
    """Where a paragraph stands in the running text: half-open offsets in code points."""

    key: str
    start: int
    end: int


def running_text(document: Document) -> tuple[str, tuple[Span, ...]]:
    """Return the text of a document in one piece, and where its paragraphs stand in it."""
    spans: list[Span] = []
    start = 0
    for paragraph in document:
        spans.append(Span(paragraph.key, start, start + len(paragraph.text)))
        start += len(paragraph.text) + len(SEPARATOR)
    return SEPARATOR.join(paragraph.text for paragraph in document), tuple(spans)


def paragraphs_in(start: int, end: int, spans: Iterable[Span]) -> list[str]:
    """Return the paragraphs that a stretch touches, the longest part first."""
    parts = [(min(end, span.end) - max(start, span.start), span.key) for span in spans]
    return [key for length, key in sorted(parts, key=lambda part: -part[0]) if length > 0]


def merge_chunks(chunks: Iterable[tuple[list[str], float]], k: int) -> list[tuple[str, float]]:
    """Return paragraphs in the order that chunks, best first, bring them up."""
    ranked: dict[str, float] = {}
    for keys, score in chunks:
        for key in keys:
            ranked.setdefault(key, score)
    return list(ranked.items())[:k]
