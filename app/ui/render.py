"""Answers and the page's frame as HTML. What comes from a text, a question or a model is always escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from app.schemas import Answer, CitationOut, DocumentSummary, SentenceOut
from app.ui.templating import lines, one_block, render

_MARKER = re.compile(r"\[(\d+)\]")


def masthead_html(language: str) -> str:
    """Return the head of the page."""
    return render("masthead.html", language)


def links_html(language: str, *, can_add: bool) -> str:
    """Return the links beside the head, and the switch between light and dark."""
    return render("links.html", language, can_add=can_add)


def footer_html(language: str, model: str | None) -> str:
    """Return the foot of the page: who answers, and what is kept."""
    return render("footer.html", language, model=model)


def examples_html(language: str) -> str:
    """Return the heading of the example questions."""
    return render("examples.html", language)


def reader_html(language: str, element: str, documents: Sequence[DocumentSummary] = ()) -> str:
    """Return an empty reader.

    Args:
        language: Of the page.
        element: Its id on the page.
        documents: Texts to offer while nothing is open.
    """
    return render("reader_frame.html", language, element=element, documents=documents)


def question_html(text: str) -> str:
    """Return a question as it was written."""
    return one_block(f'<div class="asked">{lines(text)}</div>')


def pending_html(language: str) -> str:
    """Return what is shown until the first words of an answer."""
    return one_block(render("pending.html", language))


def partial_html(text: str) -> str:
    """Return an answer that is still being written."""
    return one_block(f'<div class="reply partial">{lines(text)}</div>')


def error_html(message: str, language: str) -> str:
    """Return an error, kindly."""
    return one_block(render("error.html", language, message=message))


def answer_html(answer: Answer, language: str) -> str:
    """Return an answer with its citations as links, or a refusal with its trail.

    Args:
        answer: From the service.
        language: Of the page.
    """
    if answer.outcome == "refusal":
        return one_block(render("refusal.html", language, answer=answer))
    by_marker = {citation.marker: citation for citation in answer.citations}
    sentences = [(sentence, sentence_html(sentence, by_marker)) for sentence in answer.sentences]
    return one_block(
        render("answer.html", language, answer=answer, sentences=sentences, sources=sources(answer.citations))
    )


def sources(citations: Sequence[CitationOut]) -> list[tuple[str, str, list[CitationOut]]]:
    """Return the places that an answer quotes, each once: its label, its address, what is quoted there."""
    places: dict[str, list[CitationOut]] = {}
    for citation in citations:
        places.setdefault(citation.url, []).append(citation)
    return [(quoted[0].label, quote_address(quoted[0]), quoted) for quoted in places.values()]


def result_html(language: str, result: str = "") -> str:
    """Return the place where verdicts appear, with one in it or none yet."""
    return render("result.html", language, result=Markup(result))  # noqa: S704 - rendered by the functions here


def quote_address(citation: CitationOut) -> str:
    """Return the address of a quotation: its paragraph, with the offsets that mark it there."""
    address, hash_mark, anchor = citation.url.partition("#")
    return f"{address}?start={citation.start}&end={citation.end}{hash_mark}{anchor}"


def sentence_html(sentence: SentenceOut, by_marker: Mapping[int, CitationOut]) -> Markup:
    """Return a sentence with its quotations in their own language and its markers as links."""
    cited = [by_marker[marker] for marker in sentence.citations]
    html, position = Markup(), 0
    for start, citation in _quotations(sentence.text, cited):
        if start < position:
            continue
        html += _links(sentence.text[position:start], by_marker, sentence.citations)
        position = start + len(citation.quote)
        html += Markup('<span class="quoted" lang="{}">{}</span>').format(citation.language, citation.quote)
    return html + _links(sentence.text[position:], by_marker, sentence.citations)


def _quotations(text: str, cited: Sequence[CitationOut]) -> Iterator[tuple[int, CitationOut]]:
    """Yield where quotations stand in a sentence, the longer first where two begin together."""
    places = [(text.find(citation.quote), citation) for citation in cited]
    yield from sorted((place for place in places if place[0] >= 0), key=lambda place: (place[0], -len(place[1].quote)))


def _links(text: str, by_marker: Mapping[int, CitationOut], markers: Sequence[int]) -> Markup:
    html, position = Markup(), 0
    for match in _MARKER.finditer(text):
        if int(match[1]) not in markers:
            continue
        citation = by_marker[int(match[1])]
        html += escape(text[position : match.start()]) + Markup(
            '<a class="cite" role="doc-noteref" href="{}" title="{}">{}</a>'
        ).format(quote_address(citation), citation.label, match[0])
        position = match.end()
    return html + escape(text[position:])
