"""Examples made from parallel texts of official register: what is said, said otherwise, and not said.

A sentence and its translation entail each other. A translation in which a number, a month, a country, a negation or
one of two opposites was changed contradicts the sentence; one with a weaker or stronger verb, or with more in it,
is neutral, as is its neighbour in the text. What a change does is known by construction, in every pair of languages.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from babel import Locale
from babel.dates import get_month_names

from embeddings.training.pairs import Pair
from embeddings.training.reader.data import CONTRADICTION, ENTAILMENT, NEUTRAL, Example
from embeddings.training.sources import PARALLEL

Change = Callable[[str, str, random.Random], str | None]
"""From a text and its language to a changed text, or None where there is nothing to change."""

OPPOSITES = {
    "en": "more/less before/after increase/decrease increased/decreased all/no always/never with/without first/last "
    "support/oppose accept/reject accepted/rejected internal/external public/private voluntary/compulsory "
    "national/international positive/negative strengthen/weaken possible/impossible legal/illegal rich/poor",
    "es": "más/menos antes/después aumentar/disminuir aumento/disminución siempre/nunca con/sin primero/último "
    "apoyar/rechazar aceptar/rechazar interno/externo público/privado voluntario/obligatorio voluntaria/obligatoria "
    "nacional/internacional positivo/negativo fortalecer/debilitar posible/imposible legal/ilegal ricos/pobres",
    "pt": "mais/menos antes/depois aumentar/diminuir aumento/diminuição sempre/nunca com/sem primeiro/último "
    "apoiar/rejeitar aceitar/rejeitar interno/externo público/privado voluntário/obrigatório voluntária/obrigatória "
    "nacional/internacional positivo/negativo reforçar/enfraquecer possível/impossível legal/ilegal ricos/pobres",
    "fr": "plus/moins avant/après augmenter/diminuer augmentation/diminution toujours/jamais avec/sans premier/dernier "
    "soutenir/rejeter accepter/rejeter interne/externe public/privé volontaire/obligatoire "
    "national/international positif/négatif renforcer/affaiblir possible/impossible légal/illégal riches/pauvres",
}
STRENGTHS = {
    "en": "may/must might/shall could/must should/must urges/decides invites/obliges encourages/requires calls/decides "
    "some/all many/all often/always recommends/orders considers/decides can/must",
    "es": "puede/debe pueden/deben podrá/deberá podrán/deberán algunos/todos algunas/todas muchos/todos exhorta/decide "
    "invita/obliga alienta/exige recomienda/ordena considera/decide",
    "pt": "pode/deve podem/devem poderá/deverá poderão/deverão alguns/todos algumas/todas muitos/todos exorta/decide "
    "convida/obriga incentiva/exige recomenda/ordena considera/decide",
    "fr": "peut/doit peuvent/doivent pourra/devra pourront/devront certains/tous certaines/toutes exhorte/décide "
    "invite/oblige encourage/exige recommande/ordonne considère/décide",
}
"""Weaker and stronger, in this order: what is weaker does not entail what is stronger."""
_VERBS = {
    "en": "is are was were has have had will shall must should can may could would does do did",
    "es": "es son fue fueron era eran ha han había debe deben puede pueden será serán está están tiene tienen hay",
    "pt": "é são foi foram era eram tem têm tinha deve devem pode podem será serão está estão há",
    "fr": "est sont était étaient a ont avait avaient doit doivent peut peuvent sera seront fait font",
}
_NUMBER = re.compile(r"(?<![\w.,])\d{1,4}(?![\w]|[.,]\d)")


def change_number(text: str, language: str, rng: random.Random) -> str | None:
    """Put another number in the place of one."""
    del language
    found = list(_NUMBER.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    value = int(match.group())
    other = rng.choice([value + rng.randint(1, 9), max(0, value - rng.randint(1, 9)), value * 10, value // 2])
    return None if other == value else text[: match.start()] + str(other) + text[match.end() :]


def change_name(text: str, language: str, rng: random.Random) -> str | None:
    """Put another month or country in the place of one."""
    for names in (_months(language), _countries(language)):
        found = list(_any_of(names).finditer(text))
        if found:
            match = rng.choice(found)
            others = [name for name in names if name.lower() != match.group().lower()]
            return text[: match.start()] + rng.choice(others) + text[match.end() :]
    return None


def change_negation(text: str, language: str, rng: random.Random) -> str | None:
    """Negate the verb, or take its negation away."""
    verbs = _any_of(tuple(_VERBS[language].split()))
    negated = {"en": r"(VERB) not\b", "es": r"\bno (VERB)", "pt": r"\bnão (VERB)", "fr": r"\b(?:ne |n['’])(VERB) pas\b"}
    pattern = re.compile(negated[language].replace("VERB", verbs.pattern), re.IGNORECASE)
    if pattern.search(text):
        return pattern.sub(lambda match: match.group(1), text, count=1)
    found = list(verbs.finditer(text))
    if not found:
        return None
    match = found[0] if rng.random() < _FIRST else rng.choice(found)
    verb = match.group()
    vowel = "n'" if verb[0].lower() in "aeiouéh" else "ne "
    shown = {"en": f"{verb} not", "es": f"no {verb}", "pt": f"não {verb}", "fr": f"{vowel}{verb} pas"}[language]
    return text[: match.start()] + shown + text[match.end() :]


def change_opposite(text: str, language: str, rng: random.Random) -> str | None:
    """Put one of two opposites in the place of the other."""
    swaps = [pair.split("/") for pair in OPPOSITES[language].split()]
    return _swap(text, [(a, b) for a, b in swaps] + [(b, a) for a, b in swaps], rng)


def strengthen(text: str, language: str, rng: random.Random) -> str | None:
    """Put a stronger verb or quantifier in the place of a weaker one."""
    return _swap(text, [(a, b) for a, b in (pair.split("/") for pair in STRENGTHS[language].split())], rng)


CHANGES: tuple[Change, ...] = (change_number, change_name, change_negation, change_opposite)


def made_examples(pairs: Sequence[Pair], *, seed: int) -> Iterator[Example]:
    """Yield about three examples for each pair of running text, balanced over the labels.

    Args:
        pairs: In the order of their texts.
        seed: Of all choices.
    """
    rng = random.Random(seed)  # noqa: S311 - examples, not secrets
    running = [pair for pair in pairs if PARALLEL[pair.source].is_running_text]
    for before, pair, after in zip(running, running[1:], running[2:], strict=False):
        if not before.source == pair.source == after.source or len(pair.english) < _SHORTEST:
            continue
        sides = [("en", pair.english), (pair.language, pair.foreign)]
        (p_code, passage), (s_code, statement) = rng.choice(sides), rng.choice(sides)
        if rng.random() < _LONG:
            passage = _side(before, p_code) + " " + passage
        languages = (p_code, s_code)
        if p_code != s_code or len(passage) > len(statement):
            yield Example(passage, statement, ENTAILMENT, languages, "made")
        yield from _changed(passage, statement, languages, rng)
        follower = _side(after, s_code)
        more = f"{statement} {follower}" if rng.random() < _MORE else follower
        yield Example(passage, more, NEUTRAL, languages, "made")


_SHORTEST = 40
_LONG = 0.4
_MORE = 0.3
_FIRST = 0.7
"""The first verb of a sentence is mostly its main one."""


def _changed(passage: str, statement: str, languages: tuple[str, str], rng: random.Random) -> Iterator[Example]:
    changed = [text for change in CHANGES if (text := change(statement, languages[1], rng))]
    if changed:
        yield Example(passage, rng.choice(changed), CONTRADICTION, languages, "made")
    stronger = strengthen(statement, languages[1], rng)
    if stronger:
        yield Example(passage, stronger, NEUTRAL, languages, "made")


def _side(pair: Pair, language: str) -> str:
    return pair.english if language == "en" else pair.foreign


def _swap(text: str, swaps: Sequence[tuple[str, str]], rng: random.Random) -> str | None:
    table = dict(swaps)
    found = list(_any_of(tuple(table)).finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    other = table[match.group().lower()]
    shown = other.capitalize() if match.group()[0].isupper() else other
    return text[: match.start()] + shown + text[match.end() :]


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b", re.IGNORECASE)


@cache
def _months(language: str) -> tuple[str, ...]:
    names = get_month_names("wide", locale=language).values()
    return tuple(name.capitalize() if language == "en" else name for name in names if name.lower() != "may")


@cache
def _countries(language: str) -> tuple[str, ...]:
    territories = Locale(language).territories
    return tuple(name for code, name in sorted(territories.items()) if len(code) == len("BR") and code.isalpha())
