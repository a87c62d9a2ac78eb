"""Every metric, in the order of the report."""

from __future__ import annotations

from eval.metrics import citation, claims, conversation, latency, nuggets, quotation, quotes, ranking, refusal, risk
from eval.metrics.metric import Metric

ALL: tuple[Metric, ...] = (
    *citation.METRICS,
    *quotation.METRICS,
    *nuggets.METRICS,
    *ranking.METRICS,
    *refusal.METRICS,
    *risk.METRICS,
    *conversation.METRICS,
    *claims.METRICS,
    *quotes.METRICS,
    *latency.METRICS,
)
