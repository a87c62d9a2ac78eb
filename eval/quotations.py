"""Quotations made from the texts: true ones in many dresses, and ones with exactly one thing wrong.

They are made at run time, so that no text but the bundled one has to be kept in the project. The same seed and texts
give the same cases. What is right follows from what was done, never from the product's own code.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from rapidfuzz import fuzz

from corpus.model import Paragraph
from eval.dataset import Language, QuoteCase, QuoteStatus, Split

SEED = 1948
MIN_WORDS = 14
"""Paragraphs shorter than this are left alone: an alteration of them would be another text."""
_ATTEMPTS = 20
_ENOUGH_WORDS = 200
"""Distinct words it takes to invent a quotation from."""
_TWIN = 80.0
"""Likeness, 0 to 100, from which two paragraphs say the same, so that either is the right place."""
_NEGATIONS = re.compile(r"\b(?:not|no|without|never|nor|unrestricted|full)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{5,}")
_GAPS = ("…", "...", "[…]", "(...)")


@dataclass(frozen=True, slots=True)
class Source:
    """What a maker may draw on.

    Attributes:
        text: The paragraph, white space made plain.
        others: Paragraphs of the same library.
        random: Seeded for this paragraph and maker.
    """

    text: str
    others: Sequence[str]
    random: Random

    def fragment(self, low: int = 8, high: int = 28) -> list[str]:
        """Return some consecutive words."""
        words = self.text.split()
        size = min(len(words), self.random.randint(low, high))
        start = self.random.randint(0, len(words) - size)
        return words[start : start + size]


Maker = Callable[[Source], str | None]
"""Makes a quotation, or None where the paragraph does not lend itself to it."""


def verbatim(source: Source) -> str:
    """Copy some words."""
    return " ".join(source.fragment())


def whole(source: Source) -> str:
    """Copy the paragraph."""
    return source.text


def typography(source: Source) -> str:
    """Copy as word processors and browsers do: odd spaces, soft hyphens, other quotes, composed letters apart."""
    words = source.fragment()
    longest = max(range(len(words)), key=lambda place: len(words[place]))
    words[longest] = words[longest][:4] + "\u00ad" + words[longest][4:]
    text = "\u00a0".join(words[:2]) + "  " + "\n".join(words[2:4]) + " " + " ".join(words[4:])
    return unicodedata.normalize("NFD", text.replace("'", "’").replace("-", "‐"))


def first_letter(source: Source) -> str:
    """Copy from the middle and begin with a capital, as after a colon."""
    text = " ".join(source.fragment())
    return text[0].swapcase() + text[1:]


def elided(source: Source) -> str:
    """Leave words out and say so."""
    words = source.fragment(16, 30)
    if len(words) < MIN_WORDS:
        return f"{' '.join(words[:4])} … {' '.join(words[-4:])}"
    cut = source.random.randint(5, len(words) - 9)
    return f"{' '.join(words[:cut])} {source.random.choice(_GAPS)} {' '.join(words[cut + 4 :])}"


def changed_number(source: Source) -> str | None:
    """Change one number."""
    found = list(_NUMBER.finditer(source.text))
    if not found:
        return None
    match = source.random.choice(found)
    other = str(int(match.group()) + source.random.choice((1, 2, 10)))
    return _around(source.text, match.start(), match.end(), other)


def dropped_negation(source: Source) -> str | None:
    """Leave a negation or a strengthening word out, unmarked."""
    found = list(_NEGATIONS.finditer(source.text))
    if not found:
        return None
    match = source.random.choice(found)
    return _around(source.text, match.start(), match.end(), "")


def added_negation(source: Source) -> str:
    """Put a "not" inside."""
    words = source.fragment()
    words.insert(source.random.randint(2, len(words) - 2), "not")
    return " ".join(words)


def replaced_word(source: Source) -> str | None:
    """Put a word of another paragraph in the place of one."""
    words = source.fragment()
    places = [place for place in range(1, len(words) - 1) if _WORD.fullmatch(words[place])]
    choices = sorted({word for text in source.others for word in text.split() if _WORD.fullmatch(word)})
    if not places or not choices:
        return None
    place = source.random.choice(places)
    words[place] = source.random.choice([word for word in choices if word.lower() != words[place].lower()])
    return " ".join(words)


def dropped_word(source: Source) -> str:
    """Leave a word out, unmarked."""
    words = source.fragment()
    del words[source.random.randint(2, len(words) - 3)]
    return " ".join(words)


def dropped_words(source: Source) -> str:
    """Leave several words out, unmarked."""
    words = source.fragment(14, 30)
    cut = source.random.randint(3, len(words) - 7)
    return " ".join(words[:cut] + words[cut + 3 :])


def added_word(source: Source) -> str:
    """Put an adverb inside."""
    words = source.fragment()
    words.insert(source.random.randint(2, len(words) - 2), source.random.choice(("always", "only", "immediately")))
    return " ".join(words)


def swapped_words(source: Source) -> str:
    """Change the order of two neighbours."""
    words = source.fragment()
    place = source.random.randint(2, len(words) - 4)
    words[place], words[place + 1] = words[place + 1], words[place]
    return " ".join(words)


def changed_letter(source: Source) -> str | None:
    """Change the end of a word: another tense, number or meaning."""
    words = source.fragment()
    places = [place for place in range(1, len(words) - 1) if _WORD.fullmatch(words[place])]
    if not places:
        return None
    place = source.random.choice(places)
    words[place] = words[place][:-1] + ("s" if words[place][-1] != "s" else "d")
    return " ".join(words)


def spliced(source: Source) -> str | None:
    """Join words of two paragraphs as if they were one sentence."""
    long = [text for text in source.others if len(text.split()) >= MIN_WORDS]
    if not long:
        return None
    other = Source(source.random.choice(long), (), source.random)
    return f"{' '.join(source.fragment(9, 14))} {' '.join(other.fragment(7, 8))}"


def elided_and_altered(source: Source) -> str | None:
    """Mark one omission, and change a word as well."""
    text = elided(source)
    words = text.split()
    places = [place for place in range(1, len(words) - 1) if _WORD.fullmatch(words[place])]
    if not places:
        return None
    place = source.random.choice(places)
    words[place] = "allegedly"
    return " ".join(words)


def shuffled(source: Source) -> str | None:
    """Invent: words of many paragraphs in no order."""
    pool = sorted({word for text in source.others for word in text.split() if _WORD.fullmatch(word)})
    return " ".join(source.random.sample(pool, 14)) if len(pool) > _ENOUGH_WORDS else None


def too_short(source: Source) -> str:
    """Copy two words."""
    return " ".join(source.fragment(2, 2))


MAKERS: tuple[tuple[Maker, QuoteStatus], ...] = (
    (verbatim, "verbatim"),
    (whole, "verbatim"),
    (typography, "verbatim"),
    (first_letter, "verbatim"),
    (elided, "elided"),
    (changed_number, "altered"),
    (dropped_negation, "altered"),
    (added_negation, "altered"),
    (replaced_word, "altered"),
    (dropped_word, "altered"),
    (dropped_words, "altered"),
    (added_word, "altered"),
    (swapped_words, "altered"),
    (changed_letter, "altered"),
    (spliced, "altered"),
    (elided_and_altered, "altered"),
    (shuffled, "not_found"),
    (too_short, "too_short"),
)


def generate_quotes(
    paragraphs: Iterable[Paragraph], *, library: str, languages: dict[str, Language], per_kind: int, seed: int = SEED
) -> Iterator[QuoteCase]:
    """Make quotations of every kind, `per_kind` at most of each in each split.

    Args:
        paragraphs: To quote from; the short ones are left out.
        library: Name that the cases carry.
        languages: Language of each document.
        per_kind: Number of cases of one kind in one split.
        seed: Another seed gives other cases.
    """
    usable = [p for p in sorted(paragraphs, key=lambda p: p.key) if len(p.text.split()) >= MIN_WORDS]
    texts = {p.key: " ".join(p.text.split()) for p in usable}
    everything = "\n".join(map(_plain, texts.values()))
    for maker, status in MAKERS:
        count: dict[Split, int] = {"dev": 0, "test": 0}
        name = maker.__name__
        for paragraph in sorted(usable, key=lambda p: zlib.crc32(f"{seed} {name} {p.key}".encode())):
            split = split_of(paragraph.key)
            if count[split] >= per_kind:
                continue
            random = Random(f"{seed} {name} {paragraph.key}")  # noqa: S311 - cases, not secrets
            source = Source(texts[paragraph.key], [t for k, t in texts.items() if k != paragraph.key], random)
            quote = _make(maker, source, everything, is_true=status in {"verbatim", "elided", "too_short"})
            if quote is None:
                continue
            count[split] += 1
            gold = tuple(k for k, text in texts.items() if fuzz.ratio(text, source.text) >= _TWIN)
            yield QuoteCase(
                id=f"g-{library}-{name.replace('_', '-')}-{split}-{count[split]:02d}",
                origin="generated",
                language=languages[paragraph.document],
                split=split,
                family=f"quotes/{library}/{paragraph.key}",
                library=library,
                kind=name,
                quote=quote,
                status=status,
                gold=("|".join(gold),) if status not in {"not_found", "too_short"} else (),
            )


def split_of(key: str) -> Split:
    """Return the split of a paragraph, by its id alone."""
    return "dev" if zlib.crc32(key.encode()) % 2 else "test"


def _make(maker: Maker, source: Source, everything: str, *, is_true: bool) -> str | None:
    """Try until the quotation is what it is meant to be: an altered one may by chance stand elsewhere in the texts."""
    for _ in range(_ATTEMPTS):
        quote = maker(source)
        if quote is None or is_true or _plain(quote) not in everything:
            return quote
    return None


def _around(text: str, start: int, end: int, replacement: str) -> str:
    """Return about ten words on each side of a replaced stretch, from word to word."""
    before, after = text[:start].split(" "), text[end:].split(" ")
    return " ".join(" ".join((*before[-10:-1], before[-1] + replacement + after[0], *after[1:11])).split())


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
