"""What all shapes have in common."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["en", "es", "pt", "fr"]


class Shape(BaseModel):
    """Immutable, closed record; its validator is built when first used, since a command uses few of them."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Problem(Shape):
    """RFC 9457 problem details."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    instance: str | None = None
    errors: tuple[dict[str, Any], ...] = ()
