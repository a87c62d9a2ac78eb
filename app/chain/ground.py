"""The gate: no sentence leaves without an exact quotation from the texts as they are now.

A draft may come from anywhere, a language model included. Whatever does not stand on the library's own words is
dropped here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.chain.draft import MARKER, DraftSentence
from corpus.errors import CorpusError
from corpus.library import Library
from corpus.model import Citation


@dataclass(frozen=True, slots=True)
class GroundedSentence:
    """A sentence with numbered proof."""

    text: str
    markers: tuple[int, ...]
    is_verified: bool = True


@dataclass(frozen=True, slots=True)
class Grounded:
    """What is left of a draft, and its citations in order of first use; marker n is `citations[n - 1]`."""

    sentences: tuple[GroundedSentence, ...]
    citations: tuple[Citation, ...]


def ground(draft: Sequence[DraftSentence], library: Library) -> Grounded:
    """Keep the sentences that stand on exact quotations, and number those.

    Args:
        draft: Sentences from any source.
        library: The texts that count.
    """
    numbers: dict[tuple[str, int, str], int] = {}
    citations: list[Citation] = []
    sentences: list[GroundedSentence] = []
    for sentence in draft:
        checked = _recheck(sentence.citations, library)
        if not checked or len(checked) < len(sentence.citations):
            continue
        markers = []
        for citation in checked:
            key = (citation.paragraph.key, citation.start, citation.quote)
            if key not in numbers:
                citations.append(citation)
                numbers[key] = len(citations)
            markers.append(numbers[key])
        shown = "".join(f"[{marker}]" for marker in dict.fromkeys(markers))
        text = sentence.text.replace(MARKER, shown)
        sentences.append(GroundedSentence(text, tuple(dict.fromkeys(markers)), sentence.is_verified))
    return Grounded(tuple(sentences), tuple(citations))


def _recheck(citations: Sequence[Citation], library: Library) -> list[Citation]:
    """Build each citation anew on the library's paragraph, so that a stale or invented one falls out."""
    checked = []
    for citation in citations:
        try:
            paragraph = library.paragraph(citation.paragraph.document, citation.paragraph.id)
            checked.append(Citation(paragraph, citation.quote, citation.start))
        except CorpusError:
            continue
    return checked
