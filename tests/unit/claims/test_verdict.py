"""The rules from assessments to verdicts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.claims.evidence import Assessment
from app.claims.facts.fact import Finding
from app.claims.verdict import Calibration, Curve, Entailed, calibration, judge, whole_verdict, write_calibration
from app.schemas import ClaimVerdict
from corpus.model import Passage
from tests.builders import a_document

_PARAGRAPH = a_document("We call for open dialogue on migration.").paragraphs[0]
_COVERED = Assessment(
    paragraph=_PARAGRAPH,
    passage=Passage(_PARAGRAPH, 0, len(_PARAGRAPH.text)),
    similarity=0.6,
    lift=0.3,
    coverage=1.0,
    local=1.0,
    undisputed=1.0,
    heaviest=0.0,
    unmatched=(),
    is_led=True,
    findings=(),
)
_STRANGE = replace(_COVERED, similarity=0.1, lift=0.0, coverage=0.1, local=0.1, undisputed=0.1, heaviest=0.5)
FIT = Calibration(
    support=Curve(bias=-9.0, threshold=0.5, weights={"coverage": 12.0, "entails": 1.0}),
    denial=Curve(bias=-4.0, threshold=0.5, weights={"coverage": 3.0, "differs": 4.0, "contradicts": 2.0}),
    told=0.8,
)
_DATE = Finding("date", "differs", "2023", "2024")


def test_a_covered_statement_is_supported() -> None:
    assert judge([_COVERED], fit=FIT).verdict == "supported"


def test_a_difference_contradicts_what_is_otherwise_covered() -> None:
    judgement = judge([replace(_COVERED, findings=(_DATE,))], fit=FIT)
    assert (judgement.verdict, judgement.findings) == ("contradicted", (_DATE,))


def test_a_difference_in_a_passage_about_something_else_contradicts_nothing() -> None:
    assert judge([replace(_STRANGE, findings=(_DATE,))], fit=FIT).verdict == "not_found"


def test_a_fact_the_text_does_not_have_is_never_supported() -> None:
    assert judge([replace(_COVERED, findings=(Finding("number", "absent", "50"),))], fit=FIT).verdict == "not_found"


def test_an_overstated_act_is_supported_in_part_whatever_the_reader_says() -> None:
    finding = Finding("act", "overstated", "decided", "call for")
    denied = [Entailed(contradicts=0.8, neutral=0.0, entails=0.2)]
    assert judge([replace(_COVERED, findings=(finding,))], denied, fit=FIT).verdict == "partly_supported"
    assert judge([replace(_COVERED, findings=(finding,))], fit=FIT).verdict == "partly_supported"


def test_a_statement_whose_leading_word_is_unmatched_is_never_wholly_supported() -> None:
    item = replace(_COVERED, unmatched=("keep",), is_led=False, coverage=0.9, local=0.9, heaviest=0.1)
    assert judge([item], fit=FIT).verdict == "partly_supported"


def test_support_in_one_paragraph_outweighs_a_difference_in_another() -> None:
    assert judge([replace(_COVERED, findings=(_DATE,)), _COVERED], fit=FIT).verdict == "supported"


def test_figures_are_read_as_they_were_written(tmp_path: Path) -> None:
    write_calibration(FIT, tmp_path / "calibration.toml")
    assert calibration(tmp_path / "calibration.toml") == FIT


def test_nothing_searched_is_not_found() -> None:
    assert judge([], fit=FIT).verdict == "not_found"


def test_the_entailment_model_can_contradict_what_no_table_knows() -> None:
    assert (
        judge([_COVERED], [Entailed(contradicts=0.97, neutral=0.02, entails=0.01)], fit=FIT).verdict == "contradicted"
    )


def test_the_entailment_model_vouches_for_another_wording() -> None:
    item = replace(_COVERED, unmatched=("comeback",), is_led=False, coverage=0.9)
    assert judge([item], [Entailed(contradicts=0.01, neutral=0.02, entails=0.97)], fit=FIT).verdict == "supported"


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("supported", "supported"), "supported"),
        (("supported", "not_found"), "partly_supported"),
        (("supported", "contradicted"), "partly_supported"),
        (("partly_supported",), "partly_supported"),
        (("contradicted", "not_found"), "contradicted"),
        (("not_found", "not_found"), "not_found"),
    ],
)
def test_the_whole_follows_from_its_parts(parts: tuple[ClaimVerdict, ...], whole: ClaimVerdict) -> None:
    assert whole_verdict(parts) == whole
