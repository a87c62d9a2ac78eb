"""Checks claims against the texts of one library: split, search, hold against, judge, and show why.

A verdict is about the texts, never about the world. The entailment model is optional; without it the rules stand on
hard facts and on how much of a statement a paragraph covers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.chain.references import resolve
from app.chain.scope import Scope
from app.chain.shape import Shaper, tried
from app.claims.attribution import Attribution, attribution, frame_offsets, reference_spans
from app.claims.evidence import Assessment, EvidenceReader, sentence_of
from app.claims.facts.fact import Finding
from app.claims.facts.reading import Reading, read
from app.claims.invoked import act_findings, document_finding, head_findings
from app.claims.reasons import reason_of, say_reason
from app.claims.split import Part, split_claim
from app.claims.verdict import Entailed, Judgement, judge, whole_verdict
from app.schemas import ClaimPart, ClaimResult, Evidence, Searched, Stance
from corpus.labels import paragraph_label
from corpus.language import detect_language
from corpus.library import Library
from corpus.model import Citation, Document, Paragraph, Passage
from embeddings.retriever import Found, Retriever

CANDIDATES = 12
"""Paragraphs that are held against a part of a claim."""
READ_CLOSELY = 4
"""Closest paragraphs that the rules and the entailment model look at."""
_QUOTE_WORDS = 60
_NAMED = 0.15
"""What a paragraph of a text that the claim names is closer by."""


class Entailment(Protocol):
    """Says whether a passage entails a statement."""

    def entailment(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Return (n, 3) float32 probabilities of contradiction, entailment and neutral, for (passage, statement)."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """One part of a claim, made ready."""

    text: str
    language: str
    claimed: Attribution
    reading: Reading
    named: tuple[Document, ...]


class ClaimChecker:
    """Checks claims.

    Args:
        library: The texts.
        retriever: Searches them.
        reader: Holds statements against paragraphs.
        entailment: The model, if there is one.
        split: Cuts a claim in a language into parts.
    """

    def __init__(
        self,
        library: Library,
        retriever: Retriever,
        reader: EvidenceReader,
        entailment: Entailment | None = None,
        *,
        split: Callable[[str, str], list[Part]] = split_claim,
    ) -> None:
        self._split = split
        self._library = library
        self._retriever = retriever
        self._reader = reader
        self._entailment = entailment
        self._scope = Scope(library.documents)
        self._shaper = Shaper(library)

    def check(self, claim: str) -> ClaimResult:
        """Say what the texts say of a claim, part by part.

        Args:
            claim: Prose in one of the four languages.
        """
        language = detect_language(claim)
        parts = [self._check_part(part, language) for part in self._split(claim, language)]
        verdict = whole_verdict([part.verdict for part in parts])
        return ClaimResult(
            verdict=verdict,
            confidence=min((part.confidence for part in parts), default=0.0),
            parts=tuple(parts),
            evidence=_merged(parts, verdict),
            language=language,
            corpus=self._library.digest,
        )

    def readings(self, claim: str) -> Iterator[tuple[list[Assessment], list[Entailed] | None]]:
        """Yield the paragraphs held against each part of a claim, not yet judged; what calibration is fitted to.

        Parts that name a paragraph by its number are left out.
        """
        language = detect_language(claim)
        for part in self._split(claim, language):
            statement = self._prepare(part, language)
            assessments = self._assess(statement, self._retriever.find(statement.text, k=CANDIDATES, language=language))
            yield assessments, self._entailed(statement, assessments)

    def _check_part(self, part: Part, language: str) -> ClaimPart:
        statement = self._prepare(part, language)
        found = self._retriever.find(statement.text, k=CANDIDATES, language=language)
        assessments = self._assess(statement, found)
        judgement = judge(assessments, self._entailed(statement, assessments))
        if statement.claimed.reference.numbers and assessments:
            judgement = self._judge_reference(statement, found, judgement)
        stance: Stance = "related"
        if judgement.verdict != "not_found":
            stance = "contradicts" if judgement.verdict == "contradicted" else "supports"
        return ClaimPart(
            claim=part.text,
            verdict=judgement.verdict,
            evidence=tuple(
                self._evidence(item, marker, stance, language) for marker, item in enumerate(judgement.evidence, 1)
            ),
            reasons=self._reasons(judgement, statement, found),
            confidence=round(judgement.confidence, 3),
            searched=self._searched(found) if judgement.verdict == "not_found" else None,
        )

    def _prepare(self, part: Part, language: str) -> _Statement:
        claimed = attribution(part.text, language)
        text = claimed.statement(part.text)
        for start, end in reversed(reference_spans(text, language)):
            text = text[:start] + " " * (end - start) + text[end:]
        reading = read(text, language, translate=self._reader.translate, ignored=frame_offsets(text, language))
        named = tuple(self._library.document(name) for name in self._scope.mentioned(part.context).documents)
        return _Statement(text, language, claimed, reading, named)

    def _assess(self, statement: _Statement, found: Found) -> list[Assessment]:
        """Return the paragraphs found, held against the statement, closest first."""
        names = {document.id for document in statement.named}
        assessed = [self._hold(statement, hit.passage.paragraph, found) for hit in found.hits]

        def order(item: Assessment) -> tuple[float, str]:
            is_meant = self._reader.speaks_of_own_summit(statement.reading, item.paragraph)
            bonus = _NAMED * ((item.paragraph.document in names) + is_meant)
            return -item.closeness - bonus, item.paragraph.key

        return sorted(assessed, key=order)[:READ_CLOSELY]

    def _hold(self, statement: _Statement, paragraph: Paragraph, found: Found) -> Assessment:
        assert found.vector is not None  # noqa: S101 - something was found
        background = found.hits[0].background
        item = self._reader.assess(statement.reading, paragraph, found.vector, background=background)
        document = self._library.document(paragraph.document)
        more = [
            *act_findings(statement.claimed, paragraph, document.language),
            *head_findings(statement.claimed, statement.language, paragraph, document),
        ]
        stranger = document_finding(statement.named, paragraph, document)
        more += [stranger] if stranger else []
        return replace(item, findings=(*item.findings, *more)) if more else item

    def _entailed(self, statement: _Statement, items: Sequence[Assessment]) -> list[Entailed] | None:
        if self._entailment is None or not items:
            return None
        told = self._entailment.entailment([(item.paragraph.text, statement.text.strip()) for item in items])
        return [Entailed(contradicts=float(row[0]), entails=float(row[1]), neutral=float(row[2])) for row in told]

    def _judge_reference(self, statement: _Statement, found: Found, otherwise: Judgement) -> Judgement:
        """Judge a claim on a paragraph by its number: by that paragraph first, then by where it really stands."""
        ids = dict.fromkeys(item.paragraph.document for item in otherwise.evidence)
        documents = statement.named or tuple(self._library.document(name) for name in ids)
        reference = statement.claimed.reference
        named = [paragraph for document in documents for paragraph in resolve(reference, document)]
        number = ", ".join(str(n) for n in reference.numbers)
        inside = [self._hold(statement, paragraph, found) for paragraph in named]
        if inside:
            judgement = judge(inside, self._entailed(statement, inside))
            if judgement.verdict != "not_found":
                return judgement
        if otherwise.verdict not in {"supported", "partly_supported"}:
            return otherwise if inside else Judgement("not_found", otherwise.confidence, otherwise.evidence)
        where = paragraph_label(otherwise.evidence[0].paragraph.id, statement.language)
        finding = Finding("paragraph", "differs", number, where)
        return Judgement("contradicted", otherwise.confidence, otherwise.evidence, (finding,))

    def _evidence(self, item: Assessment, marker: int, stance: Stance, language: str) -> Evidence:
        citation = self._shaper.citation(Citation.of(_quotable(item.passage)), marker, language)
        return Evidence(**dict(citation), stance=stance)

    def _reasons(self, judgement: Judgement, statement: _Statement, found: Found) -> tuple[str, ...]:
        language = statement.language
        reasons = [reason_of(finding, language) for finding in judgement.findings]
        if judgement.verdict == "contradicted" and not reasons:
            reasons.append(say_reason("model_contradicts", language, percent=round(100 * judgement.confidence)))
        if judgement.verdict == "supported" and not reasons:
            is_reworded = bool(judgement.evidence[0].unmatched)
            percent = round(100 * judgement.confidence)
            reasons.append(say_reason("model_supports" if is_reworded else "supported", language, percent=percent))
        if judgement.verdict == "not_found":
            is_silent = statement.claimed.is_mention and bool(statement.reading.negated)
            reasons.append(say_reason("silence" if is_silent else "not_found", language, count=found.paragraphs))
        return tuple(dict.fromkeys(reasons))

    def _searched(self, found: Found) -> Searched:
        return Searched(
            terms=tried(found.terms),
            paragraphs=found.paragraphs,
            documents=tuple(document.id for document in self._library.documents),
        )


def _quotable(passage: Passage) -> Passage:
    """Return the sentence that a passage stands in if it is short enough to quote, else the passage."""
    sentence = sentence_of(passage)
    return sentence if len(sentence.text.split()) <= _QUOTE_WORDS else passage


def _merged(parts: Sequence[ClaimPart], verdict: str) -> tuple[Evidence, ...]:
    """Return the evidence of all parts, that for the whole verdict first, numbered anew."""
    wanted = "contradicts" if verdict == "contradicted" else "supports"
    every = [evidence for part in parts for evidence in part.evidence]
    if verdict != "not_found":
        every = [evidence for evidence in every if evidence.stance != "related"]
    ordered = sorted(every, key=lambda evidence: evidence.stance != wanted)
    distinct = {(e.document, e.paragraph, e.start, e.end, e.stance): e for e in reversed(ordered)}
    kept = [e for e in ordered if distinct[e.document, e.paragraph, e.start, e.end, e.stance] is e]
    return tuple(e.model_copy(update={"marker": marker}) for marker, e in enumerate(kept, start=1))
