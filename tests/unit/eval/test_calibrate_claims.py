"""Curves of verdicts fitted to claims, on made-up assessments where only the reader's figures tell."""

from __future__ import annotations

import numpy as np

from app.claims.evidence import Assessment
from app.claims.verdict import Calibration, Curve, Entailed
from app.schemas import ClaimVerdict
from corpus.model import Passage
from eval.calibrate_claims import Sample, fit, summary
from eval.dataset import ClaimCase
from tests.builders import a_document

PARAGRAPHS = a_document("one", "two").paragraphs
NAMES = {"similarity": 0.0, "coverage": 0.0, "entails": 0.0, "contradicts": 0.0}
START = Calibration(Curve(0.0, 0.5, NAMES), Curve(0.0, 0.5, NAMES), 0.5)
VERDICTS: tuple[ClaimVerdict, ...] = ("supported", "contradicted", "not_found")


def an_assessment(row: int, noise: float) -> Assessment:
    return Assessment(
        paragraph=PARAGRAPHS[row],
        passage=Passage(PARAGRAPHS[row], 0, 3),
        similarity=noise,
        lift=0.0,
        coverage=noise,
        local=0.0,
        undisputed=0.0,
        heaviest=0.0,
        unmatched=(),
        is_led=True,
        findings=(),
    )


def a_sample(number: int) -> Sample:
    verdict = VERDICTS[number % 3]
    noise = np.random.default_rng(number).uniform(0.3, 0.6)
    told = {
        "supported": Entailed(contradicts=0.05, neutral=0.05, entails=0.9),
        "contradicted": Entailed(contradicts=0.9, neutral=0.05, entails=0.05),
        "not_found": Entailed(contradicts=0.05, neutral=0.9, entails=0.05),
    }[verdict]
    case = ClaimCase(
        id=f"k{number}",
        origin="written",
        language=("en", "es", "pt", "fr")[number % 4],  # type: ignore[arg-type]
        split="dev",
        family=f"f{number // 3}",
        library="x",
        kind="restated",
        claim="?",
        verdict=verdict,
        gold=() if verdict == "not_found" else (PARAGRAPHS[0].key,),
    )
    other = Entailed(contradicts=0.05, neutral=0.9, entails=0.05)
    return Sample(case, (([an_assessment(0, noise), an_assessment(1, noise)], [told, other]),))


SAMPLES = [a_sample(number) for number in range(36)]


def test_claims_are_judged_rightly_by_curves_fitted_to_others() -> None:
    _, judged = fit(SAMPLES, START)
    assert len(judged) == len(SAMPLES)
    assert all(one.verdict == one.case.verdict for one in judged)


def test_the_figure_that_tells_gets_the_weight() -> None:
    weights = fit(SAMPLES, START)[0].support.weights
    assert weights["entails"] > abs(weights["contradicts"]) > abs(weights["similarity"])


def test_summary_has_a_line_for_all_and_for_each_language() -> None:
    _, judged = fit(SAMPLES, START)
    lines = list(summary(judged))
    assert [name for name, *_ in lines] == ["x all", "x en", "x es", "x fr", "x pt"]
    assert lines[0][1:] == (36, 1.0, 0.0)
