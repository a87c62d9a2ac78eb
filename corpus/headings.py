"""What stands above and below the paragraphs: titles, headings, date lines."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.blocks import Block
from corpus.marks import BULLET, is_ended

_HEADING_WORDS = 14
_CAPITAL_WORDS = 40
_FORMAT_WORDS = 40
_TITLE_WORDS = 25
_DATE_LINE_WORDS = 30
_SHORT_END, _SHORT_PAUSE = 6, 3
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_NUMERIC_DATE = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-](?:1[89]|20)\d\d\b")
_DIVISION = re.compile(
    r"^(?:annex|annexe|anexo|appendix|appendice|apéndice|apêndice|preamble|preámbulo|preâmbulo|préambule|part|parte|partie|"
    r"section|sección|seção|chapter|capítulo|chapitre)(?:\s+(?:[IVXL]+|\d{1,2}|[A-Z]))?[.:]?$",
    re.IGNORECASE,
)
_TITLE_CASED = 0.6
_LANGUAGES = ("en", "es", "pt", "fr")


def is_format_heading(block: Block) -> bool:
    """Tell whether the format calls the block a heading and it is short enough to be one."""
    return block.role == "heading" and len(block.text.split()) <= _FORMAT_WORDS


def is_capital_heading(text: str) -> bool:
    """Tell whether a text is a heading in capitals.

    Examples:
        >>> is_capital_heading("HEALTH AND SANITATION"), is_capital_heading("We agree"), is_capital_heading("DECIDE:")
        (True, False, True)
    """
    letters = [c for c in text if c.isalpha()]
    is_capital = len(letters) > 1 and text == text.upper() and len(text.split()) <= _CAPITAL_WORDS
    return is_capital and not text.endswith((";", ".", ","))


def is_division(text: str) -> bool:
    """Tell whether a text is the name of a division of a document and nothing else.

    Examples:
        >>> is_division("Annex II"), is_division("Part of the region")
        (True, False)
    """
    return _DIVISION.match(text) is not None


def is_title_cased(text: str) -> bool:
    """Tell whether a text is a heading by its capitals although it ends with a full stop.

    Examples:
        >>> is_title_cased("Science, Technology and Innovation."), is_title_cased("We agree to meet in Nowhere.")
        (True, False)
    """
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > _SHORT_PAUSE]
    capitals = sum(word[0].isupper() for word in words)
    is_short = len(words) > 1 and len(text.split()) <= _HEADING_WORDS and text.endswith(".") and ". " not in text
    return is_short and not is_date_line(text) and capitals > _TITLE_CASED * len(words)


def is_short_heading(text: str) -> bool:
    """Tell whether a text could be a heading by its shape alone: short, a capital first, no full stop."""
    if is_ended(text) or text.endswith(",") or BULLET.match(text) or len(text.split()) > _HEADING_WORDS:
        return False
    first = next((c for c in text if c.isalnum()), "")
    return first.isupper() and not is_date_line(text)


def is_title_line(text: str) -> bool:
    """Tell whether a block before the first paragraph belongs to the title, not to the text."""
    words = len(text.split())
    if words > _TITLE_WORDS:
        return False
    if text[-1:] in ",:;":
        return words < _SHORT_PAUSE
    is_bracketed = text[:1] in "([" and text[-1:] in ")]"
    return not is_ended(text) or words < _SHORT_END or is_bracketed or (is_date_line(text) and words < _HEADING_WORDS)


def is_date_line(text: str) -> bool:
    """Tell whether a text is the line that names day and place.

    Examples:
        >>> is_date_line("Kingstown, Saint Vincent and the Grenadines, March 1, 2024")
        True
        >>> is_date_line("We decide to meet again in 2025.")
        False
    """
    if len(text.split()) > _DATE_LINE_WORDS or text.endswith((":", ";", ",")):
        return False
    has_month = any(word in _months() for word in re.findall(r"[^\W\d_]+", text.casefold()))
    return (has_month and _YEAR.search(text) is not None) or _NUMERIC_DATE.search(text) is not None


@lru_cache(maxsize=1)
def _months() -> frozenset[str]:
    from babel.dates import get_month_names

    return frozenset(str(name).casefold() for code in _LANGUAGES for name in get_month_names(locale=code).values())
