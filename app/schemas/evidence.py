"""Evidence to keep: citations to paste, packs."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from app.schemas.shape import Shape


class CitationFormats(Shape):
    """A quotation's citation, ready to paste."""

    plain: str
    markdown: str
    html: str
    bibtex: str
    csl: dict[str, Any]
    apa: str
    chicago: str
    permalink: str
    annotation: dict[str, Any] = Field(default={})


class PackReport(Shape):
    """Whether an evidence pack is as it was made, and whether it still agrees with the library."""

    intact: bool
    """Every byte is as it was made."""
    signature: Literal["none", "valid", "invalid"] = "none"
    public_key: str | None = None
    """Of the signature, hexadecimal."""
    matches: bool = False
    """Everything quoted stands in the library as it did."""
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    kind: Literal["ask", "check", "quote"] | None = None
    asked: str | None = None
    made_at: str | None = None
