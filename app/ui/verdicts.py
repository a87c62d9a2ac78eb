"""Verdicts on quotations, claims and articles as HTML. What was pasted and what the texts say is always escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from app.schemas import ArticleResult, ArticleSpan, ClaimResult, DiffOp, Evidence, QuoteResult
from app.ui.render import quote_address
from app.ui.templating import render

SIGNS = {
    "verbatim": "✓",
    "supported": "✓",
    "elided": "✓…",
    "altered": "≠",
    "contradicted": "≠",
    "partly_supported": "½",
    "not_found": "?",
    "too_short": "–",
}
"""A verdict at a glance, for those who see no colours."""
_WEIGHT = {"number": 0, "negation": 1, "modal": 2, "word": 3}


def quote_html(result: QuoteResult, language: str) -> str:
    """Return the result of checking a quotation."""
    tools = {"address": quote_address, "changes": changes, "signs": SIGNS}
    return render("checked.html", language, what="quote", result=result, **tools)


def claim_html(result: ClaimResult, language: str) -> str:
    """Return the result of checking a claim."""
    tools = {"address": quote_address, "by_stance": by_stance, "signs": SIGNS}
    return render("checked.html", language, what="claim", result=result, **tools)


def article_html(article: str, result: ArticleResult, language: str) -> str:
    """Return an article with everything found in it marked in place, and each verdict below it."""
    return render(
        "article.html",
        language,
        marked=marked_article(article, result.spans),
        spans=result.spans,
        status_of=status_of,
        signs=SIGNS,
        address=quote_address,
        changes=changes,
        by_stance=by_stance,
    )


def marked_article(article: str, spans: Sequence[ArticleSpan]) -> Markup:
    """Return an article as HTML, each span marked and followed by a link to its verdict; spans may lie in spans."""
    edges = sorted({0, len(article), *(edge for span in spans for edge in (span.start, span.end))})
    html = Markup()
    for start, end in pairwise(edges):
        over = [span for span in spans if span.start <= start and end <= span.end]
        words = Markup("<br>").join(escape(line) for line in article[start:end].split("\n"))
        classes = " ".join(f"{span.kind} verdict-{status_of(span)}" for span in over[-1:])
        html += Markup('<span class="found {}">{}</span>').format(classes, words) if over else words
        html += Markup().join(_links(spans, end))
    return html


def status_of(span: ArticleSpan) -> str:
    """Return the verdict on something found in an article."""
    if span.quotation is not None:
        return span.quotation.status
    return span.claim.verdict if span.claim is not None else "not_found"


def by_stance(evidence: Sequence[Evidence]) -> dict[str, list[Evidence]]:
    """Return evidence by what it does to a claim, for before against before neither."""
    names = {"supports": "evidence_for", "contradicts": "evidence_against", "related": "evidence_near"}
    sorted_out = {name: [e for e in evidence if e.stance == stance] for stance, name in names.items()}
    return {name: found for name, found in sorted_out.items() if found}


def changes(diff: Sequence[DiffOp]) -> list[DiffOp]:
    """Return what differs without being marked as left out; numbers and negations first."""
    differing = (step for step in diff if step.op != "equal" and step.kind != "elision")
    return sorted(differing, key=lambda step: _WEIGHT.get(step.kind or "word", len(_WEIGHT)))


def _links(spans: Sequence[ArticleSpan], end: int) -> Iterator[Markup]:
    link = Markup('<a class="found-link verdict-{0}" href="#found-{1}">{1}\u202f{2}</a>')
    for number, span in enumerate(spans, start=1):
        if span.end == end:
            yield link.format(status_of(span), number, SIGNS[status_of(span)])
