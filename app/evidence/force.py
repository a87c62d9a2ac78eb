"""What a paragraph does: decides, commits, calls for, recognises, recalls; and in which part of the text it stands.

Told from the opening or main verb by tables of conjugated forms in four languages (`acts.toml`). Where no verb of
the tables is found the act is None: nothing is guessed.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.schemas import Force
from corpus.model import Paragraph

_ENDINGS: Mapping[str, Mapping[str, str]] = {
    "en": {"y": "(?:s|es|ed|ing)?", "e": "(?:e|es|ed|ing)"},
    "es": {
        "ar": "(?:amos|emos|a|e|an|ando|ó|aron|ado|aba)",
        "er": "(?:emos|e|en|iendo|ió|ieron|ido)",
        "ir": "(?:imos|e|en|iendo|ió|ieron|ido)",
    },
    "pt": {
        "ar": "(?:amos|a|am|ando|ou|aram|ado)",
        "er": "(?:emos|e|em|endo|eu|eram|ido)",
        "ir": "(?:imos|e|em|indo|iu|iram|ido)",
    },
    "fr": {"er": "(?:ons|e|ent|ant|é|èrent|eons|eant)", "ir": "(?:issons|it|issent|issant|i)"},
}
_SUBJECT = {
    "en": r"(?:we|heads of state and government|member states|countries|leaders|summit|assembly|council|community)",
    "es": r"(?:nosotr[oa]s|nos|se|gobierno|estados miembros|países|cumbre|asamblea|consejo|comunidad)",
    "pt": r"(?:nós|nos|se|governo|estados membros|países|cúpula|cimeira|assembleia|conselho|comunidade)",
    "fr": r"(?:nous|se|gouvernement|états membres|pays|sommet|assemblée|conseil|communauté)",
}
_ADVERBS = {
    "en": r"(?:(?:\w+ly|also|further|again|therefore|hereby|once more|have|has|had|do|will)\s+)*",
    "es": r"(?:(?:\w+mente|también|además|asimismo|nos|se|hemos|ha|han|nuevamente|una vez más)\s+)*",
    "pt": r"(?:(?:\w+mente|também|ademais|ainda|nos|se|temos|tem|têm|novamente|mais uma vez)\s+)*",
    "fr": r"(?:(?:\w+ment|également|en outre|aussi|de nouveau|avons|a|ont|se|nous)\s+)*",
}
_FIRST_PERSON = {"es": r"(?:amos|emos|imos)\b", "pt": r"(?:amos|emos|imos)\b"}
_HEAD_CHARS = 600


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of act.

    Attributes:
        name: As `Force.act` gives it.
        strength: 3 binds the signatories to something, 2 asks something of somebody, 1 states a position.
    """

    name: str
    strength: int


def force_of(paragraph: Paragraph, language: str) -> Force:
    """Say what a paragraph does and where it stands.

    Args:
        paragraph: Of any document.
        language: Of its text; one without a table gives no act.
    """
    found = find_act(paragraph.text, language)
    if found is None:
        return Force(part=paragraph.kind)
    return Force(part=paragraph.kind, act=found[0].name, verb=found[1])


def find_act(text: str, language: str) -> tuple[Act, str] | None:
    """Find the act of a text by its opening or main verb.

    Args:
        text: A paragraph, sentence or claim.
        language: `en`, `es`, `pt` or `fr`.

    Returns:
        The act and the text's own words that show it, or None.

    Examples:
        >>> find_act("In this context, we call for dialogue.", "en")[0].name
        'calls'
    """
    head = unicodedata.normalize("NFC", text)[:_HEAD_CHARS]
    for pattern in _patterns(language):
        if match := pattern.search(head):
            name = match.lastgroup or ""
            return _acts()[name], match[name]
    return None


def strength_of(act: str | None) -> int:
    """Return how strong an act is, 3 to 1; 0 for none."""
    return _acts()[act].strength if act is not None and act in _acts() else 0


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("acts.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _acts() -> Mapping[str, Act]:
    return {name: Act(name, row["strength"]) for name, row in _table().items()}


@lru_cache(maxsize=8)
def _patterns(language: str) -> Sequence[re.Pattern[str]]:
    """Return patterns from the surest place of a verb to the least sure; each names the act by its group."""
    if language not in _ENDINGS:
        return ()
    verbs = "|".join(f"(?P<{name}>{_forms(row[language], language)})" for name, row in _table().items())
    adverbs = _ADVERBS[language]
    places = [
        rf"\A\W*{adverbs}(?:{verbs})(?!\w)",
        rf"(?<!\w){_SUBJECT[language]}[,\s]+{adverbs}(?:{verbs})(?!\w)",
    ]
    if language in _FIRST_PERSON:
        places.append(rf"(?<!\w)(?=\w+{_FIRST_PERSON[language]})(?:{verbs})(?!\w)")
    return tuple(re.compile(place, re.IGNORECASE) for place in places)


def _forms(row: Mapping[str, Iterable[str]], language: str) -> str:
    endings = _ENDINGS[language]
    whole = list(row.get("forms", ()))
    for conjugation, ending in endings.items():
        stems = row.get(conjugation, ())
        whole += [stem + ending for stem in stems]
    return "|".join(whole)
