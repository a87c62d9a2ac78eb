"""A text as units: what each of its words does to what is said, and what it may be matched with in another text.

Closed-class words come from `closed_words.toml` and `app.claims.words`; every other word is content. Knows nothing of
proof.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from app.claims.facts.numerals import in_digits, number_value
from app.claims.facts.tokens import tokens_of
from app.claims.words import words_of
from corpus.language import LANGUAGES
from embeddings.lexical import Translator, stop_words, term

Role = Literal[
    "content", "number", "operator", "linking", "joining", "speaker", "person", "saying", "free", "seam", "mark"
]
LEAST_PROBABILITY = 0.1
"""Of a translation that may stand for a word."""

_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th", "º", "ª", "°", "er", "ère", "re", "e", "ème", "eme", "o", "a"})
_SIGNS = frozenset("%°$€£+&§¶")


@dataclass(frozen=True, slots=True)
class Unit:
    """One word, number or sign.

    Attributes:
        word: Lower case.
        role: `content`, `number` and `operator` change what is said; `linking` and `joining` words tie it together;
            `speaker` names who says "we", a `person` is that "we"; `saying` words report; a `seam` is a comma or a
            semicolon, a `mark` any other punctuation; `free` words may come and go.
        keys: What it may be matched by.
        start: In the text, in code points.
        end: Just after it.
        is_name: Written with a capital.
    """

    word: str
    role: Role
    keys: frozenset[str]
    start: int
    end: int
    is_name: bool


@lru_cache(maxsize=8)
def _closed(language: str) -> dict[str, tuple[Role, str]]:
    """Return the closed-class words of a language, each with its role and the name of what it does."""
    tables = tomllib.loads(Path(__file__).with_name("closed_words.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[Role, str]] = {}
    for group, role in _GROUPS:
        found.update({word: (role, word) for word in tables[group].get(language, ())})
    for name, words in tables["operators"].items():
        found.update(dict.fromkeys(words.get(language, ()), ("operator", name)))
    if language in LANGUAGES:
        shared = words_of(language)
        for name in _SHARED:
            found.update(dict.fromkeys(getattr(shared, name), ("operator", name)))
    return found


@lru_cache(maxsize=8)
def _empty(language: str) -> frozenset[str]:
    """Return the words of a language that translate no word of content."""
    return stop_words(language) | {word for word, (role, _) in _closed(language).items() if role in _WITHOUT_CONTENT}


_SHARED = ("only", "all", "some", "must", "should", "may")
_WITHOUT_CONTENT = frozenset({"free", "linking", "operator", "joining"})

_GROUPS: tuple[tuple[str, Role], ...] = (
    ("speakers", "speaker"),
    ("saying", "saying"),
    ("linking", "linking"),
    ("free", "free"),
    ("first_person", "person"),
    ("joining", "joining"),
)


def units_of(text: str, language: str, *, other: str, translator: Translator | None) -> list[Unit]:
    """Read a text in one of the four languages.

    Args:
        text: Any text.
        language: Its language.
        other: Language of the text it will be compared with.
        translator: Gives words of the other language.

    Returns:
        In order; number words are numbers.
    """
    digital = in_digits(text, language)
    tokens = tokens_of(digital.text)
    units: list[Unit] = []
    for place, token in enumerate(tokens):
        start, end = digital.span(token.start, token.end)
        before = tokens[place - 1] if place else None
        adjoins = before is not None and before.end == token.start
        if token.text[0].isdigit():
            role, keys = "number", {f"number:{number_value(token.text)}"}
        elif adjoins and units[-1].role == "number" and token.lower in _ORDINAL_ENDINGS:
            role, keys = "number", {"ordinal"}
        elif token.lower == "t" and _is_short_not(units):
            role, keys = "operator", {"operator:not", "=not", term("not", language)}
        elif token.is_word:
            role, keys = _word(token.lower, language, other, translator)
        elif token.text in _SIGNS:
            role, keys = "content", {token.text}
        else:
            role, keys = ("seam" if token.text in ",;" else "mark"), set()
        units.append(Unit(token.lower, role, frozenset(keys), start, end, token.text[0].isupper()))  # type: ignore[arg-type]
    if language == "fr":
        units = _without_double_negation(units)
    return units if language == other else _negation_first(units)


def _word(word: str, language: str, other: str, translator: Translator | None) -> tuple[str, set[str]]:
    role, name = _closed(language).get(word, ("content", word))
    keys = {f"={word}", term(word, language), *_verb(word, language)}
    if role == "operator":
        return role, ({f"operator:{name}"} if other != language else keys)
    if other == language or translator is None or role in {"free", "linking"}:
        return role, keys
    keys |= {
        term(translation, other)
        for translation, probability in translator.translate(word, language, other, limit=6)
        if probability >= LEAST_PROBABILITY and translation not in _empty(other)
    }
    return role, keys


def _verb(word: str, language: str) -> set[str]:
    """Return what "nous exprimons" and "ils expriment" have in common, which the stemmer does not see."""
    base = unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode()
    ending = _PRESENT[language].search(base) if language in _PRESENT else None
    return {f"{language}:verb:{base[: ending.start()]}"} if ending and ending.start() >= _SHORTEST_BASE else set()


_PRESENT = {
    "es": re.compile(r"(?:[aei]mos|an|en|a|e)$"),
    "pt": re.compile(r"(?:[aei]mos|am|em|a|e)$"),
    "fr": re.compile(r"(?:ons|ent|e)$"),
}
_SHORTEST_BASE = 4


def _negation_first(units: Sequence[Unit]) -> list[Unit]:
    """Put "must not" in the order of "no deben", so that the two languages compare."""
    ordered = list(units)
    for place in range(1, len(ordered)):
        first, second = ordered[place - 1 : place + 1]
        if first.keys & _MODALS and second.keys == _NOT:
            ordered[place - 1] = replace(second, start=first.start, end=first.end)
            ordered[place] = replace(first, start=second.start, end=second.end)
    return ordered


_MODALS = frozenset({"operator:must", "operator:should", "operator:may"})
_NOT = frozenset({"operator:not"})


def _is_short_not(units: Sequence[Unit]) -> bool:
    """Whether the last two units are the "don'" of "don't"."""
    return len(units) > 1 and units[-1].word in {"'", "’"} and units[-2].word.endswith("n")


def _without_double_negation(units: Sequence[Unit]) -> list[Unit]:
    """Take French "ne ... pas" for one negation, and "ne ... jamais" for "never"."""
    kept: list[Unit] = []
    open_at: int | None = None
    for unit in units:
        is_negative = unit.role == "operator" and bool(
            unit.keys & {"operator:not", "operator:never", "operator:none"} or unit.word in _FRENCH_NEGATIVES
        )
        if is_negative and unit.word in {"ne", "n"}:
            open_at = len(kept)
        elif is_negative and open_at is not None and len(kept) - open_at <= _REACH:
            opened = kept[open_at]
            kept[open_at] = Unit(unit.word, "operator", unit.keys, opened.start, opened.end, opened.is_name)
            open_at = None
            continue
        kept.append(unit)
    return kept


_FRENCH_NEGATIVES = frozenset({"pas", "jamais", "aucun", "aucune", "rien", "nul", "nulle", "ni", "ne", "n"})
_REACH = 5
