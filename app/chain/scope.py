"""Which texts a question is about, told from what documents are called: id, title, place, year, summit.

A text called by name as a text ("the Buenos Aires declaration", "the last summit") is the only one searched. A name
said otherwise ("after Buenos Aires") only favours its text, since texts name one another.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.grammar import Grammar, grammar
from corpus.language import LANGUAGES
from corpus.model import Document
from embeddings.lexical import stop_words, words

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ORDINAL = re.compile(r"[ivx]{2,6}|\d+(?:st|nd|rd|th)")
_TITLE_SHARE = 0.6
_UNSAID = 0.1
"""What a title's word that a question leaves out takes away, beside what one that it says adds."""
_NEAR = 3
"""Words between a name and the noun for a text, at most."""
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """The texts that a question calls by name.

    Attributes:
        groups: Ids of documents, the clearest first; those of one group go by the same name.
        names: The question's words, lower case, that only say which text is meant.
        is_explicit: The texts are named as such, so no other is meant.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    names: frozenset[str] = frozenset()
    is_explicit: bool = False

    @property
    def documents(self) -> tuple[str, ...]:
        """All of them, the clearest first."""
        return tuple(document for group in self.groups for document in group)


@dataclass(frozen=True, slots=True)
class _Names:
    document: str
    places: frozenset[str]
    """Words that point to a document and are not what a question is about: its place, its year."""
    strong: frozenset[str]
    """Words that alone point to a document."""
    titles: tuple[frozenset[str], ...]

    @property
    def all_words(self) -> frozenset[str]:
        return self.strong.union(*self.titles)


class Scope:
    """The names of the documents of one library."""

    def __init__(self, documents: Iterable[Document]) -> None:
        known = list(documents)
        self._names = [_names(document) for document in known]
        self._dates = {document.id: document.date for document in known if document.date}
        count = len(self._names)
        spread: dict[str, int] = {}
        for names in self._names:
            for word in names.all_words:
                spread[word] = spread.get(word, 0) + 1
        self._weight = {word: math.log(count / n) if count > 1 else 1.0 for word, n in spread.items()}

    def mentioned(self, question: str, language: str = "en") -> Mention:
        """Find the documents that a question calls by name.

        Args:
            question: Any text.
            language: Of the question.
        """
        spoken = words(question)
        asked = set(spoken)
        rules = grammar(language)
        latest = self._latest(spoken, rules)
        if latest:
            return Mention((latest,), frozenset(), is_explicit=True)
        scores = {names.document: self._score(names, asked) for names in self._names}
        named = sorted((d for d, score in scores.items() if score > 0), key=lambda d: (-scores[d], d))
        matched = {n.document: n.strong & asked for n in self._names if n.document in named}
        said = frozenset(word for d in named for word in matched[d])
        return Mention(
            groups=_grouped(named, matched),
            names=frozenset(
                word for word in self._places(named) & said if self._is_only_a_name(word, spoken, question)
            ),
            is_explicit=len(self._names) > 1 and any(_is_near_text_noun(word, spoken, rules) for word in said),
        )

    def _latest(self, spoken: Sequence[str], rules: Grammar) -> tuple[str, ...]:
        """Return the documents of the last date if the question calls them so ("the last summit")."""
        if len(self._dates) < 2 or not any(word in rules.latest for word in spoken):  # noqa: PLR2004 - one has no order
            return ()
        pairs = zip(spoken, [*spoken[1:], ""], [*spoken[2:], "", ""], strict=False)
        is_said = any(
            (a in rules.latest and b in rules.texts) or (a in rules.texts and (b in rules.latest or c in rules.latest))
            for a, b, c in pairs
        )
        newest = max(self._dates.values())
        return tuple(sorted(d for d, date in self._dates.items() if date == newest)) if is_said else ()

    def _places(self, named: Sequence[str]) -> set[str]:
        return {word for names in self._names if names.document in named for word in names.places}

    def _is_only_a_name(self, word: str, spoken: Sequence[str], question: str) -> bool:
        """Whether a word says no more than which text is meant; in a library of one text it may be what is asked."""
        if any(_is_near_text_noun(word, spoken, grammar(code)) for code in LANGUAGES):
            return True
        return len(self._names) > 1 and (word.isdigit() or word.capitalize() in question)

    def _score(self, names: _Names, asked: set[str]) -> float:
        matched = names.strong & asked
        for title in names.titles:
            if len(title & asked) >= max(2, math.ceil(_TITLE_SHARE * len(title))):
                matched |= title & asked
        if not any(self._weight[word] > 0 for word in matched):
            return 0.0
        said = names.all_words & asked
        unsaid = min((title - asked for title in names.titles), key=len, default=frozenset())
        weight = sum(self._weight[word] for word in said) - _UNSAID * sum(self._weight[word] for word in unsaid)
        return max(weight, 1e-6)


def _grouped(named: Sequence[str], matched: dict[str, frozenset[str]]) -> tuple[tuple[str, ...], ...]:
    """Put documents together that have no name in the question of their own."""
    groups: list[tuple[frozenset[str], list[str]]] = []
    for document in named:
        for known, members in groups:
            if matched[document] <= known:
                members.append(document)
                break
        else:
            groups.append((matched[document], [document]))
    return tuple(tuple(members) for _, members in groups)


def _is_near_text_noun(word: str, spoken: Sequence[str], rules: Grammar) -> bool:
    places = [place for place, other in enumerate(spoken) if other == word]
    nouns = [place for place, other in enumerate(spoken) if other in rules.texts]
    return any(0 < abs(a - b) <= _NEAR for a in places for b in nouns)


def _names(document: Document) -> _Names:
    stops = {stop for language in LANGUAGES for stop in (*grammar(language).pronouns, *stop_words(language))}
    titles = tuple(frozenset(words(title)) - stops for title in document.titles.values())
    years = {str(document.year)} if document.year else set()
    years |= {year for title in document.titles.values() for year in _YEAR.findall(title)}
    ordinals = {word for word in words(document.event or "") if _ORDINAL.fullmatch(word)}
    place = set(words((document.place or "").partition(",")[0])) or set(_id_words(document.id))
    place = {word for word in place if len(word) > _SHORTEST_NAME and word not in stops}
    return _Names(document.id, frozenset(place | years), frozenset(place | years | ordinals), titles)


def _id_words(document_id: str) -> Iterator[str]:
    """Yield the words of an id after its year: where, and perhaps what about."""
    _, _, rest = document_id.partition("-")
    match = _YEAR.search(rest)
    yield from (rest[match.end() :] if match else "").split("-")
