"""Whether answers cite the right paragraphs, sentence by sentence.

Citation precision and recall follow ALCE (Gao et al., 2023, arXiv 2305.14627) with gold paragraphs in the place of
its entailment model: a sentence is recalled if one of its citations is a right paragraph; precision is the share of
its citations that are. Both are means over an answer's sentences.
"""

from __future__ import annotations

from statistics import fmean

from app.schemas import Answer, CitationOut
from eval.dataset import Expectation
from eval.metrics.metric import Metric

METRICS = (
    Metric(
        "first_cited",
        "right paragraph cited first",
        "Answerable questions whose answer cites a right paragraph first; a refusal is wrong.",
        ("first_cited",),
        task="question",
    ),
    Metric(
        "citation_precision",
        "citation precision per sentence (ALCE)",
        "Share of a sentence's citations that are right paragraphs.",
        ("citation_precision",),
        task="question",
    ),
    Metric(
        "citation_recall",
        "citation recall per sentence (ALCE)",
        "Share of an answer's sentences that rest on a right paragraph.",
        ("citation_recall",),
        task="question",
    ),
    Metric(
        "gold_cited",
        "required paragraphs cited",
        "Share of the paragraphs a complete answer needs that the answer cites; a refusal cites none.",
        ("gold_cited",),
        task="question",
    ),
)


def global_id(citation: CitationOut) -> str:
    """Return `<document>/<paragraph>`."""
    return f"{citation.document}/{citation.paragraph}"


def score_citations(case: Expectation, answer: Answer) -> dict[str, float]:
    """Score the citations of one answer; nothing for a question that has no answer."""
    if not case.gold:
        return {}
    cited = [global_id(citation) for citation in answer.citations]
    scores = {
        "first_cited": float(bool(cited) and cited[0] in case.relevant),
        "gold_cited": fmean(bool(choices.intersection(cited)) for choices in case.required),
    }
    if not answer.sentences:
        return scores
    by_marker = {citation.marker: global_id(citation) in case.relevant for citation in answer.citations}
    right = [[by_marker.get(marker, False) for marker in sentence.citations] for sentence in answer.sentences]
    precision = [fmean(marks) for marks in right if marks]
    if precision:
        scores["citation_precision"] = fmean(precision)
    scores["citation_recall"] = fmean(any(marks) for marks in right)
    return scores
