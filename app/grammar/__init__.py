"""The shape of a question in four languages: closed-class words and the nouns of official texts, one file a language.

Nothing here is about a subject: what a question is about is found by search alone.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from embeddings.lexical import stem, stop_words, words


@dataclass(frozen=True, slots=True)
class Grammar:
    """Words of one language by their part in a question.

    `frame` are the verbs of saying and the names of the texts themselves: in "what does the declaration say about
    ..." they ask, and the rest is what is asked for. `treating` are verbs that ask what a text is about, only beside
    `about` and `what`; `summary` names what a whole text comes down to, `beside_summary` what may go with it.
    """

    language: str
    paragraph: tuple[str, ...]
    preamble: tuple[str, ...]
    closing: tuple[str, ...]
    last: tuple[str, ...]
    next: tuple[str, ...]
    previous: tuple[str, ...]
    pronouns: tuple[str, ...]
    starters: tuple[str, ...]
    listing: tuple[str, ...]
    comparing: tuple[str, ...]
    where: tuple[str, ...]
    greetings: tuple[str, ...]
    override: tuple[str, ...]
    overridden: tuple[str, ...]
    commanding: tuple[str, ...]
    frame: tuple[str, ...]
    texts: tuple[str, ...]
    latest: tuple[str, ...]
    interrogatives: tuple[str, ...]
    about: tuple[str, ...]
    counting: tuple[str, ...]
    what: tuple[str, ...]
    treating: tuple[str, ...]
    summary: tuple[str, ...]
    beside_summary: tuple[str, ...]

    @property
    def asking(self) -> frozenset[str]:
        """Words that ask, and say nothing of what is asked for: verbs of saying, names of texts, "about"."""
        return frozenset({*self.frame, *(word for phrase in self.about for word in words(phrase))})

    def content_words(self, text: str) -> list[str]:
        """Return the words of a text that are not function words."""
        return [word for word in words(text) if word not in stop_words(self.language)]


@lru_cache(maxsize=8)
def grammar(language: str) -> Grammar:
    """Return the grammar of a language; English where there is none."""
    path = Path(__file__).parent / f"{language}.toml"
    if not path.exists():
        return grammar("en")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Grammar(language=language, **{key: tuple(values) for key, values in table.items()})


def stems(text: str, language: str) -> frozenset[str]:
    """Return the stems of a text's words, without accents."""
    found = (unicodedata.normalize("NFKD", stem(word, language)) for word in words(text))
    return frozenset("".join(c for c in word if not unicodedata.combining(c)) for word in found)


def has_any(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether a text holds one of the phrases as whole words, in any letter case."""
    return any(_pattern(phrase).search(text) for phrase in phrases)


def places(text: str, phrases: tuple[str, ...]) -> list[re.Match[str]]:
    """Return where a text holds any of the phrases as whole words, in any letter case."""
    return [match for phrase in phrases for match in _pattern(phrase).finditer(text)]


def ends_with_any(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether a text ends with one of the phrases, before closing punctuation."""
    end = text.rstrip(" ,:;")
    return any(match.end() == len(end) for match in places(end, phrases))


def starts_with_any(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether a text begins with one of the phrases, past opening punctuation."""
    opening = text.lstrip(" ¿¡\"'“«(-–—")
    return any((found := _pattern(phrase).match(opening)) and found.start() == 0 for phrase in phrases)


@lru_cache(maxsize=4_096)
def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)
