"""Whether a text consists of words, or of what a broken text layer or a scan leaves behind.

Running prose of any European language is a third to a half function words (Zipf; the ISO stop-word lists cover 35 to
60 % of the running words of the texts at hand). Glyph codes and shifted alphabets have none. So a text is readable if
most of its signs are letters and its share of function words is not near zero; the length of the text plays no part,
except that a handful of words proves nothing either way.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

_LANGUAGES = ("en", "es", "pt", "fr", "nl", "it", "de", "ca", "gl", "ht")
_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"[\"'“‘«(\[¿¡]*([^\W\d_]{2,}(?:['’´-][^\W\d_]+)*)[\"'”’»)\].,;:!?…]*")
_LEAST_WORDS = 0.6
_LEAST_FUNCTION = 0.15
_WINDOW = 200
_LEAST_PAGES = 0.6
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Legibility:
    """How much of a text is words.

    Attributes:
        words: Share of tokens with letters that are written like a word, 0 to 1.
        function: Share of the words that are function words of the best of ten languages, 0 to 1.
        windows: Share of stretches of 200 tokens that are readable on their own, 0 to 1.
    """

    words: float
    function: float
    windows: float

    @property
    def is_readable(self) -> bool:
        """Whether the text can be cited."""
        return self.windows >= _LEAST_PAGES


def measure_legibility(text: str) -> Legibility:
    """Measure how much of a text is words.

    Examples:
        >>> measure_legibility("We reaffirm that the region must move forward with an agenda.").is_readable
        True
        >>> measure_legibility("/0/1/2/i255 /3/4/i12 /5/6/i255/0 /0/1/2 /7/8 /i255 /9 /0/1 /2/3").is_readable
        False
    """
    tokens = _TOKEN.findall(text)
    if not tokens:
        return Legibility(0.0, 0.0, 0.0)
    windows = [tokens[start : start + _WINDOW] for start in range(0, len(tokens), _WINDOW)]
    readable = sum(len(window) for window in windows if _is_readable(window))
    words, function, _ = _shares(tokens)
    return Legibility(words, function, readable / len(tokens))


def _is_readable(tokens: list[str]) -> bool:
    words, function, count = _shares(tokens)
    return words >= _LEAST_WORDS and _upper_bound(function, count) >= _LEAST_FUNCTION


def _shares(tokens: list[str]) -> tuple[float, float, int]:
    lettered = [token for token in tokens if any(c.isalnum() for c in token)]
    matches = [_WORD.fullmatch(token) for token in lettered]
    words = [match[1].casefold() for match in matches if match]
    plain = sum(token.strip("()[].,;:%–-").isdigit() or len(token.strip(".,;:()")) == 1 for token in lettered)
    if not words:
        return 0.0, 0.0, 0
    best = max(sum(word in known for word in words) for known in _function_words())
    return (len(words) + plain) / max(len(lettered), 1), best / len(words), len(words)


def _upper_bound(share: float, count: int) -> float:
    """Return the upper end of Wilson's 95 % interval for a share."""
    centre = share + _Z * _Z / (2 * count)
    spread = _Z * math.sqrt(share * (1 - share) / count + _Z * _Z / (4 * count * count))
    return (centre + spread) / (1 + _Z * _Z / count)


@lru_cache(maxsize=1)
def _function_words() -> tuple[frozenset[str], ...]:
    from stopwordsiso import stopwords

    return tuple(frozenset(stopwords(code)) for code in _LANGUAGES)
