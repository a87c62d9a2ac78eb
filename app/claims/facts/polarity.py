"""What a text denies: the words under a negation."""

from __future__ import annotations

from collections.abc import Sequence

from app.claims.facts.tokens import Token
from app.claims.words import words_of
from embeddings.lexical import stop_words

REACH = 3
"""Content words that a negation reaches."""
_STOPPERS = {
    "en": {"but", "and", "or", "nor"},
    "es": {"pero", "sino", "y", "e", "o", "u", "ni"},
    "pt": {"mas", "senão", "e", "ou", "nem"},
    "fr": {"mais", "et", "ou", "ni", "que"},
}


def negated(tokens: Sequence[Token], language: str) -> dict[int, int]:
    """Return which tokens stand under a negation.

    Args:
        tokens: Of one text.
        language: Its language.

    Returns:
        Position of each negated content word to the position of the word that negates it. A negation reaches the
        next content words up to the end of its clause.

    Examples:
        >>> from app.claims.facts.tokens import tokens_of
        >>> sorted(negated(tokens_of("We do not duplicate efforts, and act"), "en"))
        [3, 4]
    """
    marks = set(words_of(language).negation)
    stops = stop_words(language)
    found: dict[int, int] = {}
    for place in range(len(tokens)):
        if not _is_mark(tokens, place, marks):
            continue
        reached = 0
        for position in range(place + 1, len(tokens)):
            word = tokens[position]
            ends = word.is_boundary or word.text == "," or word.lower in _STOPPERS.get(language, ())
            if reached and ends:
                break
            if not word.is_word or word.lower in marks or word.lower in stops:
                continue
            found.setdefault(position, place)
            reached += 1
            if reached == REACH:
                break
    return found


def _is_mark(tokens: Sequence[Token], place: int, marks: set[str]) -> bool:
    token = tokens[place]
    if token.lower == "t" and place > 1:  # "don't", cut at the apostrophe
        return tokens[place - 1].text in {"'", "’"} and tokens[place - 2].lower.endswith("n")
    if token.lower == "n":  # French "n'", which is not the n of anything else
        return "n" in marks and place + 1 < len(tokens) and tokens[place + 1].text in {"'", "’"}
    return token.lower in marks
