"""The default draft: an answer made of the texts' own words, without any language model.

It picks the passages that answer, orders them and frames them briefly in the language of the question. The quotation
stays in the language of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.chain.quotable import best_passage, short_quote, whole_quote
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
        _sentence("reads", [Citation.of_text(paragraph)], language=language, label=label) for paragraph in paragraphs
    ]


def _quote_paragraph(item: Evidence, *, key: str, language: str, label: Label, is_listing: bool) -> list[DraftSentence]:
    short = short_quote(item.passages)
    whole = whole_quote(short)
    items = enumeration_at(whole, best_passage(item.passages)) if is_listing else []
    sentences = []
    if items:
        sentences.append(_list_sentence(items, language=language, label=label))
    elif short != whole:
        sentences.append(_sentence(key, [Citation.of(short)], language=language, label=label))
    if sentences:
        sentences.append(_sentence("in_full", [Citation.of(whole)], language=language, label=label))
    else:
        sentences.append(_sentence(key, [Citation.of(whole)], language=language, label=label))
    return sentences


def _sentence(key: str, citations: Sequence[Citation], *, language: str, label: Label) -> DraftSentence:
    quotation = say("quotation", language, quote=citations[0].quote)
    text = say(key, language, label=label(citations[0].paragraph), quotation=quotation, marker=MARKER)
    return DraftSentence(text, tuple(citations))


def _list_sentence(items: Sequence[Passage], *, language: str, label: Label) -> DraftSentence:
    paragraph = items[0].paragraph
    shown = "\n".join(f"- {say('quotation', language, quote=item.text)}" for item in items)
    text = say("lists", language, label=label(paragraph), items=f"\n{shown}\n", marker=MARKER)
    return DraftSentence(text, (Citation.of(Passage(paragraph, items[0].start, items[-1].end)),))


_AND = r"(?:and|or|as well as|y|e|o|u|así como|ou|bem como|et|ainsi que)"
_SEPARATOR = re.compile(rf",\s+(?:{_AND}\s+)?|\s+{_AND}\s+")
_STOP = re.compile(r"[;:.()]")
_FEWEST_ITEMS = 3
_LONGEST_ITEM_WORDS = 8


def enumeration(passage: Passage) -> list[Passage]:
    """Return the items of the longest enumeration in a passage, each an exact span; empty where there is none.

    The first item has no mark at its start, so it is taken to be as long as those in the middle are on average.
    """
    best: list[tuple[int, int]] = []
    start = 0
    for stop in [*(match.start() for match in _STOP.finditer(passage.text)), len(passage.text)]:
        run = _run(passage.text, start, stop)
        best = max(best, run, key=len)
        start = stop + 1
    if len(best) < _FEWEST_ITEMS:
        return []
    return [Passage(passage.paragraph, passage.start + a, passage.start + b) for a, b in _stripped(passage.text, best)]


def _stripped(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        piece = text[start:end]
        yield start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def enumeration_at(sentence: Passage, place: Passage) -> list[Passage]:
    """Return the enumeration of a sentence that reaches into a place of it; empty where there is none."""
    items = enumeration(sentence)
    overlap = sum(max(0, min(item.end, place.end) - max(item.start, place.start)) for item in items)
    return items if items and overlap * 2 >= min(place.end - place.start, items[-1].end - items[0].start) else []


def _run(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the longest run of short neighbouring items between two places of a text."""
    cuts = [start]
    for match in _SEPARATOR.finditer(text, start, end):
        cuts += [match.start(), match.end()]
    cuts.append(end)
    pieces = list(zip(cuts[::2], cuts[1::2], strict=True))
    runs: list[list[tuple[int, int]]] = [[]]
    for a, b in pieces:
        if text[a:b].strip() and text.count(" ", a, b) < _LONGEST_ITEM_WORDS:
            runs[-1].append((a, b))
        else:
            runs.append([(a, b)] if text[a:b].strip() else [])
    longest = max(runs, key=len)
    if len(longest) < _FEWEST_ITEMS:
        return []
    return [_trim_first(text, longest), *longest[1:]]


def _trim_first(text: str, run: Sequence[tuple[int, int]]) -> tuple[int, int]:
    first_start, first_end = run[0]
    middle = run[1:-1]
    mean = round(sum(text.count(" ", a, b) + 1 for a, b in middle) / len(middle))
    words = list(re.finditer(r"\S+", text[first_start:first_end]))
    return first_start + words[-min(mean, len(words))].start(), first_end
