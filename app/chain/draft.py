"""The default draft: an answer made of the texts' own words, without any language model.

It picks the passages that answer, orders them and frames them briefly in the language of the question. The quotation
stays in the language of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.chain.enumeration import enumeration_at
from app.chain.quotable import best_passage, opening, short_quote, whole_quote
from app.wording import say
from corpus.model import Citation, Paragraph, Passage

MARKER = "\ue000"
"""Stands in a draft for the marker that grounding will give its citations."""

Label = Callable[[Paragraph], str]


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence and what it claims to stand on; nothing in it is trusted yet.

    Attributes:
        text: With `MARKER` where the citation markers go.
        citations: The quotations that prove it.
        is_verified: Whether they do; a sentence that is not verified says so in its text.
    """

    text: str
    citations: tuple[Citation, ...]
    is_verified: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """A paragraph chosen to answer, with its passages and their closeness to the question, the whole first."""

    paragraph: Paragraph
    passages: Sequence[tuple[Passage, float]]


def draft_answer(
    evidence: Sequence[Evidence], *, language: str, label: Label, is_listing: bool = False
) -> list[DraftSentence]:
    """Write the answer that quotes some paragraphs, the first one first.

    Args:
        evidence: What answers, best first.
        language: For the frames around the quotations.
        label: What a paragraph is called.
        is_listing: The question asks for several things, so an enumeration is shown as one.
    """
    sentences: list[DraftSentence] = []
    quoted: set[str] = set()
    for item in evidence:
        key = "also" if item.paragraph.document in quoted else "reads"
        sentences += _quote_paragraph(item, key=key, language=language, label=label, is_listing=is_listing)
        quoted.add(item.paragraph.document)
    return sentences


def draft_paragraphs(paragraphs: Sequence[Paragraph], *, language: str, label: Label) -> list[DraftSentence]:
    """Write the answer to a question for named paragraphs: each of them, in full."""
    return [
        _sentence("reads", [Passage(paragraph, 0, len(paragraph.text))], language=language, label=label)
        for paragraph in paragraphs
    ]


def draft_outline(
    paragraphs: Sequence[Paragraph], *, language: str, title: Callable[[Paragraph], str], label: Label
) -> list[DraftSentence]:
    """Write what texts are about: what each opens with, and what the first paragraph of its parts does.

    Args:
        paragraphs: Of one text after another, in reading order.
        language: For the frames around the quotations.
        title: What the text of a paragraph is called.
        label: What a paragraph is called beside the title.
    """
    sentences: list[DraftSentence] = []
    before: Paragraph | None = None
    for paragraph in paragraphs:
        is_first = before is None or before.document != paragraph.document
        has_heading = paragraph.section and (before is None or before.section != paragraph.section)
        key = "outline_opens" if is_first else "outline_section" if has_heading else "catalogue"
        quote = Citation.of(opening(whole_quote(Passage(paragraph, 0, 1))))
        text = say(
            key,
            language,
            title=title(paragraph),
            section=paragraph.section or "",
            label=label(paragraph),
            quotation=say("quotation", language, quote=quote.quote),
            marker=MARKER,
        )
        sentences.append(DraftSentence(text, (quote,)))
        before = paragraph
    return sentences


def _quote_paragraph(item: Evidence, *, key: str, language: str, label: Label, is_listing: bool) -> list[DraftSentence]:
    short = short_quote(item.passages)
    whole = whole_quote(short[-1])
    items = enumeration_at(whole, best_passage(item.passages)) if is_listing else []
    sentences = []
    if items:
        sentences.append(_list_sentence(items, language=language, label=label))
    elif short != (whole,):
        sentences.append(_sentence(key, short, language=language, label=label))
    key = "in_full" if sentences else key
    sentences.append(_sentence(key, [whole], language=language, label=label))
    return sentences


def _sentence(key: str, quoted: Sequence[Passage], *, language: str, label: Label) -> DraftSentence:
    """Write a sentence that quotes passages of one paragraph, with a mark where words between them are left out."""
    quotation = " […] ".join(say("quotation", language, quote=passage.text) for passage in quoted)
    text = say(key, language, label=label(quoted[0].paragraph), quotation=quotation, marker=MARKER)
    return DraftSentence(text, tuple(Citation.of(passage) for passage in quoted))


def _list_sentence(items: Sequence[Passage], *, language: str, label: Label) -> DraftSentence:
    paragraph = items[0].paragraph
    shown = "\n".join(f"- {say('quotation', language, quote=item.text)}" for item in items)
    text = say("lists", language, label=label(paragraph), items=f"\n{shown}\n", marker=MARKER)
    return DraftSentence(text, (Citation.of(Passage(paragraph, items[0].start, items[-1].end)),))
