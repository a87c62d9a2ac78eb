"""Quotations with exactly one thing wrong."""

from __future__ import annotations

import re
import unicodedata

from eval.quotation_source import MIN_WORDS, Source, around
from eval.true_quotations import elided

_ENOUGH_WORDS = 200
"""Distinct words it takes to invent a quotation from."""
_NEGATIONS = re.compile(
    r"\b(?:not|no|without|never|nor|unrestricted|full|não|nem|sem|ni|sin|nunca|ne|pas|sans|aucune?)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+")
_LONG_NUMBER = re.compile(r"\d{4,}|\d+[.,]\d+")
_WORD = re.compile(r"[^\W\d_]{5,}")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][^\W\d_]{3,}")
_ACCENTED = re.compile(r"[áéíóúñçãõàèêôâû]")
_CLAUSES = re.compile(r"([^,;.]{20,80}), ([^,;.]{20,80})(?=[,;.])")
_NUMBER_WORDS = (
    ("two", "three"), ("three", "four"), ("first", "second"), ("second", "third"), ("both", "three"),
    ("seven", "eight"),
    ("dos", "tres"), ("tres", "cuatro"), ("primera", "segunda"), ("dois", "três"), ("duas", "três"),
    ("primeira", "segunda"),
    ("deux", "trois"), ("trois", "quatre"), ("premier", "second"),
)  # fmt: skip
_MODALS = (
    ("shall", "may"), ("must", "may"), ("should", "must"), ("may", "shall"), ("will", "may"), ("can", "must"),
    ("debe", "puede"), ("deben", "pueden"), ("podrá", "deberá"), ("puede", "debe"), ("tendrá", "podrá"),
    ("deve", "pode"), ("devem", "podem"), ("pode", "deve"), ("poderá", "deverá"),
    ("doit", "peut"), ("doivent", "peuvent"), ("peut", "doit"), ("pourra", "devra"),
)  # fmt: skip
_LOOKALIKES = str.maketrans("aeopcx", "\u0430\u0435\u043e\u0440\u0441\u0445")


def changed_number(source: Source) -> str | None:
    """Change one number."""
    found = list(_NUMBER.finditer(source.text))
    if not found:
        return None
    match = source.random.choice(found)
    other = str(int(match.group()) + source.random.choice((1, 2, 10)))
    return around(source.text, match.start(), match.end(), other)


def dropped_negation(source: Source) -> str | None:
    """Leave a negation or a strengthening word out, unmarked."""
    found = list(_NEGATIONS.finditer(source.text))
    if not found:
        return None
    match = source.random.choice(found)
    return around(source.text, match.start(), match.end(), "")


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


def dropped_digit(source: Source) -> str | None:
    """Leave one digit of a long number out, or its decimal mark."""
    found = list(_LONG_NUMBER.finditer(source.text))
    if not found:
        return None
    match = source.random.choice(found)
    at = source.random.randrange(1, len(match[0]) - 1)
    return around(source.text, match.start(), match.end(), match[0][:at] + match[0][at + 1 :])


def number_word(source: Source) -> str | None:
    """Change a number in words."""
    return _swapped_pair(source, _NUMBER_WORDS)


def modal(source: Source) -> str | None:
    """Change an obligation into a possibility, or the other way round."""
    return _swapped_pair(source, _MODALS)


def entity(source: Source) -> str | None:
    """Put another name in the place of one."""
    found = list(_NAME.finditer(source.text))
    names = sorted({name for text in source.others for name in _NAME.findall(text)})
    if not found or not names:
        return None
    match = source.random.choice(found)
    others = [name for name in names if name != match[0]]
    return around(source.text, match.start(), match.end(), source.random.choice(others)) if others else None


def accent(source: Source) -> str | None:
    """Leave an accent out."""
    found = list(_ACCENTED.finditer(source.text))
    if not found:
        return None
    match = source.random.choice(found)
    return around(source.text, match.start(), match.end(), unicodedata.normalize("NFD", match[0])[0])


def punctuation(source: Source) -> str | None:
    """Leave a comma out."""
    found = list(re.finditer(r"(?<=[^\W\d_]),(?= [^\W\d_])", source.text))
    if not found:
        return None
    match = source.random.choice(found)
    return around(source.text, match.start(), match.end(), "")


def clauses(source: Source) -> str | None:
    """Change the order of two clauses."""
    match = _CLAUSES.search(source.text)
    return around(source.text, match.start(), match.end(), f"{match[2]}, {match[1]}") if match else None


def letter_case(source: Source) -> str | None:
    """Change the case of a letter inside."""
    words = source.fragment()
    places = [place for place in range(1, len(words) - 1) if _WORD.fullmatch(words[place])]
    if not places:
        return None
    place = source.random.choice(places)
    words[place] = words[place][0].swapcase() + words[place][1:]
    return " ".join(words)


def lookalike(source: Source) -> str | None:
    """Put letters of another alphabet in a word."""
    words = source.fragment()
    places = [at for at in range(1, len(words) - 1) if words[at].translate(_LOOKALIKES) != words[at]]
    if not places:
        return None
    place = source.random.choice(places)
    words[place] = words[place].translate(_LOOKALIKES)
    return " ".join(words)


def disordered(source: Source) -> str | None:
    """Mark an omission, and give the later words first."""
    words = source.text.split()
    if len(words) < 2 * MIN_WORDS:
        return None
    return f"{' '.join(words[-9:])} … {' '.join(words[:9])}"


def _swapped_pair(source: Source, pairs: tuple[tuple[str, str], ...]) -> str | None:
    found = [(m, b) for a, b in pairs for m in re.finditer(rf"(?<!\w){a}(?!\w)", source.text, re.IGNORECASE)]
    if not found:
        return None
    match, other = source.random.choice(found)
    return around(source.text, match.start(), match.end(), other.title() if match[0][0].isupper() else other)
