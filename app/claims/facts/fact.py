"""A fact found in a sentence, and a difference between two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FactKind = Literal["number", "percent", "date", "summit", "ordinal", "country"]
FindingKind = Literal[
    "number", "percent", "date", "summit", "ordinal", "country", "name", "negation", "opposite", "only", "all", "roles",
    "modality", "word", "act", "stance", "paragraph", "document", "place",
]  # fmt: skip
Bearing = Literal["differs", "absent", "overstated"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One hard fact.

    Attributes:
        kind: What it is.
        value: Comparable within its kind: a float, a date as (year, month, day) with None for what is not said, a
            set of country codes.
        start: Where it stands, in code points.
        end: Just after it.
        text: As written.
    """

    kind: FactKind
    value: float | tuple[int | None, int | None, int | None] | frozenset[str]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """How a claim departs from a passage.

    Attributes:
        kind: In what.
        bearing: `differs`: the passage says another thing in the same place; `absent`: the passage says nothing of
            it; `overstated`: the passage says it, but weaker.
        claim: The claim's words.
        source: The passage's words; empty where it has none.
    """

    kind: FindingKind
    bearing: Bearing
    claim: str
    source: str = ""
