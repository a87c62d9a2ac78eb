"""The rules from assessments to a verdict, as documented in docs/checking.md. Pure; the figures come from a file.

A difference in a hard fact contradicts a claim that is otherwise about the paragraph. Support needs that nothing
speaks against the claim and that the paragraph covers it. What is in between is not found: the texts do not say it.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.claims.evidence import Assessment
from app.claims.facts.fact import Finding
from app.schemas import ClaimVerdict

SURE_ENTAILMENT = 0.8
"""Probability of the model from which a passage may say in other words what the tables cannot match."""

NEAREST = 2
"""Paragraphs close enough for a difference in them to contradict a claim."""
SMALL_SHARE = 0.3
"""Share of a statement's information that one unmatched word may carry."""
NEAR_IN_MEANING = 0.35
"""Cosine from which a passage may say the same in other words."""


@dataclass(frozen=True, slots=True)
class Entailed:
    """What the entailment model says of a passage and a statement; the three add up to 1."""

    contradicts: float
    neutral: float
    entails: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A logistic curve over figures of an assessment, and the probability from which it is taken for a yes."""

    bias: float
    similarity: float
    lift: float
    coverage: float
    local: float
    heaviest: float
    threshold: float
    entails: float = 0.0
    contradicts: float = 0.0

    def probability(self, item: Assessment, entailed: Entailed | None, *, coverage: float) -> float:
        """Return the probability in [0, 1] for one assessment."""
        total = (
            self.bias
            + self.similarity * item.similarity
            + self.lift * item.lift
            + self.coverage * coverage
            + self.local * item.local
            + self.heaviest * item.heaviest
        )
        if entailed is not None:
            total += self.entails * entailed.entails + self.contradicts * entailed.contradicts
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Calibration:
    """The curves: that a paragraph says what is claimed, and that it is about it at all."""

    support: Curve
    topic: Curve
    support_entailed: Curve
    topic_entailed: Curve
    contradiction: float
    """Probability of the entailment model from which it alone contradicts a claim."""


@lru_cache(maxsize=1)
def calibration() -> Calibration:
    """Read the shipped figures."""
    table = tomllib.loads(Path(__file__).with_name("calibration.toml").read_text(encoding="utf-8"))
    return Calibration(
        support=Curve(**table["support"]),
        topic=Curve(**table["topic"]),
        support_entailed=Curve(**table["support_entailed"]),
        topic_entailed=Curve(**table["topic_entailed"]),
        contradiction=table["entailment"]["contradiction"],
    )


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the texts say of one part of a claim.

    Attributes:
        verdict: One of the contract's four.
        confidence: Probability in [0, 1] that it is right.
        evidence: Assessments that bear on it, best first.
        findings: Why.
    """

    verdict: ClaimVerdict
    confidence: float
    evidence: tuple[Assessment, ...]
    findings: tuple[Finding, ...] = ()


def judge(
    assessments: Sequence[Assessment], entailed: Sequence[Entailed] | None = None, *, figures: Calibration | None = None
) -> Judgement:
    """Apply the rules to the paragraphs held against one part of a claim.

    Args:
        assessments: Closest first.
        entailed: What the entailment model says of each, same order; None without a model.
        figures: The calibration; the shipped one by default.

    Returns:
        The verdict of the first rule that applies.
    """
    known = figures or calibration()
    if not assessments:
        return Judgement("not_found", 1.0, ())
    support = known.support if entailed is None else known.support_entailed
    topic = known.topic if entailed is None else known.topic_entailed
    models: Sequence[Entailed | None] = entailed or [None] * len(assessments)
    readings = list(zip(assessments, models, strict=True))
    says = [support.probability(item, e, coverage=item.coverage) for item, e in readings]
    about = [topic.probability(item, e, coverage=item.undisputed) for item, e in readings]
    for index in sorted(range(len(readings)), key=lambda i: -says[i]):
        item, model = readings[index]
        is_denied = model is not None and model.contradicts >= known.contradiction
        if says[index] >= support.threshold and not (item.has("differs") or item.has("absent") or is_denied):
            rest = () if _is_told(item, model) else tuple(Finding("word", "absent", word) for word in item.unmatched)
            findings = (*item.findings, *rest)
            verdict: ClaimVerdict = "partly_supported" if findings else "supported"
            return Judgement(verdict, says[index], (item,), findings)
    for index, (item, model) in enumerate(readings[:NEAREST]):
        is_denied = model is not None and model.contradicts >= known.contradiction
        if about[index] >= topic.threshold and ((item.has("differs") and not item.has("absent")) or is_denied):
            findings = tuple(finding for finding in item.findings if finding.bearing == "differs")
            return Judgement("contradicted", about[index], (item,), findings)
    chance = 1 - max(*says, *(a for a, item in zip(about, assessments, strict=True) if item.has("differs")), 0.0)
    absent = tuple(finding for finding in assessments[0].findings if finding.bearing == "absent")
    return Judgement("not_found", max(chance, 0.05), tuple(assessments[:2]), absent)


def _is_told(item: Assessment, model: Entailed | None) -> bool:
    """Whether the words that nothing matches may be put down to another wording.

    The model says so; without one, a single word may be, if it does not lead the statement, weighs little and the
    passage is near in meaning.
    """
    if model is not None:
        return model.entails >= SURE_ENTAILMENT
    is_small = len(item.unmatched) == 1 and item.heaviest <= SMALL_SHARE and item.similarity >= NEAR_IN_MEANING
    return not item.unmatched or (is_small and item.is_led)


def whole_verdict(parts: Sequence[ClaimVerdict]) -> ClaimVerdict:
    """Return the verdict on a claim from those on its parts.

    All supported: supported. Some supported, or supported in part: partly supported. None of these: contradicted if
    a part is, else not found.

    Examples:
        >>> whole_verdict(["supported", "not_found"]), whole_verdict(["contradicted", "not_found"])
        ('partly_supported', 'contradicted')
    """
    kinds = set(parts)
    if kinds == {"supported"}:
        return "supported"
    if kinds & {"supported", "partly_supported"}:
        return "partly_supported"
    return "contradicted" if "contradicted" in kinds else "not_found"
