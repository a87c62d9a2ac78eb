"""Which texts a question is about, told from what documents are called: title, place, year, summit.

A name only ever favours a text; it is never a reason not to look elsewhere, since texts name one another.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.grammar import grammar
from corpus.language import LANGUAGES
from corpus.model import Document
from embeddings.lexical import words

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TITLE_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class _Names:
    document: str
    strong: frozenset[str]
    """Words that alone point to a document: its place, year, ordinal of the summit."""
    titles: tuple[frozenset[str], ...]


class Scope:
    """The names of the documents of one library."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._names = [_names(document) for document in documents]
        count = len(self._names)
        spread: dict[str, int] = {}
        for names in self._names:
            for word in names.strong.union(*names.titles):
                spread[word] = spread.get(word, 0) + 1
        self._weight = {word: math.log(1 + count / n) for word, n in spread.items()}

    def mentioned(self, question: str) -> tuple[str, ...]:
        """Return the documents a question calls by name, the clearest first; empty if none stands out."""
        asked = set(words(question))
        scores = {names.document: self._score(names, asked) for names in self._names}
        named = {document: score for document, score in scores.items() if score > 0}
        if not named or len(named) == len(self._names) == 1:
            return tuple(named)
        return self._distinct(named, asked)

    def _distinct(self, named: dict[str, float], asked: set[str]) -> tuple[str, ...]:
        """Keep a document only if it has a name in the question that a clearer one has not used up."""
        kept: list[str] = []
        used: set[str] = set()
        all_words = {n.document: n.strong.union(*n.titles) & asked for n in self._names}
        for document in sorted(named, key=lambda d: (-named[d], d)):
            if not kept or all_words[document] & self._strong(document) - used:
                kept.append(document)
                used |= all_words[document]
        return tuple(kept)

    def _strong(self, document: str) -> frozenset[str]:
        return next(n.strong for n in self._names if n.document == document)

    def _score(self, names: _Names, asked: set[str]) -> float:
        matched = names.strong & asked
        for title in names.titles:
            if len(title & asked) >= max(2, math.ceil(_TITLE_SHARE * len(title))):
                matched |= title & asked
        if not matched:
            return 0.0
        every = names.strong.union(*names.titles) & asked
        return sum(self._weight[word] for word in every)


def _names(document: Document) -> _Names:
    stops = {stop for language in LANGUAGES for stop in grammar(language).pronouns}
    titles = tuple(
        frozenset(grammar(language).content_words(title)) - stops for language, title in document.titles.items()
    )
    strong = set(words((document.place or "").partition(",")[0]))
    strong |= {str(document.year)} if document.year else set()
    strong |= {w for w in words(document.event or "") if re.fullmatch(r"[ivx]{2,6}|\d+(?:st|nd|rd|th)", w)}
    strong |= {year for title in document.titles.values() for year in _YEAR.findall(title)}
    return _Names(document.id, frozenset(strong), titles)
