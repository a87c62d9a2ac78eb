"""Turns of conversations: right or not, and what the history adds.

As MTRAG does (Katsis et al., 2025, arXiv 2501.03468), a later turn is asked twice: with the full history, and alone.
"""

from __future__ import annotations

from app.schemas import Answer
from eval.dataset import Expectation
from eval.metrics.citation import global_id
from eval.metrics.metric import Metric

METRICS = (
    Metric(
        "turns_right",
        "conversation turns right",
        "Turns answered with a right paragraph first, or refused where the texts are silent.",
        ("turn_right",),
        task="conversation",
    ),
    Metric(
        "follow_ups_right",
        "follow-ups right, full history",
        "The same, from the second turn on.",
        ("follow_up_right",),
        task="conversation",
    ),
    Metric(
        "last_turn_only",
        "follow-ups right, last turn alone",
        "The same turns asked without history: what the history has to be worth.",
        ("alone_right",),
        task="conversation",
        gated=False,
    ),
)


def is_right(case: Expectation, answer: Answer) -> bool:
    """Whether an answer cites a right paragraph first, or refuses where it has to."""
    if case.expected == "refusal":
        return answer.outcome == "refusal"
    return bool(answer.citations) and global_id(answer.citations[0]) in case.relevant


def score_turn(case: Expectation, answer: Answer, *, alone: Answer | None) -> dict[str, float]:
    """Score a turn.

    Args:
        case: The turn.
        answer: With the full history.
        alone: Without history; None for a first turn.
    """
    scores = {"turn_right": float(is_right(case, answer))}
    if alone is not None:
        scores |= {"follow_up_right": scores["turn_right"], "alone_right": float(is_right(case, alone))}
    return scores
