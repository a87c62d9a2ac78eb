"""A claim, or a passage of prose, cut into parts that can be checked one by one; each an exact span of it.

Sentences first; then clauses joined by "and" or "but" where both sides have a verb of their own in sight. The
subject of a clause that has none is its sentence's: what a part is checked as carries it along.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.claims.words import words_of
from embeddings.documents import full_sentences
from embeddings.lexical import stop_words, words

_FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A checkable part of a claim.

    Attributes:
        start: Offset in the claim.
        end: Just after it.
        text: The claim's own words.
        context: The sentence that it stands in.
    """

    start: int
    end: int
    text: str
    context: str


def split_claim(claim: str, language: str) -> list[Part]:
    """Cut a claim into checkable parts, in order.

    Args:
        claim: Prose.
        language: Its language.

    Examples:
        >>> [part.text for part in split_claim("It condemns racism and creates a fund for victims.", "en")]
        ['It condemns racism', 'creates a fund for victims.']
    """
    parts = []
    for start, end in full_sentences(claim):
        sentence = claim[start:end]
        for first, last in _clauses(sentence, language):
            parts.append(Part(start + first, start + last, sentence[first:last], sentence))
    return parts


def _clauses(sentence: str, language: str) -> list[tuple[int, int]]:
    """Cut a sentence where a conjunction is followed by a verb; elsewhere it only joins words."""
    cuts = [0]
    ends = []
    for match in _joins(language).finditer(sentence):
        before, after = sentence[cuts[-1] : match.start()], sentence[match.end() :]
        if _is_clause(before, language) and _opens_with_verb(after, language):
            ends.append(match.start())
            cuts.append(match.end())
    ends.append(len(sentence))
    return [(a, b) for a, b in zip(cuts, ends, strict=True) if sentence[a:b].strip()]


def _is_clause(text: str, language: str) -> bool:
    return len([word for word in words(text) if word not in stop_words(language)]) >= _FEWEST_WORDS


def _joins(language: str) -> re.Pattern[str]:
    options = "|".join(re.escape(word) for word in sorted(words_of(language).and_, key=len, reverse=True))
    return re.compile(rf",?\s+(?:{options})\s+|;\s+", re.IGNORECASE)


def _opens_with_verb(text: str, language: str) -> bool:
    """Whether a clause opens with a finite verb, past a pronoun or a negation."""
    if language not in _VERBS:
        return False
    return bool(_VERBS[language].match(text)) or (language == "en" and _is_plain_verb(text))


def _is_plain_verb(text: str) -> bool:
    """Whether an English clause opens with a word that is followed by an article: a verb in its plain form."""
    match = _BEFORE_ARTICLE.match(text)
    return match is not None and match["word"] not in stop_words("en") and not match["word"].endswith("ing")


_BEFORE_ARTICLE = re.compile(r"(?P<word>[a-z]{3,})\s+(?:the|an?|every|each|any|no|its|their|his|her)\s")
_VERBS = {
    # a third person or past form, an auxiliary, or a subject pronoun with whatever verb follows
    "en": re.compile(
        r"(?:it|they|he|she|we)\s+\w+|(?:will|would|shall|must|is|are|was|were|has|have|had|does|do|did)\s"
        r"|(?:does not|do not|did not)\s|[a-z]{2,}(?<![sui])s\s+(?:up\s+|out\s+|aside\s+|over\s+|for\s+|to\s+|on\s+)?"
        r"(?:the|a|an|all|every|each|any|no|its|their|his|her|this|that|these|those|\d+|[a-z]+(?:ed|ing|al|ive|ous|ful))\b"
        r"|(?:[a-z]{3,}(?:ed)|made|took|gave|set|put|sent|held|saw|led|built|paid|cut|kept|found|wrote|chose)\s+"
        r"(?:the|a|an|all|every|each|any|no|its|their|to|on|for|up|\d+)\b"
    ),
    "es": re.compile(
        r"(?:no\s+|se\s+|lo\s+|la\s+|los\s+|las\s+|le\s+|les\s+|ellos\s+|también\s+|además\s+)*"
        r"(?:ha|han|es|son|fue|fueron|está|están|será|serán|debe|deben|puede|pueden"
        r"|[a-zñáéíóú]{2,}(?:ó|aron|ieron|ará|arán|erá|erán|irá|irán|aba|aban|ía|ían)"
        r"|[a-zñáéíóú]{2,}(?:a|e|an|en)\s+(?:a|al|el|la|los|las|un|una|unos|unas|que|por|su|sus|cada|todo|toda|todos|todas|de|\d\S*))(?!\w)"
    ),
    "pt": re.compile(
        r"(?:não\s+|se\s+|o\s+|a\s+|os\s+|as\s+|eles\s+|também\s+|além disso\s+)*"
        r"(?:há|é|são|foi|foram|está|estão|será|serão|deve|devem|pode|podem|tem|têm"
        r"|[a-zãõáéíóúâêôç]{2,}(?:ou|aram|eram|iram|eu|iu|ará|arão|erá|erão|irá|irão|ava|avam)"
        r"|[a-zãõáéíóúâêôç]{2,}(?:a|e|am|em)\s+(?:com|ao|aos|à|às|o|a|os|as|um|uma|uns|umas|que|por|seu|sua|seus|suas|cada|todo|toda|todos|todas|de|\d\S*))(?!\w)"
    ),
    "fr": re.compile(
        r"(?:ne\s+|n['’]|y\s+|en\s+|se\s+|s['’]|la\s+|le\s+|les\s+|ils\s+|elles\s+|il\s+|elle\s+)*"
        r"(?:est|sont|a|ont|sera|seront|fut|furent|doit|doivent|peut|peuvent|[a-zéèêàâîôûç]{2,}(?:era|eront|ira|iront|ait|aient)"
        r"|[a-zéèêàâîôûç]{2,}(?:e|ent|it|issent|ons|d)\s+(?:à|au|aux|le|la|les|l['’]|un|une|des|du|de|d['’]|que|qu['’]|par|son|sa|ses|leur|leurs|chaque|tout|toute|tous|toutes|\d))"
    ),
}
