"""What a quotation loses where it begins, breaks off or leaves words out: negations, conditions, ends of numbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.quotes.cues import Cues

_BEFORE, _AFTER, _NEXT = 4, 7, 2
"""Words beside a quotation that are looked at; what follows it has to begin with its second word at the latest."""
_SENTENCE_END = re.compile(r"[.;:!?](?=\s|$)")
_WORD = re.compile(r"\S+")
_NUMBER_AT_END = re.compile(r"\d\W*$")


@dataclass(frozen=True, slots=True)
class Cut:
    """Words that a quotation lost.

    Attributes:
        where: Right before it, right after it, or where it marks something as left out.
        words: The text's own.
    """

    where: Literal["before", "after", "inside", "number"]
    words: str


def find_cuts(text: str, stretches: Sequence[tuple[int, int]], cues: Cues) -> Iterator[Cut]:
    """Yield what turns the sense of quoted words and was left out beside or between them.

    Args:
        text: Of the paragraph.
        stretches: Offsets of the quoted words, in order.
        cues: Of the text's language.
    """
    start, end = stretches[0][0], stretches[-1][1]
    before = _tail(text[:start])
    if lost := cues.turning(before):
        yield Cut("before", before[before.lower().rindex(lost.lower()) :])
    for (_, left), (right, _) in itertools.pairwise(stretches):
        if lost := cues.turning(text[left:right]):
            yield Cut("inside", lost)
    yield from _after(text[start:end], text[end:], cues)


def _after(quoted: str, rest: str, cues: Cues) -> Iterator[Cut]:
    if _NUMBER_AT_END.search(quoted) and (unit := cues.magnitude.match(rest.lstrip())):
        yield Cut("number", unit[0])
    following, start = _head(rest, _AFTER), len(_head(rest, _NEXT))
    condition = cues.condition.search(following)
    if condition and condition.start() < start:
        yield Cut("after", following[: condition.end()].strip(" ,"))
    elif cues.has_negation(first := _head(rest, 1)):
        yield Cut("after", first.strip(" ,"))


def _tail(text: str) -> str:
    """Return the last words of a text, inside its last sentence."""
    ends = list(_SENTENCE_END.finditer(text))
    sentence = text[ends[-1].end() :] if ends else text
    words = list(_WORD.finditer(sentence))
    return sentence[words[-_BEFORE].start() if len(words) >= _BEFORE else 0 :].strip()


def _head(text: str, count: int) -> str:
    """Return the first words of a text, inside its first sentence."""
    end = _SENTENCE_END.search(text)
    sentence = text[: end.start()] if end else text
    words = list(_WORD.finditer(sentence))[:count]
    return sentence[: words[-1].end()] if words else ""
