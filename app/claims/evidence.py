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
from embeddings.lexical import QueryTerm, Translator, query_terms, words
from embeddings.retriever import Retriever


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a paragraph bears on a statement.

    Attributes:
        paragraph: Held against it.
        passage: The sentence or clause that bears on it most.
        similarity: Cosine of the statement and its nearest passage.
        lift: How far that stands out from the library's mean.
        coverage: Share of the statement's information that the paragraph's words match, 0 to 1.
        local: The same within the passage alone.
        undisputed: Coverage of what no finding disputes.
        heaviest: Largest share of information of one word that nothing matches, 0 to 1.
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
        known = [own for own in claim.content if own not in alignment.links.pairs and claim.tokens[own].lower in names]
        strengths = {**alignment.strengths, **dict.fromkeys(known, 1.0)}
        local_facts = [fact for fact in claim.facts if not _is_true_of(fact, document)]
        asked = replace(claim, facts=local_facts, content=[own for own in claim.content if own not in known])
        weights = self._weights(claim)
        findings = tuple(compare(asked, source, alignment.links))
        shared, told = _facts_shared(claim, local_facts, findings)
        passage, similarity = self._passage(paragraph, vector, source, alignment)
        inside = {
            own: strengths[own] if own in known or _is_inside(alignment, own, source, passage) else 0.0
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
            findings=findings,
        )

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


def _facts_shared(claim: Reading, asked: Sequence[Fact], findings: Sequence[Finding]) -> tuple[int, int]:
    """Return how many of a claim's numbers, dates and summits the passage has, and how many the claim gives."""
    counted = [fact for fact in claim.facts if fact.kind != "country"]
    missed = {(finding.kind, finding.claim) for finding in findings}
    return sum(fact not in asked or (fact.kind, fact.text) not in missed for fact in counted), len(counted)


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
