"""Words, numbers and marks of a text, as a word diff sees them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.quotes.normalize import DASHES, INVISIBLE, QUOTATION_MARKS, fold_case
from app.quotes.pasted import ELLIPSIS

_NUMBER = r"\d+(?:[.,:/'’]\d+|[\u00a0\u202f ]\d{3}(?!\d)|[-–−]\d+)*%?"
_TOKEN = re.compile(
    rf"(?P<gap>{ELLIPSIS.pattern})|(?P<number>{_NUMBER})|(?P<word>[^\W\d_](?:[^\W\d_]|[{INVISIBLE}\u0300-\u036f]|[-‐‑'’](?=[^\W\d_]))*)"
    r"|(?P<mark>\S)"
)
_PLAIN = {ord(c): None for c in INVISIBLE} | {ord(c): "'" for c in QUOTATION_MARKS} | {ord(c): "-" for c in DASHES}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, mark or place left out.

    Attributes:
        kind: `word`, `number`, `mark` or `gap`.
        start: Offset in the text.
        end: Offset just after.
        form: What it is compared by.
        folded: Its form without letter case.
    """

    kind: str
    start: int
    end: int
    form: str
    folded: str

    @property
    def is_word(self) -> bool:
        """Whether it carries meaning of its own."""
        return self.kind in {"word", "number"}


def tokenise(text: str, *, with_gaps: bool = False) -> Sequence[Token]:
    """Return the tokens of a text in order.

    Args:
        text: Any.
        with_gaps: Whether an ellipsis marks a place left out; else it is a mark like any other.
    """
    tokens = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        if kind == "gap" and not with_gaps:
            kind = "mark"
        form = unicodedata.normalize("NFKC", match[0].translate(_PLAIN)) or match[0]
        tokens.append(Token(kind, match.start(), match.end(), form, fold_case(form)))
    return tokens
