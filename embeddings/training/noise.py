"""Questions as they are typed in a hurry: without capitals and accents, with letters dropped, doubled or swapped."""

import random
import unicodedata

SHARE = 0.12
"""Of the questions of a training that are typed so."""
_SHARE_OF_WORDS = 0.25
_SHORTEST = 4


def hurried(text: str, rng: random.Random) -> str:
    """Return a text as somebody in a hurry types it.

    >>> hurried("¿Qué dice la declaración?", random.Random(3))
    'que dce la declaracion'
    """
    plain = unicodedata.normalize("NFD", text.lower())
    letters = "".join(c for c in plain if c.isalnum() or c in " '-")
    return " ".join(_mistyped(word, rng) for word in letters.split())


def sometimes_hurried(text: str, rng: random.Random) -> str:
    """Return a text as it is, or, at the rate of `SHARE`, as typed in a hurry."""
    return hurried(text, rng) if rng.random() < SHARE else text


def _mistyped(word: str, rng: random.Random) -> str:
    if len(word) < _SHORTEST or rng.random() > _SHARE_OF_WORDS:
        return word
    place = rng.randrange(1, len(word) - 1)
    before, letter, following, after = word[:place], word[place], word[place + 1], word[place + 2 :]
    return before + rng.choice((following + letter, following, letter + letter + following)) + after
