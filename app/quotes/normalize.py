"""The one form in which a quotation and a text are compared, with the way back to the text's own offsets.

White space, quotation marks, dashes, soft hyphens and Unicode form do not count; everything else does. Spaces and
hyphens vanish here, so that one lookup finds `March1` and a word broken at a line end whatever stands between the
letters; `divisions` then tells which of the differences in them are mere layout. Between digits they stay, because
`10-5` is not `105`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

QUOTATION_MARKS = "\"'`´‘’‚‛“”„‟«»‹›′″＂＇ʼ"
DASHES = "-‐‑‒–—―−﹘﹣－"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
_DIGIT_SPACE = re.compile(r"(?<=\d) +(?=\d)")
_DIGIT_DASH = re.compile(r"(?<=\d) *-[ -]*(?=\d)")
_MINUS = re.compile(r"(?<![^ (])-(?=\d)")
_DOUBLED = re.compile(r"''+")
_REMEMBERED = 4_000
"""Characters up to which the comparable form of a text is remembered."""
_LAST_SPACE = 0x3000
"""The highest white space of Unicode, the ideographic one."""
_KEPT = {" ": "\x01", "-": "\x02"}


def _table() -> dict[int, str | None]:
    spaces = {code: " " for code in range(_LAST_SPACE + 1) if chr(code).isspace() or code < ord(" ")}
    marks = {ord(c): "'" for c in QUOTATION_MARKS} | {ord(c): "-" for c in DASHES}
    return {ord(c): None for c in INVISIBLE} | marks | spaces


_MAP = _table()


@dataclass(frozen=True)
class Canonical:
    """A text in comparable form.

    Attributes:
        source: The text as it is.
        text: Its comparable form, letter case kept.
    """

    source: str
    text: str

    @cached_property
    def folded(self) -> str:
        """The comparable form in lower case, as long as `text`."""
        return fold_case(self.text)

    @cached_property
    def spans(self) -> Sequence[tuple[int, int]]:
        """Where each character of `text` stands in `source`: (start, end)."""
        spans: list[tuple[int, int]] = []
        at = 0
        for char, start, end in _pieces(self.source):
            mapped = _MAP.get(ord(char), char)
            if mapped is not None and at < len(self.text) and self.text[at] == _KEPT.get(mapped, mapped):
                spans.append((start, end))
                at += 1
        return spans

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source offsets of `text[start:end]`."""
        return self.spans[start][0], self.spans[end - 1][1]


def canonical(text: str) -> Canonical:
    """Bring a text into comparable form; short texts are remembered.

    Examples:
        >>> canonical("co-operation,  “March1”").text
        "cooperation,'March1'"
        >>> canonical("10 - 5 and 10 5").text == canonical("105 and 105").text
        False
    """
    return _remembered(text) if len(text) <= _REMEMBERED else form(text)


def form(text: str) -> Canonical:
    """Bring a text into comparable form, like `canonical`, without remembering it."""
    plain = text if _is_plain(text) else "".join(char for char, _, _ in _pieces(text))
    plain = plain.translate(_MAP)
    plain = _DIGIT_DASH.sub("\x02", _DIGIT_SPACE.sub("\x01", plain))
    plain = _MINUS.sub("\x02", plain).replace(" ", "").replace("-", "")
    return Canonical(text, _DOUBLED.sub("'", plain))


_remembered = lru_cache(maxsize=1_024)(form)


def fold_case(text: str) -> str:
    """Lower-case a text without changing its length."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _is_plain(text: str) -> bool:
    return text.isascii() or unicodedata.is_normalized("NFKC", text)


def _pieces(text: str) -> list[tuple[str, int, int]]:
    """Return the characters of a text in compatibility form, each with the source span it comes from.

    Numbers such as `²` keep their form: 10² is not 102. So do marks that the form would take apart.
    """
    if _is_plain(text):
        return [(char, at, at + 1) for at, char in enumerate(text)]
    pieces: list[tuple[str, int, int]] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        cluster = text[start:end]
        is_kept = unicodedata.category(cluster[0]) == "No" or cluster[0] in QUOTATION_MARKS
        form: Literal["NFC", "NFKC"] = "NFC" if is_kept else "NFKC"
        pieces.extend((char, start, end) for char in unicodedata.normalize(form, cluster))
        start = end
    return pieces
