"""The rules from assessments to a verdict, as documented in docs/checking.md. Pure; the figures come from a file.

Two curves say how likely a paragraph says what is claimed, and how likely it says otherwise. A difference in a hard
fact always rules support out. What neither supports nor contradicts is not found: the texts do not say it.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.claims.evidence import Assessment
from app.claims.facts.fact import Finding
from app.schemas import ClaimVerdict

SMALL_SHARE = 0.3
"""Share of a statement's information that one unmatched word may carry."""
NEAR_IN_MEANING = 0.35
"""Cosine from which a passage may say the same in other words."""
_SUREST = 1e-3


@dataclass(frozen=True, slots=True)
class Entailed:
    """What the reader says of a passage and a statement; the three add up to 1."""

    contradicts: float
    neutral: float
    entails: float


UNREAD = Entailed(contradicts=1 / 3, neutral=1 / 3, entails=1 / 3)
"""Where there is no reader."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A logistic curve over `figures`, and the probability from which it is taken for a yes."""

    bias: float
    threshold: float
    weights: Mapping[str, float]

    def probability(self, item: Assessment, entailed: Entailed) -> float:
        """Return the probability in [0, 1] for one assessment."""
        values = figures(item, entailed)
        total = self.bias + sum(weight * values[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Calibration:
    """What `celac-qa-eval calibrate-claims` fits.

    Attributes:
        support: That a paragraph says what is claimed.
        denial: That it says otherwise.
        told: Probability of entailment from which another wording is taken to say the same.
    """

    support: Curve
    denial: Curve
    told: float


def figures(item: Assessment, entailed: Entailed) -> dict[str, float]:
    """Return what the curves are told from: shares and cosines, and log-odds of the reader's probabilities."""
    return {
        "similarity": item.similarity,
        "coverage": item.coverage,
        "differs": float(item.has("differs")),
        "absent": float(item.has("absent")),
        "entails": _log_odds(entailed.entails),
        "contradicts": _log_odds(entailed.contradicts),
    }


def _log_odds(probability: float) -> float:
    sure = min(max(probability, _SUREST), 1 - _SUREST)
    return math.log(sure / (1 - sure))


PATH = Path(__file__).with_name("calibration.toml")


@lru_cache(maxsize=2)
def calibration(path: Path = PATH) -> Calibration:
    """Read figures, by default the shipped ones."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Calibration(Curve(**table["support"]), Curve(**table["denial"]), table["told"])


def write_calibration(fit: Calibration, path: Path = PATH) -> None:
    """Write figures as TOML, rounded."""
    lines = [
        "# Written by `celac-qa-eval calibrate-claims`, fitted to development claims only.",
        f"told = {fit.told:.2f}",
    ]
    for name, curve in (("support", fit.support), ("denial", fit.denial)):
        lines += ["", f"[{name}]", f"bias = {curve.bias:.3f}", f"threshold = {curve.threshold:.3f}"]
        lines += ["", f"[{name}.weights]", *(f"{key} = {value:.3f}" for key, value in curve.weights.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


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
    assessments: Sequence[Assessment], entailed: Sequence[Entailed] | None = None, *, fit: Calibration | None = None
) -> Judgement:
    """Apply the rules to the paragraphs held against one part of a claim.

    Args:
        assessments: Closest first.
        entailed: What the reader says of each, same order; None without one.
        fit: The calibration; the shipped one by default.

    Returns:
        The verdict of the first rule that applies.
    """
    known = fit or calibration()
    if not assessments:
        return Judgement("not_found", 1.0, ())
    readings = list(zip(assessments, entailed or [UNREAD] * len(assessments), strict=True))
    says = [known.support.probability(item, model) for item, model in readings]
    denies = [known.denial.probability(item, model) for item, model in readings]
    free = [
        index
        for index, (item, _) in enumerate(readings)
        if not (item.has("differs") or item.has("absent") or _is_denied(item, denies[index], known))
    ]
    best = max(free, key=says.__getitem__, default=None)
    if best is not None and says[best] >= known.support.threshold:
        item, model = readings[best]
        is_told = model.entails >= known.told or _is_small(item)
        rest = () if is_told else tuple(Finding("word", "absent", word) for word in item.unmatched)
        findings = (*item.findings, *rest)
        return Judgement("partly_supported" if findings else "supported", says[best], (item,), findings)
    worst = max(range(len(readings)), key=denies.__getitem__)
    if denies[worst] >= known.denial.threshold:
        item = readings[worst][0]
        findings = tuple(finding for finding in item.findings if finding.bearing == "differs")
        return Judgement("contradicted", denies[worst], (item,), findings)
    absent = tuple(finding for finding in assessments[0].findings if finding.bearing == "absent")
    chance = (1 - max(says)) * (1 - denies[worst])
    return Judgement("not_found", max(chance, 0.05), tuple(assessments[:2]), absent)


def _is_denied(item: Assessment, denial: float, fit: Calibration) -> bool:
    """Whether a paragraph is taken to say otherwise; an overstated act alone is support in part, not denial."""
    return denial >= fit.denial.threshold and not item.has("overstated")


def _is_small(item: Assessment) -> bool:
    """Whether the words that nothing matches may be put down to another wording without asking the reader.

    A single word may be, if it does not lead the statement, weighs little and the passage is near in meaning.
    """
    is_light = len(item.unmatched) == 1 and item.heaviest <= SMALL_SHARE and item.similarity >= NEAR_IN_MEANING
    return not item.unmatched or (is_light and item.is_led)


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
