"""The cases: what is asked, and what a right answer rests on. JSON Lines, one case a line.

A gold entry is the global id of a paragraph, `<document>/<paragraph>`; `a|b` means that either will do (a place
named in two paragraphs, two language versions of one article). Nuggets are a few of the text's own words that an
answer has to show; `a|b` likewise. Knows nothing of how a case is run or scored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from eval.errors import DatasetError

DATASETS = Path(__file__).parent / "datasets"

Language = Literal["en", "es", "pt", "fr"]
Split = Literal["dev", "test"]
Task = Literal["question", "conversation", "claim", "quote"]
Outcome = Literal["answer", "refusal"]
Verdict = Literal["supported", "contradicted", "partly_supported", "not_found"]
QuoteStatus = Literal["verbatim", "elided", "altered", "not_found", "too_short"]

QuestionKind = Literal[
    "direct", "paraphrase", "enumeration", "which_paragraph", "number", "yes_no", "comparison", "multipart", "vague",
    "absent", "false_premise", "noise", "greeting", "injection", "public",
]  # fmt: skip
ConversationKind = Literal["ellipsis", "pronoun", "number", "name", "language_switch", "topic_change", "public"]
ClaimKind = Literal[
    "restated", "number", "negation", "strength", "attribution", "actor", "place_date", "scope", "reversal",
    "invented_detail", "mixed", "absent",
]  # fmt: skip


class Record(BaseModel):
    """Immutable, closed record."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Expectation(Record):
    """What a right answer to one question does.

    Attributes:
        expected: Whether the texts answer the question.
        gold: Paragraphs the answer has to cite, all of them; empty where it has to refuse.
        also: Paragraphs it may cite as well.
        nuggets: Words of the text that the answer has to show.
    """

    question: str = Field(min_length=1)
    expected: Outcome
    gold: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    nuggets: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _gold_matches_outcome(self) -> Expectation:
        if (self.expected == "answer") != bool(self.gold):
            raise ValueError("an answer needs gold paragraphs, a refusal has none")
        return self

    @property
    def required(self) -> tuple[frozenset[str], ...]:
        """The gold entries, each as the set of paragraphs that will do."""
        return tuple(frozenset(entry.split("|")) for entry in self.gold)

    @property
    def relevant(self) -> frozenset[str]:
        """Every paragraph that is right to cite."""
        return frozenset(id_ for entry in (*self.gold, *self.also) for id_ in entry.split("|"))


class Case(Record):
    """What all cases share.

    Attributes:
        origin: Written by hand, generated from the texts, or taken from a public set.
        family: The content a case is about; a family belongs to one split only.
        library: Name of the library that the case is asked of.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    origin: Literal["written", "generated", "public"]
    language: Language
    split: Split
    family: str
    library: str


class QuestionCase(Case, Expectation):
    """One question without history."""

    task: Literal["question"] = "question"
    kind: QuestionKind


class ConversationCase(Case):
    """Questions of which the later ones lean on the earlier."""

    task: Literal["conversation"] = "conversation"
    kind: ConversationKind
    turns: tuple[Expectation, ...] = Field(min_length=2, max_length=12)


class ClaimCase(Case):
    """A statement about the texts, and what they say of it. `pair` names the minimal pair it belongs to."""

    task: Literal["claim"] = "claim"
    kind: ClaimKind
    claim: str = Field(min_length=1)
    verdict: Verdict
    gold: tuple[str, ...] = ()
    pair: str | None = None

    @model_validator(mode="after")
    def _gold_matches_verdict(self) -> ClaimCase:
        if (self.verdict != "not_found") != bool(self.gold):
            raise ValueError("a verdict other than not_found needs gold paragraphs, not_found has none")
        return self

    @property
    def relevant(self) -> frozenset[str]:
        """Every paragraph that is right as evidence."""
        return frozenset(id_ for entry in self.gold for id_ in entry.split("|"))


class QuoteCase(Case):
    """A quotation as somebody pasted it. `kind` names what was done to the text's words."""

    task: Literal["quote"] = "quote"
    kind: str
    quote: str = Field(min_length=1)
    status: QuoteStatus
    gold: tuple[str, ...] = ()

    @property
    def relevant(self) -> frozenset[str]:
        """Every paragraph that the quotation comes from."""
        return frozenset(id_ for entry in self.gold for id_ in entry.split("|"))


AnyCase = Annotated[QuestionCase | ConversationCase | ClaimCase | QuoteCase, Field(discriminator="task")]
_ADAPTER: TypeAdapter[AnyCase] = TypeAdapter(AnyCase)


def load_cases(folder: Path = DATASETS, *, split: Split | None = None) -> tuple[AnyCase, ...]:
    """Read every case under a folder, sorted by id.

    Args:
        folder: Holds `*.jsonl`.
        split: Only these; None is all.

    Raises:
        DatasetError: A line that is no case, an id used twice, or a family in both splits.
    """
    cases = sorted((case for path in sorted(folder.glob("*.jsonl")) for case in read_cases(path)), key=lambda c: c.id)
    _check(cases)
    return tuple(case for case in cases if split is None or case.split == split)


def read_cases(path: Path) -> Iterator[AnyCase]:
    """Yield the cases of one file.

    Raises:
        DatasetError: A line that is no case.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield _ADAPTER.validate_json(line)
        except ValidationError as error:
            raise DatasetError(f"{path.name}, line {number}: {error}") from error


def _check(cases: Iterable[AnyCase]) -> None:
    ids: set[str] = set()
    splits: dict[str, Split] = {}
    for case in cases:
        if case.id in ids:
            raise DatasetError(f"case id {case.id!r} is used twice; give one of them another")
        ids.add(case.id)
        if splits.setdefault(case.family, case.split) != case.split:
            raise DatasetError(f"family {case.family!r} is in both splits; a family belongs to one")
