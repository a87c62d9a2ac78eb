"""Paragraphs that a question names: "paragraph 4", "¿y el 3?", "le premier", "the one after that", "¶ 84".

Numbers in words and ordinals are read by text2num. Knows the documents' paragraph ids and nothing of search.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from text_to_num import alpha2digit

from app.grammar import Grammar, has_any
from corpus.model import Document, Paragraph
from embeddings.lexical import words

_NUMBER = r"(\d{1,3})(?:\s?(?:st|nd|rd|th|º|ª|°|\.ᵉʳ|\.º|\.ª|er|ère|re|ème|eme|e|o|a))?(?!\w|[.,]\d)"
_JOIN = r"(?:\s*(?:,|;|&|and|or|to|y|e|o|ou|et|a|à|al|au|ao|-|–)\s*(?:¶\s*|the\s+|el\s+|o\s+|le\s+)?)"
_MARK = r"[¶§]\s*"
_ID = re.compile(r"(?<![\w/])(?:([a-z]+-[a-z0-9-]+)/)?((?:part\d+\.)?(?:pre|post|p|u)\d+(?:\.[a-z]+)?)(?!\w)")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a question says of a paragraph's place.

    Attributes:
        numbers: Printed numbers named, in order.
        ids: Paragraph ids named literally, as (document or None, paragraph).
        step: +1 for "the next one", -1 for "the one before", 0 otherwise.
        is_preamble: The number counts preambular paragraphs, or the preamble as a whole is meant.
        is_last: "The last paragraph".
        is_bare: Nothing but the reference was asked.
    """

    numbers: tuple[int, ...] = ()
    ids: tuple[tuple[str | None, str], ...] = ()
    step: int = 0
    is_preamble: bool = False
    is_last: bool = False
    is_bare: bool = False

    def __bool__(self) -> bool:
        return bool(self.numbers or self.ids or self.step or self.is_preamble or self.is_last)


def find_reference(question: str, grammar: Grammar) -> Reference:
    """Read the reference to a paragraph out of a question; an empty one where there is none."""
    text = digits(question, grammar.language)
    ids = tuple((match[1], match[2]) for match in _ID.finditer(question))
    numbers = _named_numbers(text, grammar)
    rest = _rest(text, grammar)
    is_bare = not rest
    step = has_any(question, grammar.next) - has_any(question, grammar.previous) if is_bare and not numbers else 0
    if not numbers and is_bare and not step:
        numbers = tuple(int(match[1]) for match in re.finditer(_NUMBER, text))
    has_noun = has_any(question, grammar.paragraph)
    is_positional = (has_noun or is_bare) and not numbers
    is_preamble = has_any(question, grammar.preamble)
    is_last = is_positional and not step and _is_last(text, grammar, has_noun=has_noun)
    return Reference(numbers, ids, step, is_preamble, is_last, is_bare)


def digits(text: str, language: str) -> str:
    """Return a text with its number words as digits ("third" as "3rd"); as it is in other languages."""
    if language not in {"en", "es", "pt", "fr"}:
        return text
    if language == "es":  # text2num leaves "segundo" alone, which is also the unit of time
        text = re.sub(r"\bsegund[oa]\b", "2º", text, flags=re.IGNORECASE)
    return str(alpha2digit(text, language, 0))


def resolve(reference: Reference, document: Document, *, last: Paragraph | None = None) -> list[Paragraph]:
    """Return the paragraphs of one document that a reference means.

    Args:
        reference: From `find_reference`.
        document: Where to look.
        last: The paragraph the conversation was at, for "the next one".
    """
    by_id = {paragraph.id: paragraph for paragraph in document}
    found = [by_id[pid] for doc, pid in reference.ids if doc in {None, document.id} and pid in by_id]
    prefixes = ("pre",) if reference.is_preamble else ("p", "u")
    for number in reference.numbers:
        found += [by_id[f"{prefix}{number}"] for prefix in prefixes if f"{prefix}{number}" in by_id][:1]
    if reference.is_preamble and not reference.numbers:
        found += [paragraph for paragraph in document if paragraph.kind == "preamble"]
    if reference.is_last:
        body = [paragraph for paragraph in document if paragraph.kind in {"operative", "unnumbered"}]
        found += body[-1:]
    if reference.step and last is not None and last.document == document.id:
        order = list(by_id)
        position = order.index(last.id) + reference.step
        found += [by_id[order[position]]] if 0 <= position < len(order) else []
    return list({paragraph.id: paragraph for paragraph in found}.values())


def sub_items(paragraph: Paragraph, document: Document) -> Sequence[Paragraph]:
    """Return the lettered and roman items under a numbered paragraph."""
    return [other for other in document if other.id.startswith(f"{paragraph.id}.")]


def _named_numbers(text: str, grammar: Grammar) -> tuple[int, ...]:
    nouns = "|".join(re.escape(noun) for noun in sorted((*grammar.paragraph, *grammar.preamble), key=len, reverse=True))
    after = rf"(?:(?<!\w)(?:{nouns})(?!\w)\s*(?:n[.º°o]{{1,2}}\s*)?|{_MARK}){_NUMBER}((?:{_JOIN}{_NUMBER})*)"
    before = rf"(?<!\w){_NUMBER}\s+(?:{nouns})(?!\w)"
    numbers = []
    for match in re.finditer(after, text, re.IGNORECASE):
        numbers.append(int(match[1]))
        numbers += [int(n) for n in re.findall(r"\d{1,3}", match[2] or "")]
    numbers += [int(match[1]) for match in re.finditer(before, text, re.IGNORECASE) if _is_ordinal(match[0])]
    return tuple(dict.fromkeys(numbers))


def _is_ordinal(text: str) -> bool:
    return re.match(r"\d+\s?[^\W\d]|\d+[º°.]", text) is not None


def _rest(text: str, grammar: Grammar) -> list[str]:
    """Return what a question asks beside a paragraph's place."""
    places = (grammar.paragraph, grammar.preamble, grammar.next, grammar.previous, grammar.last, grammar.pronouns)
    known = {word for group in (*places, grammar.starters) for phrase in group for word in words(phrase)}
    without = re.sub(_NUMBER, " ", text)
    return [word for word in grammar.content_words(without) if word not in known]


def _is_last(text: str, grammar: Grammar, *, has_noun: bool) -> bool:
    nouns = "|".join(re.escape(noun) for noun in grammar.paragraph)
    lasts = "|".join(re.escape(word) for word in grammar.last)
    if re.search(rf"\b(?:{lasts})\s+(?:{nouns})\b|\b(?:{nouns})\s+(?:{lasts})\b", text, re.IGNORECASE):
        return True
    return not has_noun and has_any(text, grammar.last)
