"""Quotations that are true, in the dresses in which people paste them."""

from __future__ import annotations

import re
import unicodedata

from eval.quotation_source import MIN_WORDS, Source

_GAPS = ("…", "...", "[…]", "(...)")
_LONG_WORD = re.compile(r"[^\W\d_]{8,}")


def verbatim(source: Source) -> str:
    """Copy some words."""
    return " ".join(source.fragment())


def whole(source: Source) -> str:
    """Copy the paragraph."""
    return source.text


def typography(source: Source) -> str:
    """Copy as word processors and browsers do: odd spaces, soft hyphens, other quotes, composed letters apart."""
    words = source.fragment()
    longest = max(range(len(words)), key=lambda place: len(words[place]))
    words[longest] = words[longest][:4] + "\u00ad" + words[longest][4:]
    text = "\u00a0".join(words[:2]) + "  " + "\n".join(words[2:4]) + " " + " ".join(words[4:])
    return unicodedata.normalize("NFD", text.replace("'", "’").replace("-", "‐"))


def first_letter(source: Source) -> str:
    """Copy from the middle and begin with a capital, as after a colon."""
    text = " ".join(source.fragment())
    return text[0].swapcase() + text[1:]


def elided(source: Source) -> str:
    """Leave words out and say so."""
    words = source.fragment(16, 30)
    if len(words) < MIN_WORDS:
        return f"{' '.join(words[:4])} … {' '.join(words[-4:])}"
    cut = source.random.randint(5, len(words) - 9)
    return f"{' '.join(words[:cut])} {source.random.choice(_GAPS)} {' '.join(words[cut + 4 :])}"


def elided_ends(source: Source) -> str:
    """Mark what is left out before and after as well."""
    words = source.fragment(8, 20)
    return f"… {' '.join(words)} …"


def line_end(source: Source) -> str | None:
    """Copy from a narrow column: a hyphen and a line's end inside a word."""
    words = source.fragment()
    places = [place for place, word in enumerate(words) if _LONG_WORD.fullmatch(word)]
    if not places:
        return None
    place = source.random.choice(places)
    words[place] = f"{words[place][:4]}-\n{words[place][4:]}"
    return " ".join(words)


def in_quotation_marks(source: Source) -> str:
    """Copy with the quotation marks and the full stop of the quoting sentence."""
    left, right = source.random.choice((("“", ".”"), ("«", "»."), ('"', ',"')))
    return f"{left}{' '.join(source.fragment()).rstrip('.,;:')}{right}"


def attributed(source: Source) -> str | None:
    """Name the paragraph."""
    return f"“{' '.join(source.fragment())}” (¶ {source.number})" if source.number else None


def over_the_end(source: Source) -> str | None:
    """Copy the end of a paragraph and the beginning of the next."""
    if not source.following or len(source.following[0].split()) < MIN_WORDS:
        return None
    return " ".join(source.text.split()[-9:]) + "\n" + " ".join(source.following[0].split()[:9])


def elided_over_paragraphs(source: Source) -> str | None:
    """Mark an omission that reaches from one paragraph into a later one."""
    long = [text for text in source.following if len(text.split()) >= MIN_WORDS]
    if not long:
        return None
    other = Source(source.random.choice(long), (), source.random)
    return f"{' '.join(source.fragment(7, 12))} […] {' '.join(other.fragment(7, 12))}"


def too_short(source: Source) -> str:
    """Copy two words."""
    return " ".join(source.fragment(2, 2))
