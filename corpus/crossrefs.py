"""Where a text names another text, and which of its paragraphs. Pure: from words to spans with targets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.catalogue import Catalogue, Entry
from corpus.model import Document

_LONGEST_RANGE = 50
_NOUN = r"(?:paragraphs?|paras?\.?|points?|párrafos?|puntos?|parágrafos?|pontos?|paragraphes?)"
_JOIN = r"\s*(?:,\s*(?:and|y|e|et)\s+|,|;|\band\b|\by\b|\be\b|\bet\b|\bto\b|\ba\b|\bà\b|-|–)\s*"
_NUMBERS = (
    rf"{_NOUN}\s+(?P<numbers>\d{{1,3}}(?:{_JOIN}\d{{1,3}})*)\s+(?:of|in|de|del|da|do|du)\s+(?:the|la|el|le|l['’])?\s*"
)
_STEP = re.compile(rf"(\d{{1,3}})(?:({_JOIN})|\b)")
_RANGE = re.compile(r"\b(?:to|a|à)\b|[-–]")
_WORD = re.compile(r"\w+")
_TURNED = re.compile(r"((?:Political |Special |Joint )?Declaration) of (?:the )?(.+)")
_EVENT = re.compile(r"(?P<number>[IVX]+) (?P<name>.*Summit)")
_ORDINALS = {
    "I": ("I", "1st", "First"),
    "II": ("II", "2nd", "Second"),
    "III": ("III", "3rd", "Third"),
    "IV": ("IV", "4th", "Fourth"),
    "V": ("V", "5th", "Fifth"),
    "VI": ("VI", "6th", "Sixth"),
    "VII": ("VII", "7th", "Seventh"),
    "VIII": ("VIII", "8th", "Eighth"),
    "IX": ("IX", "9th", "Ninth"),
    "X": ("X", "10th", "Tenth"),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a paragraph that names another text.

    Attributes:
        start: Offset of its first character, in code points; `end` is just after its last.
        target: Id of the text: of a catalogue entry, or of a document that the catalogue does not know.
        paragraphs: Ids of the paragraphs it names, in order; empty where it names the text alone.
    """

    start: int
    end: int
    target: str
    paragraphs: tuple[str, ...] = ()


class Mentions:
    """Finds mentions of the texts of a catalogue and a library.

    Args:
        catalogue: Texts that are known.
        documents: Texts that are at hand.
    """

    def __init__(self, catalogue: Catalogue, documents: Iterable[Document] = ()) -> None:
        targets: dict[str, set[str]] = {}
        for entry in catalogue.entries:
            for name in _names_of_entry(catalogue, entry):
                targets.setdefault(name.casefold(), set()).add(entry.id)
        for document in documents:
            entry_found = catalogue.find(document.id) or catalogue.find(document.version_of or "")
            target = entry_found.id if entry_found else document.version_of or document.id
            for title in document.titles.values():
                for name in _variants(title):
                    targets.setdefault(name.casefold(), set()).add(target)
        self._by_word: dict[str, dict[str, str]] = {}
        for name, found in targets.items():
            if len(found) == 1 and len(name.split()) > 1:  # a name that fits two texts names neither
                longest = max(_WORD.findall(name), key=len)
                self._by_word.setdefault(longest, {})[name] = next(iter(found))

    def find(self, text: str, *, own: str = "") -> list[Mention]:
        """Return the mentions in a text, in order, without overlap.

        Args:
            text: A paragraph's text.
            own: Id of the text it belongs to; naming itself is no mention.
        """
        found = sorted(self._all(text, own), key=lambda mention: (mention.start, -mention.end))
        kept: list[Mention] = []
        for mention in found:
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return kept

    def _all(self, text: str, own: str) -> Iterator[Mention]:
        present = set(_WORD.findall(text.casefold()))
        for word in present & self._by_word.keys():
            for name, target in self._by_word[word].items():
                if target == own or not present.issuperset(_WORD.findall(name)):
                    continue
                for match in _pattern(name).finditer(text):
                    yield Mention(match.start(), match.end(), target, _paragraphs(match["numbers"] or ""))


def _names_of_entry(catalogue: Catalogue, entry: Entry) -> Iterator[str]:
    for title in entry.titles.values():
        yield from _variants(title)
    shares_event = sum(other.event == entry.event for other in catalogue.entries) > 1
    event = _EVENT.fullmatch(catalogue.event_name(entry, "en") or "")
    if event is None or shares_event:
        return
    names = {
        event["name"],
        event["name"].replace("EU-CELAC", "CELAC-EU"),
        event["name"].replace("CELAC-EU", "EU-CELAC"),
    }
    for ordinal in _ORDINALS[event["number"]]:
        for name in names:
            yield from (f"{ordinal} {name} Declaration", f"Declaration of the {ordinal} {name}")


def _variants(title: str) -> Iterator[str]:
    """Yield a title, and in English also the other way round: "Declaration of Quito" is the "Quito Declaration"."""
    yield title
    if turned := _TURNED.fullmatch(title):
        yield f"{turned[2]} {turned[1]}"


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_NUMBERS})?(?P<name>(?<!\w){_flexible(name)}(?!\w))", re.IGNORECASE)


def _flexible(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in name.split())


def _paragraphs(numbers: str) -> tuple[str, ...]:
    """Return the ids that a list of numbers and ranges names.

    Examples:
        >>> _paragraphs("3, 5 to 7 and 9")
        ('p3', 'p5', 'p6', 'p7', 'p9')
    """
    found: list[int] = []
    is_range = False
    for number, join in _STEP.findall(numbers):
        first = (
            found[-1] + 1
            if is_range and found and found[-1] < int(number) <= found[-1] + _LONGEST_RANGE
            else int(number)
        )
        found += range(first, int(number) + 1)
        is_range = bool(_RANGE.search(join))
    return tuple(f"p{number}" for number in dict.fromkeys(found))
