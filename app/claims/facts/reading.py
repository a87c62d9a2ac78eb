"""A sentence read: its tokens, and the hard facts in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from app.claims.facts.countries import Translate, find_countries
from app.claims.facts.dates import find_dates
from app.claims.facts.fact import Fact
from app.claims.facts.numbers import find_numbers_in
from app.claims.facts.numerals import in_digits
from app.claims.facts.ordinals import find_ordinals
from app.claims.facts.polarity import negated
from app.claims.facts.tokens import Token, tokens_of
from app.claims.words import words_of
from embeddings.lexical import stop_words


@dataclass(frozen=True, slots=True)
class Reading:
    """A text and what stands in it.

    Attributes:
        text: As it came.
        language: Its language.
        tokens: Words, numbers and signs.
        facts: Numbers, dates, ordinals, summits and countries, in order.
        content: Positions of the tokens that carry what it is about.
        negated: Position of each negated content word to that of its negation.
    """

    text: str
    language: str
    tokens: Sequence[Token]
    facts: Sequence[Fact]
    content: Sequence[int]
    negated: dict[int, int] = field(default_factory=dict)

    def of_kind(self, *kinds: str) -> list[Fact]:
        """Return the facts of some kinds."""
        return [fact for fact in self.facts if fact.kind in kinds]

    def position(self, fact: Fact) -> int:
        """Return the position of a fact's first token."""
        return next(i for i, token in enumerate(self.tokens) if token.end > fact.start)

    def around(self, start: int, end: int) -> list[int]:
        """Return the positions of the tokens of a span."""
        return [i for i, token in enumerate(self.tokens) if token.start < end and start < token.end]


def read(
    text: str, language: str, *, translate: Translate | None = None, ignored: Collection[int] = frozenset()
) -> Reading:
    """Read a text.

    Args:
        text: A claim or a passage.
        language: Its language.
        translate: Gives English words for demonyms of other languages.
        ignored: Offsets of words that carry no content here.
    """
    tokens = tokens_of(text)
    digital = in_digits(text, language)
    dates = find_dates(digital, language)
    ordinals = [o for o in find_ordinals(digital, language) if not _overlaps(o, dates)]
    numbers = find_numbers_in(digital, [*dates, *ordinals])
    countries = find_countries(text, tokens, language, translate)
    facts = sorted([*dates, *ordinals, *numbers, *countries], key=lambda fact: fact.start)
    return Reading(text, language, tokens, facts, _content(tokens, language, facts, ignored), negated(tokens, language))


def names_in(reading: Reading) -> list[int]:
    """Return the positions of words that name something: capitalised inside a sentence, or an acronym."""
    found = []
    for place in reading.content:
        token = reading.tokens[place]
        opens = place == 0 or reading.tokens[place - 1].text in '.!?:;«“"¿¡—'
        is_acronym = len(token.text) > 1 and token.text.isupper()
        if is_acronym or (re.match(r"[A-ZÀ-ÞÑ]", token.text) and not opens):
            found.append(place)
    return found


def _content(tokens: Sequence[Token], language: str, facts: Sequence[Fact], ignored: Collection[int]) -> list[int]:
    """Return the words that are no function words, no negations and no part of a number or date."""
    empty = stop_words(language) | words_of(language).empty
    hard = [fact for fact in facts if fact.kind != "country"]
    return [
        place
        for place, token in enumerate(tokens)
        if token.is_word
        and len(token.text) > 1
        and token.lower not in empty
        and token.start not in ignored
        and not any(fact.start <= token.start < fact.end for fact in hard)
    ]


def _overlaps(fact: Fact, others: Sequence[Fact]) -> bool:
    return any(other.start < fact.end and fact.start < other.end for other in others)
