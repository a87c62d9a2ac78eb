"""Whether every quotation that an answer shows stands in its paragraph, character by character."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from statistics import fmean

from app.schemas import CitationOut
from eval.metrics.metric import Metric

METRICS = (
    Metric(
        "quotations_exact",
        "quotations exact",
        "Share of an answer's quotations that read as their paragraph does at their offsets, hash included.",
        ("quotations_exact",),
    ),
)


def score_quotations(citations: Sequence[CitationOut], text_of: Callable[[str, str], str]) -> dict[str, float]:
    """Compare quotations with the texts.

    Args:
        citations: Of one answer.
        text_of: The text of a paragraph, by document and paragraph id.
    """
    quoted = [citation for citation in citations if citation.kind == "text"]
    if not quoted:
        return {}
    return {"quotations_exact": fmean(_is_exact(c, text_of(c.document, c.paragraph)) for c in quoted)}


def _is_exact(citation: CitationOut, text: str) -> bool:
    return (
        text[citation.start : citation.end] == citation.quote
        and hashlib.sha256(text.encode()).hexdigest() == citation.sha256
    )
