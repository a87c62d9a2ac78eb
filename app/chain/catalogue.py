"""Questions about a text as such, answered from the catalogue: when, where, how many paragraphs, which texts there are.

Only a question that asks nothing else is taken: what is left of it without the words of such questions must be names
of texts. What a text says is never answered here, and a text at hand speaks first of its own adoption.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.chain.condense import Request
from app.chain.references import digits
from app.chain.shape import Shaper
from app.grammar import has_any, stems
from app.schemas import Answer, CitationOut, SentenceOut
from app.wording import say
from corpus.catalogue import Catalogue, Entry
from corpus.catalogue_record import RECORD, Record, record_of
from corpus.library import Library
from corpus.model import Citation
from embeddings.lexical import words

_APART = 2
"""How far a noun stands from its question word: "which declarations", "which CELAC declarations"."""
_MOST_NAMED = 4
"""A name that fits more texts than this names none."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a question asks of the catalogue.

    Attributes:
        entries: The texts, oldest first.
        fact: `adoption`, `count`, or the subject that a list is about; empty for a plain list.
        is_list: It asks which texts there are.
    """

    entries: tuple[Entry, ...]
    fact: str
    is_list: bool = False


class Records:
    """Answers from the records of one catalogue, beside one library."""

    def __init__(self, catalogue: Catalogue, library: Library) -> None:
        self._catalogue = catalogue
        self._library = library
        self._names: dict[str, Mapping[str, frozenset[str]]] = {}
        self._shaper = Shaper(library)

    def answer(self, request: Request) -> Answer | None:
        """Answer a question about a text as such, None if it asks for anything else."""
        lookup = self.look_up(request)
        if lookup is None:
            return None
        sentences: list[SentenceOut] = []
        citations: list[CitationOut] = []
        for entry in lookup.entries:
            for cited, text in self._said(entry, lookup, request.language, len(citations) + 1):
                citations += cited
                sentences.append(SentenceOut(text=text, citations=tuple(citation.marker for citation in cited)))
        return Answer(
            outcome="answer",
            answer="\n".join(sentence.text for sentence in sentences),
            sentences=tuple(sentences),
            citations=tuple(citations),
            question=request.question,
            standalone_question=request.question,
            language=request.language,
            confidence=1.0,
            model="extractive",
            corpus=self._library.digest,
        )

    def look_up(self, request: Request) -> Lookup | None:
        """Return what a question asks of the catalogue, None if it asks for anything else."""
        if request.kind != "question" or request.reference:
            return None
        asked = _Asked(request)
        entries = [entry for entry in self._catalogue.entries if asked.fits_body(entry)]
        if asked.is_count:
            return self._named(asked, [entry for entry in entries if entry.paragraphs], "count")
        if asked.is_list:
            return self._listed(asked, entries)
        return self._named(asked, entries, "adoption") if asked.is_adoption else None

    def _named(self, asked: _Asked, entries: Sequence[Entry], fact: str) -> Lookup | None:
        """Return the texts that everything left of a question names."""
        names = self._names_in(asked.language)
        found = [entry for entry in entries if asked.rest and asked.rest <= names[entry.id]]
        found = [entry for entry in found if asked.has_title(entry)] or found
        return Lookup(_by_date(found), fact) if 0 < len(found) <= _MOST_NAMED else None

    def _names_in(self, language: str) -> Mapping[str, frozenset[str]]:
        """Return by id the words that may name a text, as a question in one language has them."""
        if language not in self._names:
            self._names[language] = {e.id: _names(self._catalogue, e, language) for e in self._catalogue.entries}
        return self._names[language]

    def _listed(self, asked: _Asked, entries: Sequence[Entry]) -> Lookup | None:
        subject, rest = self._subject(asked)
        if not subject and not rest and not asked.bodies:
            return None
        names = self._names_in(asked.language)
        found = [e for e in entries if (not subject or subject in e.subjects) and rest <= names[e.id]]
        return Lookup(_by_date(found), subject, is_list=True) if found else None

    def _subject(self, asked: _Asked) -> tuple[str, frozenset[str]]:
        for subject, names in self._catalogue.subjects.items():
            known = stems(" ".join(names[asked.language]), asked.language)
            if asked.rest & known:
                return subject, asked.rest - known
        return "", asked.rest

    def _said(
        self, entry: Entry, lookup: Lookup, language: str, marker: int
    ) -> Iterator[tuple[list[CitationOut], str]]:
        """Yield what there is to say of a text, with its citations: its own words first, then the record."""
        own = self._own_words(entry) if lookup.fact == "adoption" else None
        if own is not None:
            cited = self._shaper.citation(own, marker, language)
            yield [cited], _framed("reads", [cited], language)
            marker += 1
        record = record_of(self._catalogue, entry, language)
        quotes = enumerate(_quotes(record, lookup), start=marker)
        records = [_citation(record, quote, number, language) for number, quote in quotes]
        yield records, _framed("catalogue", records, language)

    def _own_words(self, entry: Entry) -> Citation | None:
        """Return the paragraph at the rim of a text at hand that tells its place and day, if one does."""
        names = self._catalogue.places[entry.place] if entry.place else {}
        cities = {name for key, name in names.items() if key != "country"}
        day = re.compile(rf"(?<!\d){entry.date.day}(?!\d)")
        for document in self._library.documents:
            if entry.id not in {document.id, document.version_of}:
                continue
            rim = [p for p in document if p.kind in {"preamble", "closing"} or p is document.paragraphs[0]]
            for paragraph in sorted(rim, key=lambda p: len(p.text)):
                dated = str(entry.date.year) in paragraph.text and day.search(paragraph.text)
                if dated and any(city in paragraph.text for city in cities):
                    return Citation.of_text(paragraph)
        return None


def asks_adoption(request: Request, names: Iterable[str] = ()) -> bool:
    """Whether a question asks when, where or at which meeting a text was adopted, and nothing else.

    Args:
        request: What is asked.
        names: Words that only say which text is meant.
    """
    asked = _Asked(request)
    return asked.is_adoption and asked.rest <= stems(" ".join(names), request.language)


class _Asked:
    """A question taken apart."""

    def __init__(self, request: Request) -> None:
        forms, rules = _forms(request.language), request.grammar
        self.language = request.language
        spoken = set(words(request.question))
        self._content_words = rules.content_words
        self._spoken = stems(request.question, request.language)
        bodies: Mapping[str, Sequence[str]] = _table()["bodies"]
        of_bodies = {word for names in bodies.values() for word in names} & spoken
        called = {body for body, names in bodies.items() if spoken & set(names)}
        self.bodies = called - {"celac"} or called
        content = [w for w in words(digits(request.question, request.language)) if w in rules.content_words(w)]
        texts = (*forms["texts"], *forms["papers"], *forms["text"])
        shape = (*forms["acts"], *texts, *rules.frame, *rules.listing, *rules.pronouns)
        known = stems(" ".join((*shape, *rules.paragraph)), request.language)
        left = stems(" ".join(w for w in content if w not in of_bodies and len(w) > 1), request.language)
        self.rest = frozenset(left - known)
        self.is_count = has_any(request.question, forms["counting"]) and bool(spoken & set(rules.paragraph))
        plurals = {*forms["texts"], *(forms["papers"] if self.bodies else ())}
        is_plural = bool(spoken & plurals) and not spoken & set(forms["text"])
        self.is_list = is_plural and _asks_which(request.question, (*rules.listing, *_WHICH), forms["texts"])
        self.is_adoption = has_any(request.question, forms["adoption"])

    def has_title(self, entry: Entry) -> bool:
        """Whether an entry's whole title is in the question."""
        title = " ".join(self._content_words(entry.title(self.language)))
        return stems(title, self.language) <= self._spoken

    def fits_body(self, entry: Entry) -> bool:
        """Whether an entry is of a body that is named, if any is."""
        return not self.bodies or entry.body in self.bodies


_WHICH = ("what", "qué", "cuáles", "que", "quais", "quels", "quelles")


def _asks_which(question: str, which: Iterable[str], nouns: Iterable[str]) -> bool:
    """Whether a question word goes with the noun for texts: "which declarations", not "what do declarations say"."""
    spoken = words(question)
    asked = [place for place, word in enumerate(spoken) if word in set(which)]
    named = [place for place, word in enumerate(spoken) if word in set(nouns)]
    return any(0 < b - a <= _APART for a in asked for b in named)


def _by_date(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.date, entry.id)))


def _names(catalogue: Catalogue, entry: Entry, language: str) -> frozenset[str]:
    """Return the words that may name a text: of its titles, place and meeting, and its year."""
    texts = [*entry.titles.values(), str(entry.date.year)]
    for code in ("en", "es", "pt", "fr"):
        texts += [catalogue.place_name(entry, code) or "", catalogue.event_name(entry, code) or ""]
    ordinals = [_ROMAN[word] for word in words(" ".join(texts)) if word in _ROMAN]
    texts += [f"{n} {n}th {n}st {n}nd {n}rd {n}º {n}ª {n}e {n}o {n}a" for n in ordinals]
    return stems(" ".join(texts), language)


def _quotes(record: Record, lookup: Lookup) -> list[str]:
    if lookup.fact == "count":
        return [record.count]
    return [record.adoption, *([record.subjects[lookup.fact]] if lookup.fact in record.subjects else [])]


def _citation(record: Record, quote: str, marker: int, language: str) -> CitationOut:
    start = record.text.index(quote)
    return CitationOut(
        marker=marker,
        document=record.entry,
        paragraph=RECORD,
        label=record.label,
        quote=quote,
        start=start,
        end=start + len(quote),
        language=language,
        url=f"/catalogue#{record.entry}",
        sha256=record.sha256,
        kind="catalogue",
    )


def _framed(key: str, cited: Sequence[CitationOut], language: str) -> str:
    quotation = " ".join(say("quotation", language, quote=citation.quote) for citation in cited)
    markers = "".join(f"[{citation.marker}]" for citation in cited)
    return say(key, language, label=cited[0].label, quotation=quotation, marker=markers)


def _forms(language: str) -> dict[str, tuple[str, ...]]:
    table = _table()
    return {key: tuple(values) for key, values in table.get(language, table["en"]).items()}


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
