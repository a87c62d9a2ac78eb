"""Words and signs of a text with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[%°$€]|[^\w\s]")
_BOUNDARY = frozenset(".;:?!()[]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a sign.

    Attributes:
        text: As written.
        start: Offset in code points.
        end: Just after it.
    """

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """In lower case."""
        return self.text.lower()

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return self.text[0].isalpha()

    @property
    def is_boundary(self) -> bool:
        """Whether it ends a clause."""
        return self.text in _BOUNDARY


def tokens_of(text: str) -> list[Token]:
    """Return the words, numbers and signs of a text, in order.

    Examples:
        >>> [token.text for token in tokens_of("March1, l’accord")]
        ['March', '1', ',', 'l', '’', 'accord']
    """
    return [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
