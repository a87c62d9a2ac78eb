"""How much of a paragraph to quote: the shortest span that answers, and the sentence it stands in."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Passage
from embeddings.documents import sentences

SHORT_WORDS = 45
"""A sentence up to this length is quoted whole at once."""


def short_quote(passages: Sequence[tuple[Passage, float]]) -> Passage:
    """Return the shortest span that answers.

    Args:
        passages: A paragraph's passages with their closeness to the question, the whole paragraph first.

    Returns:
        The closest sentence if it is short, else its closest clause.
    """
    whole, *parts = passages
    best = max(parts, key=lambda pair: pair[1], default=whole)[0]
    sentence = whole_quote(best)
    return sentence if len(sentence.text.split()) <= SHORT_WORDS else best


def whole_quote(span: Passage) -> Passage:
    """Return the sentence, or run of sentences, that a span stands in."""
    text = span.paragraph.text
    bounds = [(start, end) for start, end in sentences(text) if start < span.end and end > span.start]
    return Passage(span.paragraph, bounds[0][0], bounds[-1][1])
