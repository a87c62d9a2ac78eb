"""Which words of a claim and a passage correspond, across languages: stems, translations, synonyms, nearness.

Synonyms within a language are translations of translations (Bannard & Callison-Burch 2005); what no table knows is
judged by how near two words are to the encoder.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.claims.facts.compare import Links
from app.claims.facts.reading import Reading, names_in
from app.claims.words import words_of
from embeddings.lexical import Translator, stem, stop_words
from embeddings.opposites import Opposites

LEAST_TRANSLATION = 0.04
SURE_TRANSLATION = 0.4
"""Share of the best translation's probability from which another counts in full."""
LEAST_SYNONYM = 0.06
LEAST_NEARNESS = 0.6
"""Cosine from which two words are taken to speak of the same."""
LEAST_OPPOSITE = 0.2
"""Probability of an English translation that may show an opposite."""
_LIMIT = 8
_PIVOTS = ("en", "es", "pt", "fr")

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Links, and how well each content word of the claim is matched.

    Attributes:
        links: What corresponds.
        strengths: Position of each content word of the claim to its strength in [0, 1]; 0 where nothing matches.
    """

    links: Links
    strengths: Mapping[int, float]


class Dictionary(Translator, Protocol):
    """A translator that says which words it knows."""

    def vocabulary(self, language: str) -> Collection[str]:
        """Return the words of a language that have a translation."""


class Aligner:
    """Aligns readings in any of the four languages.

    Args:
        translator: Of single words.
        opposites: Of English stems.
        encode: Unit vectors of words, (n, d); None leaves nearness out.
    """

    def __init__(self, translator: Dictionary, opposites: Opposites, encode: Encode | None = None) -> None:
        self._translator = translator
        self._opposites = opposites
        self._encode = encode
        self._vectors: dict[str, Vectors] = {}
        self._options = lru_cache(maxsize=65_536)(self._find_options)
        self._english = lru_cache(maxsize=65_536)(self._find_english)
        self._kin = lru_cache(maxsize=8)(self._find_kin)

    def align(self, claim: Reading, source: Reading) -> Alignment:
        """Find the words that correspond."""
        stems = [stem(token.lower, source.language) if token.is_word else "" for token in source.tokens]
        places: dict[str, list[int]] = {}
        for place, stemmed in enumerate(stems):
            if stemmed and source.tokens[place].lower not in stop_words(source.language):
                places.setdefault(stemmed, []).append(place)
        pairs: dict[int, Sequence[int]] = {}
        strengths: dict[int, float] = {}
        back = self._back(source, claim.language) if claim.language != source.language else {}
        for own in claim.content:
            options = self._options(claim.tokens[own].lower, claim.language, source.language)
            hits = [(weight, place) for option, weight in options.items() for place in places.get(option, ())]
            if claim.tokens[own].lower in words_of(claim.language).degrees:
                hits += [(1.0, place) for place, token in enumerate(source.tokens) if token.text == "°"]
            hits += back.get(stem(claim.tokens[own].lower, claim.language), ())
            if hits:
                pairs[own] = [place for _, place in sorted(hits, key=lambda hit: (-hit[0], hit[1]))]
                strengths[own] = max(weight for weight, _ in hits)
        opposed = self._opposed(claim, source, pairs)
        self._add_near(claim, source, pairs, strengths, skip=opposed)
        return Alignment(Links(pairs, opposed), {own: strengths.get(own, 0.0) for own in claim.content})

    def _find_options(self, word: str, language: str, target: str) -> dict[str, float]:
        """Return stems of the target language that may stand for a word, with their weights."""
        if language == target:
            options = {stem(other, target): 0.8 for other in self._synonyms(word, language)}
            return options | {stem(word, target): 1.0}
        found = self._translations(word, language, target)
        options = {stem(word, target): 0.9}
        best = max((probability for _, probability in found), default=1.0)
        for other, probability in found:
            if probability >= LEAST_TRANSLATION:
                key = stem(other, target)
                options[key] = max(options.get(key, 0.0), min(1.0, probability / (SURE_TRANSLATION * best)))
        return options

    def _back(self, source: Reading, language: str) -> dict[str, list[tuple[float, int]]]:
        """Return the stems of a language that translate words of the passage, with weights and places of those."""
        places: dict[str, list[tuple[float, int]]] = {}
        for place in source.content:
            for option, weight in self._options(source.tokens[place].lower, source.language, language).items():
                places.setdefault(option, []).append((weight, place))
        return places

    def _translations(self, word: str, language: str, target: str) -> Sequence[tuple[str, float]]:
        """Return a word's translations, or those of the words that share its stem where it has none itself."""
        found = self._translator.translate(word, language, target, limit=_LIMIT)
        if found:
            return found
        kin = self._kin(language).get(stem(word, language), ())
        return [pair for other in kin for pair in self._translator.translate(other, language, target, limit=_LIMIT)]

    def _find_kin(self, language: str) -> dict[str, list[str]]:
        kin: dict[str, list[str]] = {}
        for word in sorted(self._translator.vocabulary(language)):
            kin.setdefault(stem(word, language), []).append(word)
        return kin

    def _synonyms(self, word: str, language: str) -> list[str]:
        totals: dict[str, float] = {}
        for pivot in _PIVOTS:
            if pivot == language or "en" not in (pivot, language):
                continue
            for middle, first in self._translator.translate(word, language, pivot, limit=_LIMIT):
                for other, second in self._translator.translate(middle, pivot, language, limit=_LIMIT):
                    totals[other] = totals.get(other, 0.0) + first * second
        share = 3 if language == "en" else 1
        return [other for other, total in totals.items() if total / share >= LEAST_SYNONYM]

    def _find_english(self, word: str, language: str) -> frozenset[str]:
        if language == "en":
            return frozenset({stem(word, "en")})
        found = self._translations(word, language, "en")
        return frozenset(stem(other, "en") for other, p in found if p >= LEAST_OPPOSITE)

    def _opposed(self, claim: Reading, source: Reading, pairs: Mapping[int, Sequence[int]]) -> dict[int, int]:
        """Return the claim's words that the passage has only in their opposite, near words that correspond."""
        taken = {place for places in pairs.values() for place in places[:1]}
        found: dict[int, int] = {}
        for own in claim.content:
            english = self._english(claim.tokens[own].lower, claim.language)
            wanted = {other for word in english for other in self._opposites.of(word)} - english
            if own in pairs or not wanted:
                continue
            for place in source.content:
                theirs = self._english(source.tokens[place].lower, source.language)
                if place not in taken and theirs & wanted and not theirs & english:
                    found[own] = place
                    break
        return found

    def _add_near(
        self,
        claim: Reading,
        source: Reading,
        pairs: dict[int, Sequence[int]],
        strengths: dict[int, float],
        *,
        skip: Mapping[int, int],
    ) -> None:
        """Link what is left to the nearest word of the passage that is near enough and not opposite."""
        named = {*names_in(claim), *(i for fact in claim.facts for i in claim.around(fact.start, fact.end))}
        left = [own for own in claim.content if own not in pairs and own not in skip and own not in named]
        if self._encode is None or not left or not source.content:
            return
        plain = [place for place in source.content if place not in set(names_in(source))]
        theirs = self._vectors_of([source.tokens[place].lower for place in plain])
        for own in left:
            cosines = (self._vectors_of(self._readings(claim, own, source.language)) @ theirs.T).max(axis=0)
            best = int(cosines.argmax())
            if cosines[best] >= LEAST_NEARNESS:
                pairs[own] = [plain[best]]
                strengths[own] = min(1.0, (float(cosines[best]) - _NOTHING) / (1 - _NOTHING))

    def _readings(self, claim: Reading, own: int, target: str) -> list[str]:
        """Return a word and its likeliest translations, which the encoder may know better."""
        word = claim.tokens[own].lower
        if claim.language == target:
            return [word]
        return [word, *(other for other, _ in self._translations(word, claim.language, target)[:2])]

    def _vectors_of(self, words: Sequence[str]) -> Vectors:
        assert self._encode is not None  # noqa: S101 - the callers have looked
        kept = self._vectors  # replaced as a whole, never emptied, so that other threads keep what they look at
        new = [word for word in dict.fromkeys(words) if word not in kept]
        if new:
            base = kept if len(kept) < _MOST_VECTORS else {word: kept[word] for word in words if word in kept}
            kept = base | dict(zip(new, self._encode(new), strict=True))
            self._vectors = kept
        return np.stack([kept[word] for word in words])


_MOST_VECTORS = 50_000
_NOTHING = 0.3
"""Cosine of words that have nothing to do with one another."""
