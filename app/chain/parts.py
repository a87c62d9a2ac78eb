"""The questions that one message asks: "What does it say about X, and about Y?", "Where was it adopted? By whom?".

Cut only at question marks and where a conjunction is followed by a question word or by the preposition that the first
part has; whether the parts are worth asking apart is for the search to say.
"""

from __future__ import annotations

import re

from app.grammar import Grammar

_AND = {"en": "and", "es": "y|e", "pt": "e", "fr": "et"}
_OPENING = " ¿¡,;"


def split_parts(question: str, rules: Grammar) -> tuple[str, ...]:
    """Return the questions that a message asks, in order; the message alone where it asks one thing.

    Args:
        question: The message.
        rules: The grammar of its language.
    """
    asked = [piece.strip(_OPENING) for piece in re.findall(r"[^?]+\?+", question)]
    if len(asked) > 1 and not re.sub(r"[^?]+\?+", "", question).strip() and all(_asks(p, rules) for p in asked):
        return tuple(asked)
    for match in re.finditer(rf",?\s+(?:{_AND.get(rules.language, 'and')})\s+", question, re.IGNORECASE):
        left, right = question[: match.start()].strip(_OPENING), question[match.end() :].strip()
        second = _completed(left, right, rules)
        if second and _asks(left, rules) and _asks(second, rules):
            return left, second
    return (question,)


def _completed(left: str, right: str, rules: Grammar) -> str:
    """Return the second question in full words; empty where the conjunction only joins words of one question."""
    if re.match(_any_of(rules.interrogatives), right, re.IGNORECASE):
        return right
    about = re.match(_any_of(rules.about), right, re.IGNORECASE)
    if about is None:
        return ""
    same = re.search(_any_of(rules.about), left, re.IGNORECASE)
    return f"{left[: same.start()]}{right}" if same else ""


def _asks(text: str, rules: Grammar) -> bool:
    """Whether a text has a word that says what is asked for."""
    known = {*rules.frame, *rules.pronouns, *rules.interrogatives}
    return any(word not in known for word in rules.content_words(text))


def _any_of(phrases: tuple[str, ...]) -> str:
    return rf"(?<!\w)(?:{'|'.join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))})(?!\w)"
