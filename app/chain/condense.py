"""From a conversation's last message to a question that stands alone. No language model is needed for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from app.chain.references import Reference, find_reference
from app.grammar import Grammar, ends_with_any, grammar, has_any, places, starts_with_any
from app.schemas import Language, Turn
from corpus.language import LANGUAGES, language_confidences
from embeddings.lexical import stop_words, words

Kind = Literal["question", "not_a_question", "unsafe"]
_SURE = 0.55
_SHORT_MESSAGE = 6
_CERTAIN = 0.9
_FUNCTION = 0.6
_FEW_WORDS = 2
_SOME_WORDS = 4
_FEW_LETTERS = 2
_OBJECT_WORDS = 8
"""Words after an order that may say what is to be left aside."""
_AND = {"en": ("and",), "es": ("y", "e"), "pt": ("e",), "fr": ("et",)}
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, made explicit.

    Attributes:
        question: The message as it came.
        kind: Whether it asks anything of the texts.
        language: Of the message.
        reference: The paragraph it names.
        context: Earlier questions that it leans on, oldest first; empty for one that stands alone.
        rewritten: The same question in words that stand alone, if someone wrote it so.
    """

    question: str
    kind: Kind
    language: Language
    reference: Reference
    context: tuple[str, ...] = ()
    rewritten: str = ""

    @property
    def standalone(self) -> str:
        """The question with what it leans on."""
        return self.rewritten or " ".join((*self.context, self.question))

    @property
    def grammar(self) -> Grammar:
        """The grammar of its language."""
        return grammar(self.language)

    @property
    def is_where(self) -> bool:
        """Whether it asks for a place in the texts."""
        return has_any(self.question, self.grammar.where)

    @property
    def is_counting(self) -> bool:
        """Whether it asks how much or how many."""
        return has_any(self.question, self.grammar.counting)

    @property
    def is_listing(self) -> bool:
        """Whether it asks for several things; one that compares texts asks for what each says."""
        rules = self.grammar
        return (
            has_any(self.question, rules.listing) and not self.is_where and not has_any(self.question, rules.comparing)
        )

    def alone(self) -> Request:
        """Return the same question without its context."""
        return Request(self.question, self.kind, self.language, self.reference)


def condense(question: str, history: Sequence[Turn] = ()) -> Request:
    """Make the last message of a conversation stand alone.

    Args:
        question: The message.
        history: Earlier messages, oldest first.

    Returns:
        The request; its context is set only where the message leans on an earlier question.
    """
    asked = [turn.content for turn in history if turn.role == "user"]
    language = question_language(question, asked)
    greeted = [code for code in LANGUAGES if _is_small_talk(question, grammar(code))]
    if greeted and language not in greeted:
        language = cast("Language", greeted[0])
    rules = grammar(language)
    reference = find_reference(question, rules)
    kind = _kind(question, rules, reference)
    request = Request(question, kind, language, reference)
    if kind != "question" or reference or not asked or not leans_back(question, rules):
        return request
    context = []
    for earlier in reversed(asked):
        earlier_rules = grammar(question_language(earlier, ()))
        if _kind(earlier, earlier_rules, find_reference(earlier, earlier_rules)) != "question":
            continue
        context.append(earlier)
        if not leans_back(earlier, earlier_rules):
            break
    return Request(question, kind, language, reference, tuple(reversed(context)))


def question_language(question: str, earlier: Sequence[str]) -> Language:
    """Return the language of a message; an unclear or very short one is taken to be in the conversation's."""
    confidences = _confidences(question)
    best = max(LANGUAGES, key=lambda code: confidences.get(code, 0.0))
    spoken = words(question)
    if earlier and (confidences.get(best, 0.0) < _SURE or len(spoken) <= _SHORT_MESSAGE):
        habit = question_language(earlier[-1], earlier[:-1])
        function_words = {code: sum(word in stop_words(code) for word in spoken) for code in LANGUAGES}
        if function_words[habit] >= max(function_words.values()):
            return habit
    return cast("Language", best if confidences.get(best) else "en")


def _confidences(text: str) -> dict[str, float]:
    """Return how likely each language is; in a short message its function words tell more than its letters."""
    spoken = words(text)
    likely = language_confidences(text)
    if not spoken or max(likely.values(), default=0.0) > _CERTAIN:
        return likely
    return {
        code: value + _FUNCTION * sum(word in stop_words(code) for word in spoken) / len(spoken)
        for code, value in likely.items()
    }


def leans_back(question: str, rules: Grammar) -> bool:
    """Whether a message cannot be understood without an earlier one: an ellipsis, a pronoun, an opening "and"."""
    content = [word for word in rules.content_words(question) if word not in rules.pronouns]
    if len(content) <= _FEW_WORDS or starts_with_any(question, rules.starters):
        return True
    return has_any(question, rules.pronouns) and len(content) <= _SOME_WORDS


def _kind(question: str, rules: Grammar, reference: Reference) -> Kind:
    if reference:
        return "unsafe" if _is_override(question, rules) else "question"
    if _is_override(question, rules):
        return "unsafe"
    if _is_noise(question) or any(_is_small_talk(question, grammar(code)) for code in LANGUAGES):
        return "not_a_question"
    return "question"


def _is_override(question: str, rules: Grammar) -> bool:
    """Whether a message orders the assistant to leave its texts or rules aside."""
    return any(
        _is_order(sentence, grammar(code))
        for code in {rules.language, "en"}
        for sentence in re.split(r"(?<=[.!?;:])\s+|\n", question)
    )


def _is_order(sentence: str, rules: Grammar) -> bool:
    """Whether a sentence orders to leave texts or rules aside; one that asks whether somebody does is no order."""
    for phrase in places(sentence, rules.override):
        before, after = sentence[: phrase.start()].strip(" \t\"'“«(*_#>-"), sentence[phrase.end() :]
        object_ = " ".join(re.split(r"[,.;:!?]", after)[0].split()[:_OBJECT_WORDS])
        if after.startswith("-") or before.endswith("¿") or not has_any(object_, rules.overridden):
            continue
        if not before or ends_with_any(before, rules.commanding):
            return True
        joined = before.endswith((",", ":", "—", "–")) or ends_with_any(before, _AND[rules.language])
        if joined and not sentence.rstrip().endswith("?"):
            return True
    return False


def _is_noise(question: str) -> bool:
    letters = len(_LETTER.findall(question))
    return letters < _FEW_LETTERS or letters < len(question.replace(" ", "")) / 2 or not words(question)


def _is_small_talk(question: str, rules: Grammar) -> bool:
    rest = " ".join(words(question))
    for phrase in sorted(rules.greetings, key=len, reverse=True):
        rest = re.sub(rf"(?<!\w){re.escape(' '.join(words(phrase)))}(?!\w)", " ", rest)
    is_greeting = rest.split() != words(question)
    return is_greeting and not rules.content_words(rest)
