"""Quotations and how they differ from the texts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.schemas.answers import CitationOut
from app.schemas.shape import Shape

DiffKind = Literal["number", "negation", "modal", "word", "case", "punctuation", "elision"]
QuoteStatus = Literal["verbatim", "elided", "altered", "not_found", "too_short"]


class DiffOp(Shape):
    """One step of a word diff. `equal` carries text; the others carry what differs."""

    op: Literal["equal", "replace", "delete", "insert"]
    text: str | None = None
    source: str | None = None
    quoted: str | None = None
    kind: DiffKind | None = None
    """What differs; `elision` is a place that the quotation itself marks as left out."""


class QuoteMatch(CitationOut):
    """The passage closest to a quotation, and how it differs."""

    diff: tuple[DiffOp, ...]
    similarity: float = Field(ge=0, le=1)


class QuoteResult(Shape):
    """Whether a quotation stands in the texts as pasted."""

    status: QuoteStatus
    matches: tuple[QuoteMatch, ...] = ()
    warnings: tuple[str, ...] = ()
    translation_of: CitationOut | None = None
    corpus: str
