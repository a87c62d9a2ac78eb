"""What paragraphs and citations are called for people, in four languages."""

from __future__ import annotations

import re

from babel.dates import format_date

from corpus.model import Document

_WORDS = {
    "en": {"pre": "preamble ¶ {n}", "post": "closing ¶ {n}", "u": "unnumbered ¶ {n} (our count)", "part": "part {m}, "},
    "es": {
        "pre": "preámbulo ¶ {n}",
        "post": "cierre ¶ {n}",
        "u": "¶ {n} sin numerar (nuestra cuenta)",
        "part": "parte {m}, ",
    },
    "pt": {
        "pre": "preâmbulo ¶ {n}",
        "post": "fecho ¶ {n}",
        "u": "¶ {n} sem número (nossa contagem)",
        "part": "parte {m}, ",
    },
    "fr": {
        "pre": "préambule ¶ {n}",
        "post": "clôture ¶ {n}",
        "u": "¶ {n} non numéroté (notre décompte)",
        "part": "partie {m}, ",
    },
}
_ID = re.compile(r"(?:part(?P<part>\d+)\.)?(?P<kind>pre|post|p|u)(?P<number>\d+)(?P<items>(?:\.[a-z0-9]+)*)")


def paragraph_label(paragraph_id: str, language: str) -> str:
    """Return what a paragraph is called.

    Args:
        paragraph_id: Local id.
        language: Language code of the reader; English where there are no words for it.

    Examples:
        >>> paragraph_label("p15.a", "en")
        '¶ 15 (a)'
        >>> paragraph_label("pre2", "es")
        'preámbulo ¶ 2'
    """
    match = _ID.fullmatch(paragraph_id)
    if match is None:
        return paragraph_id
    words = _WORDS.get(language, _WORDS["en"])
    part = words["part"].format(m=match["part"]) if match["part"] else ""
    items = "".join(f" ({item})" for item in match["items"].split(".")[1:])
    body = words.get(match["kind"], "¶ {n}").format(n=match["number"])
    return f"{part}{body}{items}"


def citation_label(document: Document, paragraph_id: str, language: str) -> str:
    """Return the full name of a paragraph: title, place, day of adoption, number."""
    place = (document.place or "").partition(",")[0]
    locale = language if language in _WORDS else "en"
    day = format_date(document.date, "d MMMM y" if locale == "en" else "long", locale=locale) if document.date else ""
    where = ", ".join(part for part in (place, day) if part)
    title = document.title(language)
    return (
        f"{title} ({where}), {paragraph_label(paragraph_id, language)}"
        if where
        else f"{title}, {paragraph_label(paragraph_id, language)}"
    )
