"""How much of a paragraph to quote: the shortest span that answers, and the sentence it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.chain.align import CONDITIONS
from app.evidence.force import find_act
from app.quotes.cues import cues
from corpus.language import detect_language
from corpus.model import Passage
from embeddings.documents import clauses, sentences

SHORT_WORDS = 45
"""A sentence up to this length is quoted whole at once."""
FULL_STOP = re.compile(r"[.!?][\"'”’»)\]]*\s*$")
"""Ends a sentence that governs nothing after it."""
_WORTH_SHORTENING = 0.6
"""A shorter quotation is put before its sentence only if it is shorter than this share of it."""
_VERB_AT = 5
"""Words before the verb of a clause that is governed by no other, at most: "which is why we highlight"."""
_WORD = re.compile(r"\w+")


def short_quote(passages: Sequence[tuple[Passage, float]]) -> tuple[Passage, ...]:
    """Return the shortest quotation that answers, cuts no phrase and keeps the words that govern it.

    Args:
        passages: A paragraph's passages with how well they answer, the whole paragraph first.

    Returns:
        The best sentence if it is short; else the clause of it that answers best, without the comma after it, and
        before it what the sentence opens with, unless the clause has a verb of its own. In reading order.
    """
    best = best_passage(passages)
    sentence = whole_quote(best)
    if _length(sentence) <= SHORT_WORDS:
        return (sentence,)
    inside = [(a, b) for a, b in clauses(best.paragraph.text) if a < best.end and b > best.start]
    clause = Passage(best.paragraph, max(inside[0][0], sentence.start), inside[-1][1])
    quoted = _governed(clause, sentence)
    return quoted if sum(map(_length, quoted)) < _WORTH_SHORTENING * _length(sentence) else (sentence,)


def best_passage(passages: Sequence[tuple[Passage, float]]) -> Passage:
    """Return the sentence or clause that answers best; the paragraph where it has none."""
    whole, *parts = passages
    return max(parts, key=lambda pair: pair[1], default=whole)[0]


def whole_quote(span: Passage) -> Passage:
    """Return the sentence, or run of sentences, that a span stands in, with all that governs or limits it.

    It begins after a full stop, for what a semicolon or a colon ends governs what follows, and goes on over a colon and
    to a condition.
    """
    text = span.paragraph.text
    spans = sentences(text)
    inside = [place for place, (start, end) in enumerate(spans) if start < span.end and end > span.start]
    first, last = inside[0], inside[-1]
    while first > 0 and not FULL_STOP.search(text[: spans[first][0]]):
        first -= 1
    while last + 1 < len(spans) and _goes_on(text[: spans[last][1]], text[spans[last + 1][0] :]):
        last += 1
    return Passage(span.paragraph, spans[first][0], spans[last][1])


def opening(sentence: Passage) -> Passage:
    """Return what a sentence opens with: its clauses up to the one with the verb that says what it does."""
    found = find_act(sentence.text, detect_language(sentence.paragraph.text))
    verb = sentence.start + (sentence.text.index(found[1]) if found else 0)
    inside = [(a, b) for a, b in clauses(sentence.paragraph.text) if sentence.start <= a and b <= sentence.end]
    end = next((b for _, b in inside if b > verb), sentence.end)
    return Passage(sentence.paragraph, sentence.start, end)


def _governed(clause: Passage, sentence: Passage) -> tuple[Passage, ...]:
    """Return a clause of a sentence after what governs it; all that stands between, where that turns the sense."""
    text, paragraph = sentence.paragraph.text, sentence.paragraph
    language = detect_language(text)
    found = find_act(clause.text, language)
    has_verb = found is not None and len(clause.text[: clause.text.index(found[1])].split()) <= _VERB_AT
    head = opening(sentence)
    colon = text.rfind(":", sentence.start, clause.start)
    end = max(head.end, colon + 1)
    turned = cues(language).turning(text[sentence.start : clause.start])
    if has_verb and not turned and colon < 0:
        return (clause,)
    if end >= clause.start or not text[end : clause.start].strip(" ,"):
        return (Passage(paragraph, sentence.start, clause.end),)
    if cues(language).turning(text[end : clause.start]):
        return (Passage(paragraph, sentence.start, clause.end),)
    return (Passage(paragraph, sentence.start, end), clause)


def _goes_on(before: str, after: str) -> bool:
    """Whether a text that is cut between two sentences would lose what the first one announces or is bound by."""
    word = _WORD.search(after)
    return before.endswith(":") or (word is not None and word[0].lower() in CONDITIONS and not FULL_STOP.search(before))


def _length(span: Passage) -> int:
    return len(span.text.split())
