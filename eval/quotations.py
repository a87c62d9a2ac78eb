"""Quotations made from the texts: true ones in many dresses, and ones with exactly one thing wrong.

They are made at run time, so that no text but the bundled one has to be kept in the project. The same seed and texts
give the same cases. What is right follows from what was done, never from the product's own code.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random

from rapidfuzz import fuzz

from corpus.model import Paragraph
from eval import altered_quotations as altered
from eval import true_quotations as true
from eval.dataset import Language, QuoteCase, QuoteStatus, Split
from eval.quotation_source import MIN_WORDS, Maker, Source

SEED = 1948
_ATTEMPTS = 20
_FOLLOWING = 4
_TWIN = 80.0
"""Likeness, 0 to 100, from which two paragraphs say the same, so that either is the right place."""

MAKERS: tuple[tuple[Maker, QuoteStatus], ...] = (
    (true.verbatim, "verbatim"),
    (true.whole, "verbatim"),
    (true.typography, "verbatim"),
    (true.first_letter, "verbatim"),
    (true.line_end, "verbatim"),
    (true.in_quotation_marks, "verbatim"),
    (true.attributed, "verbatim"),
    (true.over_the_end, "verbatim"),
    (true.elided, "elided"),
    (true.elided_ends, "elided"),
    (true.elided_over_paragraphs, "elided"),
    (altered.changed_number, "altered"),
    (altered.dropped_digit, "altered"),
    (altered.number_word, "altered"),
    (altered.dropped_negation, "altered"),
    (altered.added_negation, "altered"),
    (altered.modal, "altered"),
    (altered.entity, "altered"),
    (altered.replaced_word, "altered"),
    (altered.dropped_word, "altered"),
    (altered.dropped_words, "altered"),
    (altered.added_word, "altered"),
    (altered.swapped_words, "altered"),
    (altered.clauses, "altered"),
    (altered.changed_letter, "altered"),
    (altered.letter_case, "altered"),
    (altered.lookalike, "altered"),
    (altered.accent, "altered"),
    (altered.punctuation, "altered"),
    (altered.spliced, "altered"),
    (altered.elided_and_altered, "altered"),
    (altered.disordered, "altered"),
    (altered.shuffled, "not_found"),
    (true.too_short, "too_short"),
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
    ordered = list(paragraphs)
    usable = [p for p in sorted(ordered, key=lambda p: p.key) if len(p.text.split()) >= MIN_WORDS]
    texts = {p.key: " ".join(p.text.split()) for p in usable}
    following = _following(ordered)
    everything = "\n".join(map(_plain, texts.values()))
    for maker, status in MAKERS:
        count: dict[Split, int] = {"dev": 0, "test": 0}
        name = maker.__name__
        for paragraph in sorted(usable, key=lambda p: zlib.crc32(f"{seed} {name} {p.key}".encode())):
            split = split_of(paragraph.key)
            if count[split] >= per_kind:
                continue
            random = Random(f"{seed} {name} {paragraph.key}")  # noqa: S311 - cases, not secrets
            others = [text for key, text in texts.items() if key != paragraph.key]
            number = paragraph.id[1:] if paragraph.id[1:].isdigit() else ""
            source = Source(texts[paragraph.key], others, random, following[paragraph.key], number)
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


def _following(paragraphs: Sequence[Paragraph]) -> Mapping[str, Sequence[str]]:
    """Return the texts of the next paragraphs of the same document, by key."""
    return {
        paragraph.key: [
            " ".join(later.text.split())
            for later in paragraphs[at + 1 : at + 1 + _FOLLOWING]
            if later.document == paragraph.document
        ]
        for at, paragraph in enumerate(paragraphs)
    }


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


def _plain(text: str) -> str:
    return " ".join(text.split())
