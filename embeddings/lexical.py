"""The lexical half of the search: BM25 over paragraphs, each stemmed in its own language.

Terms carry their language, so a Spanish stem never meets an English one by accident. A question in another language
than a text reaches it through weighted translations of its words. The scores are Robertson's BM25 as bm25s computes
them; keeping them and the weighted sum over query terms are ours.
"""

from __future__ import annotations

import json
import re
import runpy
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.model import Paragraph

LEXICAL_VERSION = "3"
"""Part of the index's name: change it with anything below that changes a term."""

STEMMERS = {"en": "english", "es": "spanish", "pt": "portuguese", "fr": "french"}
_STOP_LISTS = {
    "en": "STOPWORDS_EN_PLUS",
    "es": "STOPWORDS_SPANISH",
    "pt": "STOPWORDS_PORTUGUESE",
    "fr": "STOPWORDS_FRENCH",
}
_WORD = re.compile(r"\w+", re.UNICODE)
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)", re.IGNORECASE)


_LONG_ENOUGH = 5
_SAME = 0.8
"""How likely a word of this length or longer is to mean the same in another language, beside its translations."""


class Translator(Protocol):
    """Gives the likely words of one language for a word of another."""

    def translate(self, word: str, source: str, target: str, *, limit: int = 4) -> tuple[tuple[str, float], ...]:
        """Return target words with their probabilities, best first; empty when unknown."""


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """One word of a question and all the terms that may stand for it in the texts.

    Attributes:
        word: As asked, lower case.
        terms: Indexed term to weight in (0, 1].
        shown: Words tried, by language code, for people.
    """

    word: str
    terms: Mapping[str, float]
    shown: Mapping[str, tuple[str, ...]]


def words(text: str) -> list[str]:
    """Return the words of a text, lower case, NFC, French elisions removed.

    Examples:
        >>> words("L’intégration, ¿sí?")
        ['intégration', 'sí']
    """
    return _WORD.findall(_ELISION.sub("", unicodedata.normalize("NFC", text)).lower())


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """Return the Snowball stem of a word; the word itself in a language without a stemmer."""
    return str(_stemmer(language).stemWord(word)) if language in STEMMERS else word


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Any:  # noqa: ANN401 - PyStemmer has no types
    import Stemmer

    return Stemmer.Stemmer(STEMMERS[language])


@lru_cache(maxsize=8)
def stop_words(language: str) -> frozenset[str]:
    """Return the function words of a language, as bm25s ships them."""
    return frozenset(_stop_lists().get(_STOP_LISTS.get(language, ""), ()))


@cache
def _stop_lists() -> dict[str, Any]:
    """Return bm25s's lists by name, read without importing the package, which would load scipy for them."""
    spec = find_spec("bm25s")
    if spec is None or not spec.origin:
        raise ModuleNotFoundError("the package bm25s is missing; install it", name="bm25s")
    return runpy.run_path(str(Path(spec.origin).with_name("stopwords.py")))


def term(word: str, language: str) -> str:
    """Return the indexed form of a word: its language and its stem."""
    return f"{language}:{stem(word, language)}"


def query_terms(
    query: str,
    language: str,
    *,
    targets: Iterable[str],
    translator: Translator | None = None,
    ignored: Collection[str] = (),
) -> list[QueryTerm]:
    """Turn a question into weighted terms of the texts' languages.

    Args:
        query: Any text.
        language: Its language code.
        targets: Languages of the texts searched.
        translator: Gives words of another language; without it only shared spellings match across.
        ignored: Words that carry no content in this question, unless it has no others.

    Returns:
        One entry per distinct content word, in order.
    """
    stops = stop_words(language)
    distinct = dict.fromkeys(word for word in words(query) if word not in stops)
    content = [word for word in distinct if word not in ignored] or distinct
    return [_query_term(word, language, tuple(targets), translator) for word in content]


def _query_term(word: str, language: str, targets: Sequence[str], translator: Translator | None) -> QueryTerm:
    terms: dict[str, float] = {}
    shown: dict[str, tuple[str, ...]] = {}
    for target in targets:
        if target == language:
            options: tuple[tuple[str, float], ...] = ((word, 1.0),)
        else:
            options = translator.translate(word, language, target, limit=4) if translator else ()
            options = tuple((w, p) for w, p in options if w not in stop_words(target)) or ((word, 1.0),)
        best = max(p for _, p in options)
        if len(word) >= _LONG_ENOUGH and word not in {*stop_words(target), *(other for other, _ in options)}:
            options = (*options, (word, _SAME * best))  # names stay as they are
        for other, probability in options:
            key = term(other, target)
            terms[key] = max(terms.get(key, 0.0), probability / best)
        shown[target] = tuple(other for other, _ in options)
    return QueryTerm(word, terms, shown)


_ARRAYS = {"scores": "data", "paragraphs": "indices", "starts": "indptr"}
"""The files of a lexical index and what bm25s calls them: all scores, whose they are, where each term begins."""


class LexicalIndex:
    """BM25 scores of every term in every paragraph, term by term, kept in a folder and read by memory map.

    Args:
        folder: From `build`.
        languages: The language of each paragraph, in index order.
    """

    def __init__(self, folder: Path, languages: Sequence[str]) -> None:
        self._vocabulary: dict[str, int] = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        self._data, self._rows, self._starts = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS)
        self._count = len(languages)
        self.languages = tuple(languages)

    @classmethod
    def build(cls, paragraphs: Sequence[Paragraph], languages: Sequence[str], folder: Path) -> None:
        """Index paragraphs into a folder.

        Args:
            paragraphs: In index order.
            languages: The language of each.
            folder: Written to; must not exist.
        """
        import bm25s

        tokens = [
            [term(word, language) for word in words(f"{paragraph.section or ''} {paragraph.text}")]
            for paragraph, language in zip(paragraphs, languages, strict=True)
        ]
        model = bm25s.BM25(k1=1.2, b=0.75)
        model.index(tokens, show_progress=False)
        folder.mkdir()
        (folder / "vocabulary.json").write_text(json.dumps(model.vocab_dict, ensure_ascii=False), encoding="utf-8")
        for name, key in _ARRAYS.items():
            np.save(folder / f"{name}.npy", model.scores[key])

    def scores(self, terms: Sequence[QueryTerm]) -> NDArray[np.float32]:
        """Return the BM25 score of every paragraph: (n,) float32, 0 where no term occurs."""
        total = np.zeros(self._count, dtype=np.float32)
        for query_term in terms:
            np.add(total, self._term_scores(query_term), out=total)
        return total

    def coverage(self, terms: Sequence[QueryTerm], rows: Sequence[int]) -> NDArray[np.float32]:
        """Return the share of the question's information that the words of some paragraphs cover.

        Each word counts by its rarity in the texts, the inverse document frequency; a word that occurs nowhere
        counts as the rarest.

        Args:
            terms: The question's.
            rows: Paragraph rows.

        Returns:
            (len(rows),) float32 in [0, 1].
        """
        rarities = self.rarities(terms)
        return rarities @ self.strengths(terms, rows) / (rarities.sum() or 1)

    def rarities(self, terms: Sequence[QueryTerm]) -> NDArray[np.float32]:
        """Return the information of each of the question's words: (len(terms),) float32."""
        return np.array([self.rarity(query_term) for query_term in terms], dtype=np.float32)

    def strengths(self, terms: Sequence[QueryTerm], rows: Sequence[int]) -> NDArray[np.float32]:
        """Return how surely each of the question's words, or a translation of it, is in some paragraphs.

        Args:
            terms: The question's.
            rows: Paragraph rows.

        Returns:
            (len(terms), len(rows)) float32 in [0, 1].
        """
        found = np.zeros((len(terms), len(rows)), dtype=np.float32)
        wanted = np.asarray(rows)
        for best, query_term in zip(found, terms, strict=True):
            for key, weight in query_term.terms.items():
                start, end = self._span(key)
                np.maximum(best, np.where(np.isin(wanted, self._rows[start:end]), np.float32(weight), 0), out=best)
        return found

    def share_inside(self, terms: Sequence[QueryTerm], text: str, language: str) -> float:
        """Return the share of the question's information that the words of a text of one language cover, 0 to 1."""
        inside = {term(word, language) for word in words(text)}
        rarities = self.rarities(terms)
        held = [max((w for key, w in t.terms.items() if key in inside), default=0.0) for t in terms]
        return float(rarities @ np.array(held, dtype=np.float32) / (rarities.sum() or 1))

    def _term_scores(self, query_term: QueryTerm) -> NDArray[np.float32]:
        best = np.zeros(self._count, dtype=np.float32)
        for key, weight in query_term.terms.items():
            start, end = self._span(key)
            if end > start:
                rows = self._rows[start:end]
                best[rows] = np.maximum(best[rows], weight * self._data[start:end])
        return best

    def rarity(self, query_term: QueryTerm) -> float:
        """Return the inverse document frequency of a word of a question, by its commonest term."""
        frequency = max((self._span(k)[1] - self._span(k)[0] for k in query_term.terms), default=0)
        return float(np.log(1 + (self._count - frequency + 0.5) / (frequency + 0.5)))

    def _span(self, key: str) -> tuple[int, int]:
        column = self._vocabulary.get(key)
        return (0, 0) if column is None else (int(self._starts[column]), int(self._starts[column + 1]))
