"""The closed-class words that give a claim its form, in four languages, one file a language."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path


@dataclass(frozen=True)
class Words:
    """Words of one language by what they do in a claim.

    Attributes:
        language: Language code.
        texts: Nouns for a text: "declaration".
        makers: Who a text speaks for: "leaders", "member states".
        mention: Verbs of being about something: "speaks of".
        attitude: Verbs of wanting and saying that carry no subject of their own.
        that: What opens a reported clause.
        according: Openings of an attribution.
        at: Prepositions of place and occasion.
        determiners: What marks the next word as a noun, where a verb may look the same.
    """

    language: str
    negation: tuple[str, ...]
    only: tuple[str, ...]
    all: tuple[str, ...]
    some: tuple[str, ...]
    must: tuple[str, ...]
    should: tuple[str, ...]
    may: tuple[str, ...]
    texts: tuple[str, ...]
    summits: tuple[str, ...]
    makers: tuple[str, ...]
    mention: tuple[str, ...]
    attitude: tuple[str, ...]
    adopted: tuple[str, ...]
    that: tuple[str, ...]
    according: tuple[str, ...]
    at: tuple[str, ...]
    and_: tuple[str, ...]
    auxiliary: tuple[str, ...]
    degrees: tuple[str, ...]
    determiners: tuple[str, ...]
    prepositions: tuple[str, ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """Single words that name a text or its makers."""
        return _singles(*self.texts, *self.summits, *self.makers)

    @cached_property
    def verbs(self) -> frozenset[str]:
        """Single words for saying, wanting, being about and adopting."""
        return _singles(*self.mention, *self.attitude, *self.adopted)

    @cached_property
    def empty(self) -> frozenset[str]:
        """Single words that never carry content: negations, quantifiers, modal and auxiliary verbs."""
        modal = (*self.must, *self.should, *self.may)
        phrases = (*self.negation, *self.only, *self.all, *modal, *self.auxiliary, *self.prepositions)
        return frozenset(phrase for phrase in phrases if " " not in phrase)


def _singles(*phrases: str) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in re.findall(r"\w+", phrase))


@lru_cache(maxsize=8)
def words_of(language: str) -> Words:
    """Return the words of a language; English where there are none."""
    path = Path(__file__).parent / f"{language}.toml"
    if not path.exists():
        return words_of("en")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    table["and_"] = table.pop("and")
    return Words(language=language, **{key: tuple(values) for key, values in table.items()})


@lru_cache(maxsize=512)
def pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of some phrases as whole words, in any letter case, the longest first."""
    ordered = sorted(phrases, key=len, reverse=True)
    options = "|".join(re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['’]") for phrase in ordered)
    return re.compile(rf"(?<![\w])(?:{options})(?!\w)", re.IGNORECASE)
