"""How much of a paragraph to quote: the shortest span that answers, and the sentence it stands in."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Passage
from embeddings.documents import clauses, sentences

SHORT_WORDS = 45
"""A sentence up to this length is quoted whole at once."""
_WORTH_SHORTENING = 0.6
"""A shorter quotation is put before its sentence only if it is shorter than this share of it."""


def short_quote(passages: Sequence[tuple[Passage, float]]) -> Passage:
    """Return the shortest span that answers and cuts no phrase.

    Args:
        passages: A paragraph's passages with how well they answer, the whole paragraph first.

    Returns:
        The best sentence if it is short, else the clause of it that answers best, without the comma after it.
    """
    best = best_passage(passages)
    sentence = whole_quote(best)
    if _length(sentence) <= SHORT_WORDS:
        return sentence
    inside = [(a, b) for a, b in clauses(best.paragraph.text) if a < best.end and b > best.start]
    clause = Passage(best.paragraph, inside[0][0], inside[-1][1])
    return clause if _length(clause) < _WORTH_SHORTENING * _length(sentence) else sentence


def best_passage(passages: Sequence[tuple[Passage, float]]) -> Passage:
    """Return the sentence or clause that answers best; the paragraph where it has none."""
    whole, *parts = passages
    return max(parts, key=lambda pair: pair[1], default=whole)[0]


def whole_quote(span: Passage) -> Passage:
    """Return the sentence, or run of sentences, that a span stands in."""
    text = span.paragraph.text
    bounds = [(start, end) for start, end in sentences(text) if start < span.end and end > span.start]
    return Passage(span.paragraph, bounds[0][0], bounds[-1][1])


def _length(span: Passage) -> int:
    return len(span.text.split())
