"""Weights fitted to questions: on made-up samples where the right answer is known."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from app.chain.calibration import Calibration, read_calibration, write_calibration
from corpus.model import Passage
from embeddings.retriever import Hit
from eval.calibrate import Sample, best_threshold, cross_validate, fit
from eval.dataset import QuestionCase
from tests.builders import a_document

START = Calibration(
    relevance={"similarity": 0.5, "coverage": 0.5},
    reading={"relevance": 0.5, "answers": 0.5},
    confidence={"lift": 1.0, "margin": 1.0},
    bias=0.0,
    languages={},
    threshold=0.5,
)
PARAGRAPHS = a_document("one", "two", "three").paragraphs


def a_hit(row: int, rank: int, *, similarity: float, coverage: float) -> Hit:
    return Hit(
        passage=Passage(PARAGRAPHS[row], 0, 3),
        score=0.0,
        rank=rank,
        similarity=similarity,
        whole=similarity,
        background=0.1,
        coverage=coverage,
    )


def a_sample(number: int, *, is_answerable: bool) -> Sample:
    """Return a question whose right paragraph, the second, is told by coverage alone."""
    noise = np.random.default_rng(number).uniform(0, 0.1)
    gold = (PARAGRAPHS[1].key,) if is_answerable else ()
    case = QuestionCase(
        id=f"q{number}",
        origin="written",
        language=("en", "es", "pt", "fr")[number % 4],  # type: ignore[arg-type]
        split="dev",
        family=f"f{number}",
        library="x",
        kind="direct",
        question="?",
        expected="answer" if is_answerable else "refusal",
        gold=gold,
    )
    near = 0.6 if is_answerable else 0.2
    hits = (
        a_hit(0, 1, similarity=near + noise, coverage=0.1),
        a_hit(1, 2, similarity=near - noise, coverage=0.9 if is_answerable else 0.1),
        a_hit(2, 3, similarity=0.1, coverage=0.0),
    )
    return Sample(case, hits, ())


SAMPLES = [a_sample(number, is_answerable=number % 3 > 0) for number in range(48)]


def test_signal_that_tells_gets_the_weight() -> None:
    assert fit(SAMPLES, START).relevance["coverage"] > 0.8


def test_reading_gets_no_weight_where_nothing_was_read() -> None:
    assert fit(SAMPLES, START).reading == {"relevance": 1.0, "answers": 0.0}


def test_reading_that_tells_gets_the_weight() -> None:
    def is_read(sample: Sample) -> Sample:
        hits = [replace(hit, coverage=0.5, answers=6.0 if sample.is_right(hit) else -6.0) for hit in sample.hits]
        return replace(sample, hits=tuple(hits))

    assert fit([is_read(sample) for sample in SAMPLES], START).reading["answers"] > 0.8


def test_relevance_weights_add_up_to_one() -> None:
    assert abs(sum(fit(SAMPLES, START).relevance.values()) - 1) < 1e-6


def test_family_is_judged_by_weights_fitted_without_it() -> None:
    judged = cross_validate(SAMPLES, START)
    assert sorted(j.sample.case.id for j in judged) == sorted(s.case.id for s in SAMPLES)
    right = [j.first == PARAGRAPHS[1].key for j in judged if j.sample.case.gold]
    assert sum(right) == len(right)


def test_threshold_parts_answerable_from_unanswerable() -> None:
    judged = cross_validate(SAMPLES, START)
    bar = best_threshold(judged)
    assert all((j.confidence >= bar) == bool(j.sample.case.gold) for j in judged)


def test_figures_survive_writing_and_reading(tmp_path: Path) -> None:
    found = fit(SAMPLES, START)
    write_calibration(found, tmp_path / "fit.toml")
    read = read_calibration(tmp_path / "fit.toml")
    assert read.confidence.keys() == found.confidence.keys()
    assert abs(read.bias - found.bias) < 1e-3
