"""Results as HTML for the page. Everything that comes from a text, a question or a model is escaped here.

Each message is one HTML block without blank lines, so that the chat's Markdown reader leaves it alone.
"""

from __future__ import annotations

import re
from html import escape, unescape

from app.schemas import Answer, CitationOut, ClaimResult, DiffOp, QuoteResult
from app.ui.texts import page_texts

_MARKER = re.compile(r"\[(\d+)\]")
_TAG = re.compile(r"<[^>]*>")


def question_html(text: str) -> str:
    """Return a question as it was written."""
    return f'<div class="asked">{_lines(text)}</div>'


def partial_html(text: str) -> str:
    """Return an answer that is still being written."""
    return f'<div class="reply">{_lines(text)}</div>'


def plain_text(html: str) -> str:
    """Return the text of a message that was rendered here."""
    return unescape(_TAG.sub("", html.replace("<br>", "\n")))


def answer_html(answer: Answer, language: str) -> str:
    """Return an answer with its citations as links, or a refusal with its trail.

    Args:
        answer: From the service.
        language: Of the page.
    """
    words = page_texts(language)
    if answer.outcome == "refusal":
        return _refusal(answer, language)
    body = "".join(f"<p>{_sentence(s.text, s.citations, answer.citations)}</p>" for s in answer.sentences)
    sources = "".join(f"<li>{citation_link(c, label=f'[{c.marker}] {c.label}')}</li>" for c in answer.citations)
    notice = f'<p class="notice">{escape(answer.notice)}</p>' if answer.notice else ""
    return (
        f'<div class="reply answer">{body}{notice}'
        f'<details class="sources"><summary>{escape(words["sources"])} ({len(answer.citations)})</summary>'
        f"<ul>{sources}</ul></details></div>"
    )


def citation_link(citation: CitationOut, *, label: str) -> str:
    """Return a link to a quotation's paragraph; the page opens it in the reader, any browser in the document."""
    address, _, anchor = citation.url.partition("#")
    href = f"{address}?start={citation.start}&end={citation.end}#{anchor}"
    return f'<a class="cite" href="{escape(href)}" title="{escape(citation.label)}">{escape(label)}</a>'


def quote_html(result: QuoteResult, language: str) -> str:
    """Return the result of checking a quotation."""
    words = page_texts(language)
    status = "quote_not_found" if result.status == "not_found" else result.status
    matches = "".join(
        f"<li>{citation_link(match, label=match.label)}{_diff(match.diff, language)}</li>" for match in result.matches
    )
    warnings = "".join(f'<p class="warning">⚠ {escape(warning)}</p>' for warning in result.warnings)
    translation = ""
    if result.translation_of:
        source = result.translation_of
        translation = f"<p>{citation_link(source, label=source.label)}</p>{_block(source)}"
    return (
        f'<section class="verdict verdict-{escape(result.status)}"><h3>{escape(words[status])}</h3>{warnings}'
        f"<ul>{matches}</ul>{translation}<p class='note'>{escape(words['check_note'])}</p></section>"
    )


def claim_html(result: ClaimResult, language: str) -> str:
    """Return the result of checking a claim."""
    words = page_texts(language)
    verdict = {name: words["claim_not_found" if name == "not_found" else name] for name in _VERDICTS}
    parts = ""
    for part in result.parts:
        reasons = "".join(f"<li>{escape(reason)}</li>" for reason in part.reasons)
        evidence = "".join(
            f"<li><strong>{escape(words[e.stance])}</strong>: {citation_link(e, label=e.label)}"
            f'<blockquote lang="{escape(e.language)}">{escape(e.quote)}</blockquote></li>'
            for e in part.evidence
        )
        parts += (
            f'<li class="verdict-{escape(part.verdict)}"><p>{escape(part.claim)}</p>'
            f"<p><strong>{escape(verdict[part.verdict])}</strong></p><ul>{reasons}</ul><ul>{evidence}</ul></li>"
        )
    return (
        f'<section class="verdict verdict-{escape(result.verdict)}"><h3>{escape(verdict[result.verdict])}</h3>'
        f"<ol>{parts}</ol><p class='note'>{escape(words['check_note'])}</p></section>"
    )


def error_html(message: str, language: str) -> str:
    """Return an error, kindly."""
    title = escape(page_texts(language)["wrong"])
    return f'<div class="reply error"><p><strong>{title}.</strong> {escape(message)}</p></div>'


_VERDICTS = ("supported", "contradicted", "partly_supported", "not_found")


def _refusal(answer: Answer, language: str) -> str:
    words = page_texts(language)
    nearest = "".join(
        f'<li><a class="cite" href="{escape(near.url)}" title="{escape(near.label)}">{escape(near.label)}</a></li>'
        for near in answer.nearest
    )
    trail = ""
    if answer.searched:
        terms = "".join(
            f"<li>{escape(code)}: {escape(', '.join(tried))}</li>" for code, tried in answer.searched.terms.items()
        )
        count = words["searched_for"].format(count=answer.searched.paragraphs)
        trail = (
            f"<details><summary>{escape(words['searched'])}</summary><p>{escape(count)}</p><ul>{terms}</ul></details>"
        )
    close = f'<p class="near">{escape(words["nearest"])}</p><ul>{nearest}</ul>' if nearest else ""
    return f'<div class="reply refusal"><p>{_lines(answer.answer)}</p>{close}{trail}</div>'


def _sentence(text: str, markers: tuple[int, ...], citations: tuple[CitationOut, ...]) -> str:
    """Escape a sentence, mark its quotations with their language and turn its own markers into links."""
    by_marker = {citation.marker: citation for citation in citations}
    html = _lines(text)
    for marker in markers:
        citation = by_marker[marker]
        quoted = escape(citation.quote)
        html = html.replace(quoted, f'<span class="quoted" lang="{escape(citation.language)}">{quoted}</span>', 1)

    def link(match: re.Match[str]) -> str:
        number = int(match[1])
        return citation_link(by_marker[number], label=match[0]) if number in markers else match[0]

    return _MARKER.sub(link, html)


def _diff(steps: tuple[DiffOp, ...], language: str) -> str:
    words = page_texts(language)
    if all(step.op == "equal" for step in steps):
        return f"<p>{escape(' '.join(step.text or '' for step in steps))}</p>"
    shown = []
    for step in steps:
        if step.op == "equal":
            shown.append(escape(step.text or ""))
            continue
        if step.source:
            shown.append(f'<del><span class="sr">{escape(words["source_says"])}: </span>{escape(step.source)}</del>')
        if step.quoted:
            shown.append(f'<ins><span class="sr">{escape(words["quoted_says"])}: </span>{escape(step.quoted)}</ins>')
    return f'<p class="diff"><span class="sr">{escape(words["differs"])}: </span>{" ".join(shown)}</p>'


def _block(citation: CitationOut) -> str:
    return f'<blockquote lang="{escape(citation.language)}">{escape(citation.quote)}</blockquote>'


def _lines(text: str) -> str:
    return escape(text).replace("\r", "").replace("\n", "<br>")
