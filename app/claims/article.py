"""An article pasted whole: the quotations in it, and the sentences that say something of the texts, each in place.

Finds only; what is found is checked by the quotation and the claim checkers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from app.claims.attribution import attribution, opening_act
from app.claims.facts.tokens import tokens_of
from app.claims.words import pattern, words_of
from app.grammar import grammar, starts_with_any
from app.schemas import ArticleResult, ArticleSpan, ClaimResult, QuoteResult
from corpus.language import detect_language
from embeddings.documents import full_sentences
from embeddings.lexical import words

FEWEST_WORDS = 3
"""Words from which something in quotation marks is a quotation, not a name or a word held at arm's length."""
_OPENING = 15
_BEFORE_SUBJECT = 2
"""Words before a noun that makes it the sentence's subject: an article, an adjective."""
_MOSTLY = 0.5
_QUOTATIONS = re.compile(r"“[^“”]+”|«[^«»]+»|„[^„“”]+[“”]|\"[^\"]+\"|‚[^‚‘’]+[‘’](?!\w)|(?<!\w)‘[^‘]+?’(?!\w)|‹[^‹›]+›")
_SPOKEN = re.compile(r"^[ \t]*[—–]\s*(?P<said>[^—–\n]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Span:
    """Something in an article that can be checked.

    Attributes:
        kind: A quotation, marks not included, or a claim about the texts.
        start: Offset in code points.
        end: Just after it.
    """

    kind: Literal["quotation", "claim"]
    start: int
    end: int


def find_spans(article: str, language: str) -> list[Span]:
    """Find what can be checked in an article, in order.

    Args:
        article: Prose.
        language: Its language.

    Returns:
        Quotations of three words or more, in any style of marks, and sentences that attribute something to the texts
        or their makers. A sentence that is mostly quotation is left to the quotation.
    """
    quoted = list(_quotations(article))
    return sorted([*quoted, *_claims(article, language, quoted)], key=lambda span: (span.start, span.end))


def check_article(
    article: str, *, check_claim: Callable[[str], ClaimResult], check_quote: Callable[[str], QuoteResult]
) -> ArticleResult:
    """Check everything that can be checked in an article.

    Args:
        article: Prose.
        check_claim: Checks one claim.
        check_quote: Checks one quotation.
    """
    language = detect_language(article)
    spans = []
    for span in find_spans(article, language):
        text = article[span.start : span.end]
        spans.append(
            ArticleSpan(
                start=span.start,
                end=span.end,
                text=text,
                kind=span.kind,
                quotation=check_quote(text) if span.kind == "quotation" else None,
                claim=check_claim(text) if span.kind == "claim" else None,
            )
        )
    return ArticleResult(spans=tuple(spans), language=language, characters=len(article))


def is_about_texts(sentence: str, language: str) -> bool:
    """Whether a sentence attributes something to the texts or to those they speak for."""
    claimed = attribution(sentence, language)
    if claimed.head:
        return True
    known = words_of(language)
    opening = tokens_of(sentence)[:_OPENING]
    if not opening:
        return False
    named = pattern((*known.texts, *known.makers, *known.summits)).search(sentence[: opening[-1].end])
    if named is None:
        return False
    if sum(token.start < named.start() for token in opening) <= _BEFORE_SUBJECT:
        return True
    verbs = (known.verbs | set(grammar(language).frame)) - known.names - known.empty
    said = any(
        token.lower in verbs and not (place and opening[place - 1].lower in known.determiners)
        for place, token in enumerate(opening)
    )
    return said or opening_act(sentence, language) is not None


def _quotations(article: str) -> Iterator[Span]:
    taken: list[tuple[int, int]] = []
    for match in _QUOTATIONS.finditer(article):
        taken.append(match.span())
        yield from _quotation(article, match.start() + 1, match.end() - 1)
    for match in _SPOKEN.finditer(article):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            yield from _quotation(article, *match.span("said"))


def _quotation(article: str, start: int, end: int) -> Iterator[Span]:
    start, end = _stripped(article, start, end)
    if len(words(article[start:end])) >= FEWEST_WORDS:
        yield Span("quotation", start, end)


def _claims(article: str, language: str, quoted: list[Span]) -> Iterator[Span]:
    was_about = False
    for line in re.finditer(r"[^\n]+", article):
        for first, last in full_sentences(line[0]):
            start, end = _stripped(article, line.start() + first, line.start() + last)
            if start >= end:
                continue
            sentence = article[start:end]
            goes_on = was_about and starts_with_any(sentence, grammar(language).pronouns)
            was_about = is_about_texts(sentence, language) or (goes_on and opening_act(sentence, language) is not None)
            inside = sum(max(0, min(q.end, end) - max(q.start, start)) for q in quoted)
            if was_about and inside < _MOSTLY * (end - start):
                yield Span("claim", start, end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
