"""How well paragraphs are ranked: Success@1 and @5, Recall@5, reciprocal rank, nDCG@10, by ir-measures.

Paragraphs that answer equally well (`a|b` in a case) count once, at the rank of the first of them. Required
paragraphs have grade 2, merely acceptable ones grade 1; recall asks for the required ones alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import ir_measures
from ir_measures import RR, R, Success, nDCG

from eval.dataset import Expectation
from eval.metrics.metric import Metric

_MEASURES = {"success_at_1": Success @ 1, "success_at_5": Success @ 5, "rr": RR @ 10, "ndcg_at_10": nDCG @ 10}
_RECALL = {"recall_at_5": R(rel=2) @ 5}
_REQUIRED, _ALSO = 2, 1

METRICS = (
    Metric("success_at_1", "right paragraph first (search)", "The best hit is a right paragraph.", ("success_at_1",)),
    Metric("success_at_5", "right among first five (search)", "One of five hits is right.", ("success_at_5",)),
    Metric("recall_at_5", "Recall@5", "Share of the required paragraphs among five hits.", ("recall_at_5",)),
    Metric("mrr", "MRR@10", "Mean of 1 / rank of the first right paragraph.", ("rr",)),
    Metric("ndcg_at_10", "nDCG@10", "Discounted gain of ten hits over the best order.", ("ndcg_at_10",)),
)


def score_ranking(case: Expectation, ranked: Sequence[str]) -> dict[str, float]:
    """Score one ranking of global paragraph ids, best first; nothing for a question that has no answer."""
    if not case.gold:
        return {}
    names = {id_: entry for entry in case.gold for id_ in entry.split("|")}
    merged = list(dict.fromkeys(names.get(id_, id_) for id_ in ranked))
    extra = case.relevant - names.keys()
    qrels = {"q": dict.fromkeys(extra, _ALSO) | dict.fromkeys(case.gold, _REQUIRED)}
    run = {"q": {id_: float(len(merged) - place) for place, id_ in enumerate(merged)}}
    if not merged:
        return dict.fromkeys((*_MEASURES, *_RECALL), 0.0)
    found = ir_measures.calc_aggregate([*_MEASURES.values(), *_RECALL.values()], qrels, run)
    return {name: float(found[measure]) for name, measure in (_MEASURES | _RECALL).items()}
