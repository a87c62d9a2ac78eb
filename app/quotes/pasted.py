"""A quotation as somebody pasted it: its wrapping, the places it marks as left out, and whom it is attributed to.

Knows the habits of quoting and nothing of the texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.quotes.normalize import DASHES, INVISIBLE, QUOTATION_MARKS

_DOTS = r"(?:…|\.{3,}|\.(?:\s\.){2,3})"
ELLIPSIS = re.compile(rf"\[\s*{_DOTS}\s*\]|\(\s*{_DOTS}\s*\)|{_DOTS}")
_EDGE = f"\\s{re.escape(QUOTATION_MARKS + INVISIBLE)}"
_LEAD = re.compile(rf"^[{_EDGE}]+")
_TAIL = re.compile(rf"[{_EDGE}]+$")
_STOP = re.compile(rf"[.,](?=[{_EDGE}]*$)")
_CUT_EDGE = re.compile(rf"^[{_EDGE}.,;:{re.escape(DASHES)}]+|[{_EDGE}.,;:{re.escape(DASHES)}]+$")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BRACKETED_LETTER = re.compile(r"(?<!\w)\[([^\W\d_])\](?=\w)")
_DASHED = re.compile(rf"(?:\s|(?<=[”»\"’]))[{re.escape(DASHES)}]{{1,2}}\s*([^\n]{{3,160}})\s*$")
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,160})[)\]]\s*[.,]?\s*$")
_MARKED = r"“[^“”]+”|«[^«»]+»|„[^„“]+“|\"[^\"]+\""
_SAID_BEFORE = re.compile(rf"^([^“”«»„\"]{{3,160}}?)\s*[:,]\s*({_MARKED})[\s.,;]*$")
_SAID_AFTER = re.compile(rf"^({_MARKED})\s*[.,]?\s*[,({re.escape(DASHES)}]+\s*([^“”«»„\"]{{3,160}}?)\)?[\s.]*$")


@dataclass(frozen=True, slots=True)
class Pasted:
    """A quotation taken apart.

    Attributes:
        pieces: Its words between the places marked as left out, without wrapping.
        is_open: Something is marked as left out at its very beginning or end.
        stop: The full stop or comma it ended with, which may be the quoting sentence's; empty if none.
        attribution: What stood beside it, which may say where it comes from.
    """

    pieces: tuple[str, ...]
    is_open: bool = False
    stop: str = ""
    attribution: str | None = None

    @property
    def words(self) -> int:
        """The number of its words."""
        return sum(len(_WORD.findall(piece)) for piece in self.pieces)

    @property
    def text(self) -> str:
        """Its words as one text, with a mark where something is left out."""
        return " … ".join(self.pieces)


def readings(text: str) -> Iterator[Pasted]:
    """Yield the ways in which a pasted text can be read, the most literal first.

    An ellipsis may be the text's own; what stands in brackets or after a dash at the end may be an attribution.

    Args:
        text: As pasted.
    """
    for body, attribution in _attributions(text):
        ways = [[body], ELLIPSIS.split(body)] if ELLIPSIS.search(body) else [[body]]
        for parts in ways:
            pasted = _pasted(parts, attribution)
            if pasted.pieces:
                yield pasted


def _attributions(text: str) -> Iterator[tuple[str, str | None]]:
    yield text, None
    if match := _IN_BRACKETS.search(text):
        yield text[: match.start()], match[1]
    if match := _DASHED.search(text):
        yield text[: match.start()], match[1]
    if match := _SAID_BEFORE.match(text.strip()):
        yield match[2], match[1]
    if match := _SAID_AFTER.match(text.strip()):
        yield match[1], match[2]


def _pasted(parts: list[str], attribution: str | None) -> Pasted:
    parts = [_BRACKETED_LETTER.sub(r"\1", part) for part in parts]
    if len(parts) == 1:
        piece, stop = _unwrapped(parts[0])
        return Pasted((piece,) if piece else (), stop=stop, attribution=attribution)
    is_open = not _WORD.search(parts[0]) or not _WORD.search(parts[-1])
    last, stop = _unwrapped(parts[-1])
    pieces = [_CUT_EDGE.sub("", part) for part in [*parts[:-1], last]]
    words = tuple(piece for piece in pieces if _WORD.search(piece))
    return Pasted(words, is_open=is_open, stop=stop, attribution=attribution)


def _unwrapped(piece: str) -> tuple[str, str]:
    """Take the wrapping off, and one full stop or comma at the end; return both."""
    piece = _TAIL.sub("", _LEAD.sub("", piece))
    if match := _STOP.search(piece):
        return _TAIL.sub("", piece[: match.start()]), match[0]
    return piece, ""
