"""Words that turn or bind a statement: negations, conditions, modal verbs, numbers; in four languages (`cues.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.quotes.normalize import fold_case

_CONTRACTED = re.compile(r"n['’]t$")


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of one language; every phrase is a pattern on whole words."""

    language: str
    negation: re.Pattern[str]
    condition: re.Pattern[str]
    modal: re.Pattern[str]
    magnitude: re.Pattern[str]

    def has_negation(self, text: str) -> bool:
        """Whether a text says no."""
        return bool(self.negation.search(text)) or any(_CONTRACTED.search(word) for word in fold_case(text).split())

    def turning(self, text: str) -> str | None:
        """Return the first negation, condition or exception of a text."""
        found = [match for pattern in (self.negation, self.condition) if (match := pattern.search(text))]
        return min(found, key=lambda match: (match.start(), -match.end()))[0] if found else None

    def is_number(self, text: str) -> bool:
        """Whether a text has a number in it, in digits or in words."""
        return any(any(c.isdigit() for c in word) or _is_number_word(word, self.language) for word in text.split())


@lru_cache(maxsize=8)
def cues(language: str) -> Cues:
    """Return the cues of a language; those of all together where there are none for it."""
    table = _table()
    rows = [table[language]] if language in table else list(table.values())
    kinds = ("negation", "condition", "modal", "magnitude")
    return Cues(language, *(_any_of([phrase for row in rows for phrase in row[kind]]) for kind in kinds))


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=len, reverse=True)
    spaced = [re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['’]") for phrase in ordered]
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def _is_number_word(word: str, language: str) -> bool:
    from text_to_num import text2num

    if language not in {"en", "es", "pt", "fr"}:
        return False
    try:
        text2num(fold_case(word.strip(".,;:()")), language)
    except ValueError:
        return False
    return True
