"""Claims, and articles full of them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.schemas.answers import CitationOut, Searched
from app.schemas.quotes import QuoteResult
from app.schemas.shape import Shape

ClaimVerdict = Literal["supported", "contradicted", "partly_supported", "not_found"]
Stance = Literal["supports", "contradicts", "related"]


class Evidence(CitationOut):
    """A quotation that bears on a claim."""

    stance: Stance


class ClaimPart(Shape):
    """One checkable part of a claim."""

    claim: str
    verdict: ClaimVerdict
    evidence: tuple[Evidence, ...] = ()
    reasons: tuple[str, ...] = ()
    confidence: float = Field(ge=0, le=1)
    searched: Searched | None = None


class ClaimResult(Shape):
    """What the texts say of a claim. Never a verdict on the world."""

    verdict: ClaimVerdict
    confidence: float = Field(ge=0, le=1)
    parts: tuple[ClaimPart, ...]
    evidence: tuple[Evidence, ...] = ()
    language: str
    corpus: str


class ArticleSpan(Shape):
    """Something checked in an article: `article[start:end] == text`, offsets in code points, half-open."""

    start: int
    end: int
    text: str
    kind: Literal["quotation", "claim"]
    quotation: QuoteResult | None = None
    claim: ClaimResult | None = None


class ArticleResult(Shape):
    """What the texts say of the quotations and claims in an article, in its order."""

    spans: tuple[ArticleSpan, ...]
    language: str
    characters: int
    """Length of the article that was checked."""
