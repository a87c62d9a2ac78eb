"""A statement held against a paragraph: what corresponds, what is left, what speaks against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.claims.align import Aligner, Alignment
from app.claims.facts.compare import compare
from app.claims.facts.countries import Translate
from app.claims.facts.dates import dates_agree
from app.claims.facts.fact import Fact, Finding
from app.claims.facts.reading import Reading, read
from corpus.library import Library
from corpus.model import Document, Paragraph, Passage
from embeddings.documents import sentences
from embeddings.lexical import QueryTerm, Translator, query_terms, words
from embeddings.retriever import Retriever

KNOWN = 0.8
"""What a fact of the document itself counts where the paragraph does not say it."""
LEAST_MATCH = 0.5
"""Strength below which a word of a statement counts as unmatched."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a paragraph bears on a statement.

    Attributes:
        paragraph: Held against it.
        passage: The sentence or clause that bears on it most.
        similarity: Cosine of the statement and its nearest passage.
        lift: How far that stands out from the library's mean.
        coverage: Share of the statement's information that the paragraph's words match, 0 to 1.
        local: The same within the passage's sentence.
        undisputed: Coverage of what no finding disputes.
        heaviest: Largest share of information of one word that nothing matches, 0 to 1.
        unmatched: The words of the statement that nothing in the paragraph matches.
        is_led: Whether the statement's first word of content is matched.
        findings: What speaks against it in hard facts.
    """

    paragraph: Paragraph
    passage: Passage
    similarity: float
    lift: float
    coverage: float
    local: float
    undisputed: float
    heaviest: float
    unmatched: tuple[str, ...]
    is_led: bool
    findings: tuple[Finding, ...]

    @property
    def closeness(self) -> float:
        """What assessments are ordered by, higher is better."""
        return self.similarity + self.coverage / 2 + self.local / 4

    def has(self, bearing: str) -> bool:
        """Whether a finding bears on the statement in this way."""
        return any(finding.bearing == bearing for finding in self.findings)


class EvidenceReader:
    """Assesses paragraphs of one library.

    Args:
        library: The texts.
        retriever: Searches them.
        aligner: Finds words that correspond.
        translator: Of single words, for the names of peoples.
    """

    def __init__(self, library: Library, retriever: Retriever, aligner: Aligner, translator: Translator) -> None:
        self._library = library
        self._retriever = retriever
        self._aligner = aligner
        self._translator = translator
        self._languages = sorted(set(retriever.index.languages))
        self._names = {document.id: _names_of(document) for document in library.documents}
        self._sources = lru_cache(maxsize=4_096)(self._read_source)

    @property
    def translate(self) -> Translate:
        """Gives English words for words of another language."""
        return lambda word, language: self._translator.translate(word, language, "en")

    def assess(
        self, claim: Reading, paragraph: Paragraph, vector: NDArray[np.float32], *, background: float
    ) -> Assessment:
        """Hold a statement against a paragraph.

        Args:
            claim: The statement, read.
            paragraph: Any of the library.
            vector: The statement's, (d,) float32 unit norm.
            background: Mean cosine of the statement with all paragraphs.
        """
        document = self._library.document(paragraph.document)
        source = self._sources(paragraph)
        alignment = self._aligner.align(claim, source)
        names = self._names[document.id]
        known = [
            own
            for own, strength in alignment.strengths.items()
            if strength < KNOWN and claim.tokens[own].lower in names
        ]
        strengths = {**alignment.strengths, **dict.fromkeys(known, KNOWN)}
        local_facts = [fact for fact in claim.facts if not _is_true_of(fact, document)]
        asked = replace(claim, content=[own for own in claim.content if own not in known])
        weights = self._weights(claim)
        found = compare(asked, source, alignment.links)
        shared, told = _facts_shared(claim, local_facts, found)
        own_facts = {(fact.kind, fact.text) for fact in claim.facts if fact not in local_facts}
        findings = tuple(finding for finding in found if (finding.kind, finding.claim) not in own_facts)
        passage, similarity = self._passage(paragraph, vector, source, alignment)
        sentence = sentence_of(passage)
        inside = {
            own: strengths[own] if own in known or _is_inside(alignment, own, source, sentence) else 0.0
            for own in strengths
        }
        rarest = max(weights.values(), default=1.0)
        total = sum(weights.values()) + rarest * told or 1.0
        return Assessment(
            paragraph=paragraph,
            passage=passage,
            similarity=similarity,
            lift=similarity - background,
            coverage=(sum(weights[own] * s for own, s in strengths.items()) + rarest * shared) / total,
            local=(sum(weights[own] * s for own, s in inside.items()) + rarest * shared) / total,
            undisputed=_undisputed(claim, weights, strengths, findings),
            heaviest=max((weights[own] * (1 - s) for own, s in strengths.items()), default=0.0) / total,
            unmatched=tuple(claim.tokens[own].text for own, s in sorted(strengths.items()) if s < LEAST_MATCH),
            is_led=not claim.content or strengths[claim.content[0]] >= LEAST_MATCH,
            findings=findings,
        )

    def speaks_of_own_summit(self, claim: Reading, paragraph: Paragraph) -> bool:
        """Whether a claim numbers a summit and the paragraph numbers its own document's, the one that is meant."""
        if not claim.of_kind("summit"):
            return False
        document = self._library.document(paragraph.document)
        return any(_is_true_of(fact, document) for fact in self._sources(paragraph).of_kind("summit"))

    def _passage(
        self, paragraph: Paragraph, vector: NDArray[np.float32], source: Reading, alignment: Alignment
    ) -> tuple[Passage, float]:
        """Return the shortest passage that bears on the statement most, and the paragraph's best cosine."""
        passages = self._retriever.passages_of(paragraph, vector)
        linked = [source.tokens[places[0]].start for places in alignment.links.pairs.values() if places]

        def bears(pair: tuple[Passage, float]) -> float:
            inside = sum(pair[0].start <= start < pair[0].end for start in linked)
            return pair[1] + inside / (2 * len(linked) or 1)

        parts = passages[1:] or passages
        return max(parts, key=bears)[0], max(similarity for _, similarity in passages)

    def _weights(self, claim: Reading) -> Mapping[int, float]:
        """Return the information of each content word: its rarity in the texts."""
        found = {}
        for own in claim.content:
            terms = self._terms(claim.tokens[own].lower, claim.language)
            found[own] = self._retriever.index.lexical.rarity(terms) if terms else 1.0
        return found

    def _terms(self, word: str, language: str) -> QueryTerm | None:
        terms = query_terms(word, language, targets=self._languages, translator=self._translator)
        return terms[0] if terms else None

    def _read_source(self, paragraph: Paragraph) -> Reading:
        language = self._library.document(paragraph.document).language
        return read(paragraph.text, language, translate=self.translate)


def _undisputed(
    claim: Reading, weights: Mapping[int, float], strengths: Mapping[int, float], findings: Sequence[Finding]
) -> float:
    """Return the coverage of the words of a claim that no difference is about; 1 where no other words are left."""
    disputed = {word for finding in findings if finding.bearing == "differs" for word in words(finding.claim)}
    kept = {own: weight for own, weight in weights.items() if claim.tokens[own].lower not in disputed}
    total = sum(kept.values())
    return sum(weight * strengths[own] for own, weight in kept.items()) / total if total else 1.0


def _facts_shared(claim: Reading, local: Sequence[Fact], findings: Sequence[Finding]) -> tuple[float, int]:
    """Return how many of a claim's numbers, dates and summits the passage has, and how many the claim gives.

    Args:
        claim: The statement.
        local: Those of its facts that are not the document's own.
        findings: From comparing all of them with the passage.
    """
    counted = [fact for fact in claim.facts if fact.kind != "country"]
    missed = {(finding.kind, finding.claim) for finding in findings}
    shared = sum(1.0 if (fact.kind, fact.text) not in missed else 0.0 if fact in local else KNOWN for fact in counted)
    return shared, len(counted)


def sentence_of(passage: Passage) -> Passage:
    """Return the sentence, or run of sentences, that a passage stands in."""
    bounds = [(a, b) for a, b in sentences(passage.paragraph.text) if a < passage.end and b > passage.start]
    return Passage(passage.paragraph, bounds[0][0], bounds[-1][1]) if bounds else passage


def _is_inside(alignment: Alignment, own: int, source: Reading, passage: Passage) -> bool:
    places: Sequence[int] = alignment.links.pairs.get(own, ())
    return any(passage.start <= source.tokens[place].start < passage.end for place in places)


def _names_of(document: Document) -> frozenset[str]:
    """Return the words that name a document: of its titles, its place, its event and its id."""
    named = [*document.titles.values(), document.place or "", document.event or "", document.id.replace("-", " ")]
    return frozenset(word for name in named for word in words(name))


def _is_true_of(fact: Fact, document: Document) -> bool:
    """Whether a fact is one of the document itself: its day, the country of its place, the number of its summit."""
    if fact.kind == "date" and document.date is not None:
        day = (document.date.year, document.date.month, document.date.day)
        return dates_agree(fact.value, day)  # type: ignore[arg-type]
    if fact.kind in {"summit", "country"}:
        about = read(f"{document.event or ''}. {document.place or ''}", "en")
        return any(_is_same(fact, other) for other in about.of_kind(fact.kind))
    return False


def _is_same(fact: Fact, other: Fact) -> bool:
    if isinstance(fact.value, frozenset) and isinstance(other.value, frozenset):
        return bool(fact.value & other.value)
    return fact.value == other.value
