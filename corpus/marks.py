"""The marks that number paragraphs: `12.`, `3)`, `Article 4`, `IV.`, `Primera.`, `(b)`, `•`.

Reads one mark at the start of one block; whether it counts is decided by its neighbours (`chain`, `items`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Family = Literal["arabic", "article", "ordinal", "roman"]

ENDED = re.compile(r"[.;:!?…][\"'”’»)\]]*$")
BULLET = re.compile(r"^(?:[-–—•▪■●◦‣·*\uf0b7\uf0a7\uf0d8\u2212]|o(?=\s+[A-ZÀ-Þ]))(?=\s)\s+")
RULE = re.compile(r"^(?:[\\\s]*[*_#=~\-–—•.\u2500-\u257f][\\\s]*){3,}$")
_OPEN = r"[\"'“‘«(\[¿¡*_ ]{0,4}"
_ARABIC = re.compile(r"^(?P<open>[(\[]?)(?P<number>\d{1,3})\s?(?P<close>\.-|\.(?!\d)|\)|\]|º\.?|°\.?|[–—-](?=\s))\s*")
_DOTTED = re.compile(rf"^(?P<outer>\d{{1,3}})\.(?P<inner>\d{{1,2}})\.?\s+(?={_OPEN}[^\W\d_a-zà-ÿ])")
_ARTICLE = re.compile(
    r"^(?:art(?:icle|[íi]culo|igo|\.))\s+(?:(?P<number>\d{1,3})|(?P<word>premier|primero|primeiro|one)|"
    r"(?P<roman>[IVXL]+))(?:er|[º°o]|\.º)?(?=[\s.:–—-]|$)\s*[.:–—-]*\s*",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"^(?P<roman>[IVXL]{1,7})\s?(?P<close>\.-|\.|\)|[–—-](?=\s))\s+(?=\S)")
_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "primer primero primera primeiro primeira premier première first",
            "segundo segunda deuxième second seconde second",
            "tercer tercero tercera terceiro terceira troisième third",
            "cuarto cuarta quarto quarta quatrième fourth",
            "quinto quinta cinquième fifth",
            "sexto sexta sixième sixth",
            "séptimo séptima sétimo sétima septième seventh",
            "octavo octava oitavo oitava huitième eighth",
            "noveno novena nono nona neuvième ninth",
            "décimo décima dixième tenth",
            "undécimo undécima decimoprimero decimoprimera décimo-primeiro décimo-primeira onzième eleventh",
            "duodécimo duodécima décimo-segundo décimo-segunda douzième twelfth",
            "decimotercero decimotercera décimo-terceiro décimo-terceira treizième thirteenth",
            "decimocuarto decimocuarta décimo-quarto décimo-quarta quatorzième fourteenth",
            "decimoquinto decimoquinta décimo-quinto décimo-quinta quinzième fifteenth",
            "decimosexto decimosexta décimo-sexto décimo-sexta seizième sixteenth",
            "decimoséptimo decimoséptima decimoseptima décimo-sétimo dix-septième seventeenth",
            "decimoctavo decimoctava décimo-oitavo dix-huitième eighteenth",
            "decimonoveno decimonovena décimo-nono dix-neuvième nineteenth",
            "vigésimo vigésima vingtième twentieth",
        ),
        start=1,
    )
    for word in words.split()
}
_ORDINAL = re.compile(
    rf"^(?P<word>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})\s?(?:\.-|[.:)–—]|-(?=\s))\s*", re.IGNORECASE
)
_ITEM = re.compile(r"^(?P<open>\(?)(?P<value>[a-z]{1,2}|[ivxl]{1,6}|[A-Z])(?P<close>\)|\.(?=\s))\s*(?=\S|$)")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Mark:
    """A number printed at the start of a block.

    Attributes:
        family: Kind of numbering.
        number: Its value, from 1.
        style: How it is printed, to tell one list from another.
        end: Where the text after it begins.
        is_sure: Followed by what a paragraph begins with, so that a line wrap is unlikely.
    """

    family: Family
    number: int
    style: str
    end: int
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A lettered or roman mark: every value it may have, and where the text after it begins."""

    label: str
    letter: int | None
    roman: int | None
    style: str
    end: int


def read_mark(text: str) -> Mark | None:
    """Read the number at the start of a block, past a bullet.

    Examples:
        >>> read_mark("- 12. We reaffirm")
        Mark(family='arabic', number=12, style='.', end=6, is_sure=True)
        >>> read_mark("18, 2022, as") is None
        True
    """
    bullet = BULLET.match(text)
    offset = bullet.end() if bullet else 0
    body = text[offset:]
    if match := _ARABIC.match(body):
        close = "-" if match["close"] in "–—-" else match["close"].rstrip("-")
        return _mark("arabic", int(match["number"]), match["open"] + close, text, offset + match.end())
    if match := _ARTICLE.match(body):
        number = int(match["number"] or 0) or (roman_value(match["roman"].lower()) if match["roman"] else 1)
        return _mark("article", number or 1, "article", text, offset + match.end())
    if match := _ORDINAL.match(body):
        return _mark("ordinal", _ORDINALS[match["word"].lower()], "ordinal", text, offset + match.end())
    if (match := _ROMAN.match(body)) and (number := roman_value(match["roman"].lower())):
        return _mark("roman", number, f"roman{match['close'][0]}", text, offset + match.end())
    return None


def read_item(text: str) -> Item | None:
    """Read the lettered or roman mark at the start of a block, past a bullet.

    Examples:
        >>> read_item("(iv) to ensure")
        Item(label='iv', letter=None, roman=4, style='()', end=5)
    """
    bullet = BULLET.match(text)
    offset = bullet.end() if bullet else 0
    match = _ITEM.match(text[offset:])
    if match is None:
        return None
    value = match["value"]
    label = value.lower()
    letter = _letter_value(label)
    roman = roman_value(label)
    if letter is None and roman is None:
        return None
    case = "A" if value.isupper() else ""
    return Item(label, letter, roman, f"{match['open']}{match['close']}{case}", offset + match.end())


def read_dotted(text: str) -> tuple[int, int, int] | None:
    """Read a number under a number at the start of a block: the outer, the inner, and where the text after them begins.

    Examples:
        >>> read_dotted("3.2. We agree"), read_dotted("1.5 million people")
        ((3, 2, 5), None)
    """
    match = _DOTTED.match(text)
    return (int(match["outer"]), int(match["inner"]), match.end()) if match else None


def roman_value(digits: str) -> int | None:
    """Return the value of a well-formed roman number in lower case, else None.

    Examples:
        >>> roman_value("xiv"), roman_value("iiv")
        (14, None)
    """
    total = 0
    for here, after in zip(digits, [*digits[1:], ""], strict=True):
        value = _ROMAN_DIGITS.get(here, 0)
        total += -value if value < _ROMAN_DIGITS.get(after, 0) else value
    return total if digits and roman_digits(total) == digits else None


def roman_digits(number: int) -> str:
    """Return a number from 1 in roman digits, lower case."""
    pairs = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    digits = ""
    for value, letters in pairs:
        while number >= value:
            digits += letters
            number -= value
    return digits


def bare(text: str) -> str:
    """Return a block's text without its bullet."""
    match = BULLET.match(text)
    return text[match.end() :] if match else text


def is_ended(text: str) -> bool:
    """Tell whether a text ends as a sentence or clause does."""
    return ENDED.search(text) is not None


def _mark(family: Family, number: int, style: str, text: str, end: int) -> Mark:
    after = re.sub(rf"^{_OPEN}", "", text[end : end + 6])
    is_alone = family == "article" and end == len(text)
    is_sure = is_alone or (bool(after) and not after[0].islower() and after[0].isalpha())
    return Mark(family, number, style, end, is_sure=is_sure)


def _letter_value(label: str) -> int | None:
    if len(label) == 1:
        return ord(label) - 96
    if len(label) == 2 and label[0] == label[1]:  # noqa: PLR2004 - aa, bb, ... follow z
        return ord(label[0]) - 96 + 26
    return None
