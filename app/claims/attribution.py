"""Whom and what a claim invokes: "According to paragraph 4 of the declaration, …", "CELAC decided that …".

The head is told from closed-class words and the names of texts and their makers, so that what is left is what the
claim says. Nothing here knows what the texts hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.chain.references import Reference, find_reference
from app.claims.facts.tokens import Token, tokens_of
from app.claims.words import pattern, words_of
from app.evidence.force import Act, find_act
from app.grammar import grammar

_LONGEST_HEAD = 90
_OPENING = 12
"""Words in which a statement names who says it."""
_REFERENCE_TAIL = r"\s*(?:n[.º°o]{1,2}\s*)?\d{1,3}(?:\s*(?:\([a-z]+\)|[a-z]\b))?"


@dataclass(frozen=True, slots=True)
class Attribution:
    """A claim taken apart.

    Attributes:
        head: What stands before the statement; empty where the claim has no head.
        start: Offset of the statement in the claim.
        act: What the claim says was done: decided, urged, recalled; None where it does not say.
        verb: The claim's words that say so.
        is_mention: The claim is that the texts speak of something.
        reference: The paragraph it names.
    """

    head: str
    start: int
    act: Act | None
    verb: str
    is_mention: bool
    reference: Reference

    def statement(self, claim: str) -> str:
        """Return what is stated, without the head and without the paragraph's number."""
        return claim[self.start :]


def attribution(claim: str, language: str) -> Attribution:
    """Take a claim apart.

    Args:
        claim: One sentence or clause.
        language: Its language.

    Examples:
        >>> attribution("The declaration says that migration is rising.", "en").head
        'The declaration says that '
    """
    words = words_of(language)
    start = 0
    for head in _heads(language):
        if (match := head.match(claim, start)) and (not match["verb"] or _says(match["verb"], match[0], language)):
            start = match.end()
    found = opening_act(claim, language)
    reference = find_reference(claim, grammar(language))
    is_mention = bool(pattern(words.mention).search(claim[: start + _LONGEST_HEAD]))
    return Attribution(
        claim[:start], start, found and found[0], found[1] if found else "", is_mention, _only_named(reference)
    )


def opening_act(claim: str, language: str) -> tuple[Act, str] | None:
    """Return the first act that a claim says was done, by its opening, with the words that say it."""
    tokens = tokens_of(claim)[:_OPENING]
    for place, token in enumerate(tokens):
        if not token.is_word or (place and tokens[place - 1].lower in words_of(language).determiners):
            continue
        found = find_act(claim[token.start : token.start + _LONGEST_HEAD], language)
        if found and _is_passive(tokens[:place], found[1], language):
            return None
        if found and claim[token.start :].lower().startswith(found[1].lower()):
            return found
    return None


def _is_passive(before: Sequence[Token], verb: str, language: str) -> bool:
    """Whether a verb of adopting is in the passive: "the declaration was adopted in" says when and where, not what."""
    words = words_of(language)
    return bool(before) and verb.lower() in words.adopted and before[-1].lower in {*words.auxiliary, "se"}


def frame_offsets(statement: str, language: str) -> frozenset[int]:
    """Return where a statement's words name the text or its makers, or say that they say, want or do something.

    Only its opening counts, up to the first such verb: further on the same words are what it is about.
    """
    words = words_of(language)
    nouns = words.names | set(grammar(language).paragraph)
    act = opening_act(statement, language)
    acting = set(re.findall(r"\w+", act[1].lower())) if act else set()
    verbs = (words.verbs | set(grammar(language).frame) | acting) - nouns - words.empty
    tokens = tokens_of(statement)[:_OPENING]
    found: list[int] = []
    for place, token in enumerate(tokens):
        is_noun = place > 0 and tokens[place - 1].lower in words.determiners
        if token.lower in nouns:
            found.append(token.start)
        elif token.lower in verbs and not is_noun:
            found.append(token.start)
            follow = tokens[place + 1 : place + 4]
            found += [other.start for other in follow if other.lower in acting]
            break
    return frozenset(found)


def reference_spans(claim: str, language: str) -> list[tuple[int, int]]:
    """Return where a claim names a paragraph, so that its number is not taken for one of the statement."""
    nouns = "|".join(re.escape(noun) for noun in sorted(grammar(language).paragraph, key=len, reverse=True))
    found = re.finditer(rf"(?:(?<!\w)(?:{nouns})|¶){_REFERENCE_TAIL}", claim, re.IGNORECASE)
    return [match.span() for match in found]


def _says(verb: str, head: str, language: str) -> bool:
    """Whether the word before "that" is a verb of saying or wanting, or one that does what the text does."""
    words = words_of(language)
    said = {*grammar(language).frame, *words.attitude, *words.mention}
    act = opening_act(head, language)
    return verb.lower() in said or (act is not None and act[1].lower().endswith(verb.lower()))


def _only_named(reference: Reference) -> Reference:
    """Leave out what only questions mean by a reference: the next one, the last one, a bare number."""
    return Reference(numbers=() if reference.is_bare else reference.numbers, ids=reference.ids)


@lru_cache(maxsize=8)
def _heads(language: str) -> tuple[re.Pattern[str], ...]:
    """Return the heads in the order in which they may follow one another."""
    words = words_of(language)
    nouns = "|".join(
        re.escape(noun).replace(r"\ ", r"\s+").replace("'", "['’]")
        for noun in sorted(
            {*words.texts, *words.summits, *words.makers, *grammar(language).paragraph}, key=len, reverse=True
        )
    )
    according = _any(words.according)
    at = _any(words.at)
    that = _any(words.that)
    near = rf"[^,;:.]{{0,{_LONGEST_HEAD}}}?"
    none = r"(?P<verb>)"
    return (
        re.compile(
            rf"{none}\s*{according}\s+{near}(?<!\w)(?:{nouns})(?!\w)[^,;:]{{0,{_LONGEST_HEAD}}}?,\s*", re.IGNORECASE
        ),
        re.compile(rf"{none}\s*{at}\s+{near}(?<!\w)(?:{nouns})(?!\w)[^,;:]{{0,{_LONGEST_HEAD}}}?,\s*", re.IGNORECASE),
        re.compile(rf"\s*{near}(?<!\w)(?:{nouns})(?!\w){near}\s(?P<verb>\w+)\s+{that}\s+", re.IGNORECASE),
    )


def _any(phrases: tuple[str, ...]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace("'", "['’]") for phrase in ordered) + ")"
