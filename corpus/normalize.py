"""Mends layout and nothing else: the words stay the source's own.

What a page or a file format put between the words is mended: line breaks, hyphens at line ends, soft hyphens,
ligatures, exotic blanks. Spelling, punctuation and blanks that the source prints are kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u2010": "-", "\u2011": "-"}
)
_BLANK_BEFORE_STOP = re.compile(r"(?<=[\w)\]\"”’»%]) +(?=[,.](?:[\s\"”’»)]|$))")
_BLANK_BEFORE_HYPHEN = re.compile(r"\b([^\W\d_]+) -([^\W\d_]+)")
_BLANK_IN_RANGE = re.compile(r"(?<=\d)(?: -|- )(?=\d)")
_HYPHENATED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_WORD = re.compile(r"[^\W\d_]+")
_ENDING_WORD, _STARTING_WORD = re.compile(r"([^\W\d_]+)\s?-$"), re.compile(r"^[^\W\d_]+")
_OFTEN_HYPHENATED = 0.03
THIN_BLANK = "\u200a"
"""Stands for a gap between letters that may be a blank or may not."""
_THIN = re.compile(rf"([^\W\d_]+){THIN_BLANK}([^\W\d_]+)")


def tidy(text: str) -> str:
    r"""Return a text on one line: one blank between words, no invisible characters, no ligatures, composed accents.

    Examples:
        >>> tidy("speci\u00adal  de\ufb01ned\u00a0text")
        'special defined text'
    """
    text = _CONTROL.sub("", _INVISIBLE.sub("", text.replace("\u00ad", ""))).translate(_LIGATURES)
    return " ".join(unicodedata.normalize("NFC", text).split())


class LineJoiner:
    """Joins the lines of one document, telling hyphens of words from hyphens of line ends by the document's own words.

    Args:
        lines: All lines of the document.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        inner = [line.rstrip().rstrip("-\u00ad") for line in lines]
        self._compounds = Counter(m.casefold() for line in inner for m in _HYPHENATED.findall(line))
        self._words = Counter(m.casefold() for line in inner for m in _WORD.findall(line))
        ends = sum(_ENDING_WORD.search(line.rstrip()) is not None for line in lines)
        self._is_hyphenated = ends > _OFTEN_HYPHENATED * max(len(lines), 1)

    def join(self, lines: Iterable[str]) -> str:
        """Return lines as running text."""
        text = ""
        for line in lines:
            text = self._append(text, line.strip()) if text else line.strip()
        return tidy(text)

    def _append(self, text: str, line: str) -> str:
        if text.endswith("\u00ad"):
            return text[:-1] + line
        ending, starting = _ENDING_WORD.search(text), _STARTING_WORD.match(line)
        if not ending or not starting or line[0].isupper():
            return f"{text}{line}" if ending and starting else f"{text} {line}"
        head = text[: ending.end(1)]
        return f"{head}{line}" if self._is_break(ending[1], starting[0]) else f"{head}-{line}"

    def _is_break(self, left: str, right: str) -> bool:
        joined, compound = (left + right).casefold(), f"{left}-{right}".casefold()
        if self._words[joined] != self._compounds[compound]:
            return self._words[joined] > self._compounds[compound]
        are_words = bool(self._words[left.casefold()]) and bool(self._words[right.casefold()])
        return self._is_hyphenated and not are_words


def close_thin_blanks(lines: Sequence[str]) -> list[str]:
    """Take a thin gap for a blank, unless the document elsewhere has the whole word and not both of its halves.

    Args:
        lines: All lines of one document.

    Examples:
        >>> close_thin_blanks(["public health", f"the hea{THIN_BLANK}lth of{THIN_BLANK}Latin America"])
        ['public health', 'the health of Latin America']
    """
    words = {word.casefold() for line in lines for word in _WORD.findall(_THIN.sub(" ", line))}

    def close_up(match: re.Match[str]) -> str:
        left, right = match[1].casefold(), match[2].casefold()
        is_split = left + right in words and not (left in words and right in words)
        return match[1] + match[2] if is_split else f"{match[1]} {match[2]}"

    return [_THIN.sub(close_up, line).replace(THIN_BLANK, " ") for line in lines]


def mend_blanks(texts: Sequence[str]) -> list[str]:
    """Take out the blanks that a word processor's PDF puts before commas, around hyphens and into ranges of years.

    A blank before a hyphen goes only if the document writes the compound without it elsewhere.

    Args:
        texts: All texts of one document.
    """
    whole = " ".join(texts)
    compounds = {match.casefold() for match in _HYPHENATED.findall(whole)}
    words = {match.casefold() for match in _WORD.findall(whole)}

    def close_up(match: re.Match[str]) -> str:
        compound = f"{match[1]}-{match[2]}"
        is_known = compound.casefold() in compounds or (match[1] + match[2]).casefold() in words
        return compound if is_known else match[0]

    mended = []
    for text in texts:
        closed = _BLANK_BEFORE_HYPHEN.sub(close_up, _BLANK_BEFORE_STOP.sub("", text))
        mended.append(_BLANK_IN_RANGE.sub("-", closed))
    return mended
