"""The catalogue: facts about official texts, whether the library has them or not.

Owns the schema of `catalogue.toml`. Knows nothing of how texts are fetched or asked about.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

from babel import Locale
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.errors import InvalidDocumentError, UnknownDocumentError
from corpus.model import Status, Translation
from corpus.records import check_id

CATALOGUE = Path(__file__).with_name("catalogue.toml")

Seen = Literal["document", "official", "copy", "memory"]
Numbering = Literal["numbered", "unnumbered", "mixed", "restarts", "unknown"]
Chapeau = Literal["numbered", "unnumbered", "unknown"]
Words = Mapping[str, str]
EntryId = Annotated[str, AfterValidator(check_id)]


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Fact):
    """Where the facts of an entry were seen."""

    seen: Seen
    where: str


class Count(_Fact):
    """How many numbered paragraphs a text has, and how sure that is."""

    count: int = Field(gt=0)
    is_minimum: bool = False
    seen: Seen


class Reference(_Fact):
    """A paragraph that points to paragraphs of another text."""

    paragraph: str = Field(alias="from")
    to: EntryId
    paragraphs: tuple[str, ...] = ()


class Address(_Fact):
    """An official address of a text in one language.

    Attributes:
        holds: The text alone, several texts or languages on one page, or a page about the text.
        checked: Day on which the address was last seen to work.
    """

    url: str = Field(pattern="^https?://")
    language: str
    holds: Literal["text", "several", "notice"] = "text"
    checked: dt.date | Literal["never"] = "never"


class Entry(_Fact):
    """What is known of one text.

    Attributes:
        titles: By language.
        body: Key of who adopted it.
        event: Key of the meeting, if known.
        place: Key of the place, if it had one.
        language: Language of the document that carries the entry's own id; other languages get it as a suffix.
        languages: Languages in which it is known to exist.
        translation: What the wording in `language` is.
        paragraphs: Count of numbered paragraphs, if known.
        chapeau: Whether its opening is itself number 1.
        subjects: Paragraphs that deal with a subject, "whole" for all of it, empty where they are not known.
    """

    id: EntryId
    titles: Words = Field(min_length=1)
    body: str
    event: str | None = None
    place: str | None = None
    date: dt.date
    language: str
    languages: tuple[str, ...] = ()
    status: Status = "unknown"
    translation: Translation = "unknown"
    chapeau: Chapeau = "unknown"
    numbering: Numbering = "unknown"
    paragraphs: Count | None = None
    subjects: Mapping[str, Literal["whole"] | tuple[str, ...]] = {}
    references: tuple[Reference, ...] = ()
    note: str | None = None
    source: Source
    addresses: tuple[Address, ...] = ()

    def title(self, language: str) -> str:
        """Return the title in a language, else in English, else any."""
        return self.titles.get(language) or self.titles.get("en") or next(iter(self.titles.values()))

    def document_id(self, language: str) -> str:
        """Return the id that the text has in the library in one of its languages."""
        return self.id if language == self.language else f"{self.id}-{language}"


class Catalogue(_Fact):
    """All entries, and the names that they share.

    Attributes:
        places: Names of a place by language, and its country's code under `country`.
        countries: Names of countries by code, where the usual short one is not the official one.
        subjects: Words that stand for a subject, by language.
    """

    subjects: Mapping[str, Mapping[str, tuple[str, ...]]]
    bodies: Mapping[str, Words]
    events: Mapping[str, Words]
    places: Mapping[str, Words]
    countries: Mapping[str, Words] = {}
    entries: tuple[Entry, ...] = Field(alias="entry")

    @model_validator(mode="after")
    def _agree(self) -> Self:
        ids = [entry.id for entry in self.entries]
        if len(set(ids)) != len(ids):
            raise ValueError("two entries have one id")
        for entry in self.entries:
            known = entry.body in self.bodies and entry.event in {None, *self.events}
            if not known or entry.place not in {None, *self.places} or not set(entry.subjects) <= set(self.subjects):
                raise ValueError(f"{entry.id} names a body, event, place or subject that is not listed")
            if any(reference.to not in ids for reference in entry.references):
                raise ValueError(f"{entry.id} refers to an entry that is not there")
        return self

    def find(self, entry_id: str) -> Entry | None:
        """Return the entry of that id, or of the text that a version's id belongs to."""
        by_id = {entry.id: entry for entry in self.entries}
        return by_id.get(entry_id) or by_id.get(entry_id.rpartition("-")[0] if entry_id[-3:-2] == "-" else "")

    def entry(self, entry_id: str) -> Entry:
        """Return the entry of that id.

        Raises:
            UnknownDocumentError: There is none.
        """
        found = next((entry for entry in self.entries if entry.id == entry_id), None)
        if found is None:
            raise UnknownDocumentError(entry_id, tuple(entry.id for entry in self.entries))
        return found

    def event_name(self, entry: Entry, language: str) -> str | None:
        """Return what the meeting is called."""
        return _named(self.events[entry.event], language) if entry.event else None

    def body_name(self, entry: Entry, language: str) -> str:
        """Return who adopted the text."""
        return _named(self.bodies[entry.body], language)

    def place_name(self, entry: Entry, language: str) -> str | None:
        """Return city and country, as in "Quito, Ecuador"."""
        if entry.place is None:
            return None
        names = self.places[entry.place]
        code = names["country"]
        official = self.countries.get(code)
        country = _named(official, language) if official else Locale.parse(language).territories.get(code, code)
        return f"{_named(names, language)}, {country}"


def load_catalogue(path: Path = CATALOGUE) -> Catalogue:
    """Read and check a catalogue.

    Raises:
        InvalidDocumentError: It is not as the schema says; the message names the place.
    """
    return _load(path)


def languages_of(addresses: Iterable[Address]) -> list[str]:
    """Return the languages that can be fetched, in order."""
    return list(dict.fromkeys(address.language for address in addresses if address.holds == "text"))


@lru_cache(maxsize=4)
def _load(path: Path) -> Catalogue:
    try:
        return Catalogue.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise InvalidDocumentError(f"{path.name}: {error}") from error


def _named(names: Words, language: str) -> str:
    return names.get(language) or names["en"]
