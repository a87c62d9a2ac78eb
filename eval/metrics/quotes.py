"""Checks of quotations: status, place, detection of alterations, false alarms on true quotations."""

from __future__ import annotations

from app.schemas import QuoteResult
from eval.dataset import QuoteCase
from eval.metrics.citation import global_id
from eval.metrics.metric import Metric

_TRUE = ("verbatim", "elided")

METRICS = (
    Metric("quotes_status", "quotations: status right", "Share of statuses that are right.", ("status_right",)),
    Metric(
        "quotes_detected",
        "quotations: alterations detected",
        "Share of altered quotations that were not passed as verbatim or elided.",
        ("alteration_detected",),
    ),
    Metric(
        "quotes_false_alarm",
        "quotations: false alarms",
        "Share of true quotations that were called altered or not found.",
        ("false_alarm",),
        better="lower",
    ),
    Metric("quotes_place", "quotations: place right", "Share whose first match is where they stand.", ("place_right",)),
)


def score_quote(case: QuoteCase, result: QuoteResult) -> dict[str, float]:
    """Score one check."""
    scores = {"status_right": float(result.status == case.status)}
    if case.status == "altered":
        scores["alteration_detected"] = float(result.status not in _TRUE)
    if case.status in _TRUE:
        scores["false_alarm"] = float(result.status not in _TRUE)
    if case.gold:
        place = result.matches[0] if result.matches else result.translation_of
        scores["place_right"] = float(place is not None and global_id(place) in case.relevant)
    return scores
