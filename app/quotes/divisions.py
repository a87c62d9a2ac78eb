"""Whether two stretches that read the same letter by letter also divide them into the same words.

Scans and PDF files put blanks and hyphens inside words and lose those between them (`March1`, `migra- tion`,
`ofthe`): layout, which must not turn a true quotation into an altered one. `not able` and `notable`, `re-sign` and
`resign` are other words. What tells them apart is a dictionary: a division is taken for layout only where one of
the two readings has something in it that is not a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from app.quotes.normalize import DASHES, INVISIBLE, Canonical

IsWord = Callable[[str], bool]
"""Whether something in lower case is a word of one language."""

_VANISHING = re.compile(f"[{re.escape(INVISIBLE)}]")
_DASH = re.compile(f"[{re.escape(DASHES)}]")
_SINGLE_LETTERS = frozenset("aeiouyàéô")
"""Letters that are words by themselves in one of the four languages."""


def same_words(text: Canonical, start: int, end: int, quoted: Canonical, is_word: IsWord | None) -> bool:
    """Whether `text.text[start:end]` and `quoted` are the same words, given that their letters are the same.

    Args:
        text: Of a paragraph.
        start: Offset in its comparable form.
        end: Offset there, just after the last character.
        quoted: A whole quotation or piece of one, as long.
        is_word: Dictionary of the text's language; without one, no division inside letters is layout but a line end's.
    """
    ours, theirs = _gaps(text, start, end), _gaps(quoted, 0, len(quoted.text))
    differing = [at for at in sorted(ours.keys() | theirs.keys()) if ours.get(at, "") != theirs.get(at, "")]
    return all(_is_layout(at, quoted.folded, ours, theirs, is_word) for at in differing)


def _gaps(text: Canonical, start: int, end: int) -> dict[int, str]:
    """Return what stands between characters: ` ` blanks, `-` a hyphen, `- ` one at a line end, ` - ` a dash."""
    if start == 0 and end == len(text.text) and text.source == text.text:
        return {}
    gaps: dict[int, str] = {}
    spans = text.spans
    for at in range(start, end - 1):
        before, after = spans[at][1], spans[at + 1][0]
        if before < after and (kind := _kind(text.source[before:after])):
            gaps[at - start + 1] = kind
    return gaps


def _kind(gap: str) -> str:
    gap = _VANISHING.sub("", gap)
    if not gap:
        return ""
    dash = _DASH.search(gap)
    if dash is None:
        return " "
    if dash.start() == 0:
        return "-" if len(gap) == 1 else "- "
    return " - "


def _is_layout(
    at: int, folded: str, ours: Mapping[int, str], theirs: Mapping[int, str], is_word: IsWord | None
) -> bool:
    """Whether what the two readings have at one place is the same, or a matter of layout."""
    here, there = ours.get(at, ""), theirs.get(at, "")
    if not (folded[at - 1].isalpha() and folded[at].isalpha()):
        return " - " not in {here, there} or _is_dash(here) == _is_dash(there) or not _is_between_words(folded, at)
    if _is_dash(here) and _is_dash(there):
        return True
    if {here, there} in ({"", "- "}, {" ", "- "}):
        return True
    if is_word is None or " - " in {here, there} or {here, there} == {" ", "-"}:
        return False
    return _is_broken(_parts(at, folded, ours, theirs), is_word)


def _is_dash(gap: str) -> bool:
    return "-" in gap


def _is_between_words(folded: str, at: int) -> bool:
    return folded[at - 1].isalnum() and folded[at].isalnum()


def _parts(at: int, folded: str, ours: Mapping[int, str], theirs: Mapping[int, str]) -> tuple[str, str, str]:
    """Return the word that one reading has around a place, and the two that the other has."""
    left = at
    while left > 0 and folded[left - 1].isalpha() and (left == at or not (ours.get(left) or theirs.get(left))):
        left -= 1
    right = at
    while (
        right < len(folded) and folded[right].isalpha() and (right == at or not (ours.get(right) or theirs.get(right)))
    ):
        right += 1
    return folded[left:right], folded[left:at], folded[at:right]


def _is_broken(parts: tuple[str, str, str], is_word: IsWord) -> bool:
    """Whether one of the two readings, joined and divided, is not made of words."""
    joined, first, second = parts
    is_divided = _is_known(first, is_word) and _is_known(second, is_word)
    return not (_is_known(joined, is_word) and is_divided)


def _is_known(word: str, is_word: IsWord) -> bool:
    return word in _SINGLE_LETTERS if len(word) == 1 else is_word(word)
