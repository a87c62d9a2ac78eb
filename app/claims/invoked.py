"""Whether what a claim invokes is so: the act, the paragraph, the document, the day and place of its summit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.claims.attribution import Attribution
from app.claims.facts.dates import dates_agree, dates_compare
from app.claims.facts.fact import Finding
from app.claims.facts.reading import names_in, read
from app.claims.words import words_of
from app.evidence.force import find_act, force_of, strength_of
from corpus.model import Document, Paragraph
from embeddings.documents import sentences
from embeddings.lexical import words

_BINDING, _ASKING = 3, 2
_FOR = frozenset({"welcomes", "supports", "thanks", "adopts"})
_AGAINST = frozenset({"condemns", "expresses_concern"})
_ECHOES = frozenset({"reaffirms", "reiterates"})
"""Acts that repeat one done before, whatever it was."""


def act_findings(claimed: Attribution, paragraph: Paragraph, language: str) -> Iterator[Finding]:
    """Yield a finding where the claim has the text do more than the paragraph does, or the opposite.

    Args:
        claimed: What the claim says was done.
        paragraph: Where it is said to be done.
        language: Of the paragraph.
    """
    if claimed.act is None:
        return
    done = acts_of(paragraph, language)
    if not done:
        return
    names = {name for name, _ in done}
    strongest, verb = max(done, key=lambda act: strength_of(act[0]))
    if (claimed.act.name in _FOR and names <= _AGAINST) or (claimed.act.name in _AGAINST and names <= _FOR):
        yield Finding("stance", "differs", claimed.verb, verb)
        return
    is_more = claimed.act.strength == _BINDING and strength_of(strongest) < _BINDING
    is_recalled = claimed.act.strength >= _ASKING and paragraph.kind == "preamble" and strength_of(strongest) < _ASKING
    if (is_more or is_recalled) and not names & _ECHOES:
        yield Finding("act", "overstated", claimed.verb, verb)


def acts_of(paragraph: Paragraph, language: str) -> list[tuple[str, str]]:
    """Return what a paragraph does, sentence by sentence: the name of the act and the words that show it."""
    force = force_of(paragraph, language)
    found = [(force.act, force.verb or "")] if force.act else []
    for start, end in sentences(paragraph.text):
        act = find_act(paragraph.text[start:end], language)
        if act is not None:
            found.append((act[0].name, act[1]))
    return list(dict.fromkeys(found))


def head_findings(claimed: Attribution, language: str, paragraph: Paragraph, document: Document) -> Iterator[Finding]:
    """Yield where the head of a claim names another day, summit or place than the document's or the paragraph's own.

    Args:
        claimed: The claim taken apart.
        language: Of the claim.
        paragraph: What is held to support it.
        document: The paragraph's.
    """
    head = read(claimed.head, language)
    inside = read(paragraph.text, document.language)
    if document.date is not None:
        day = (document.date.year, document.date.month, document.date.day)
        for fact in head.of_kind("date"):
            own = [other.value for other in inside.of_kind("date")]
            is_so = any(dates_agree(fact.value, other) for other in (day, *own))  # type: ignore[arg-type]
            if not is_so and dates_compare(fact.value, day):  # type: ignore[arg-type]
                yield Finding("date", "differs", fact.text, document.date.isoformat())
    about = read(f"{document.event or ''}. {document.title('en')}", "en")
    for fact in head.of_kind("summit"):
        known = [*about.of_kind("summit"), *inside.of_kind("summit")]
        if about.of_kind("summit") and all(other.value != fact.value for other in known):
            yield Finding("summit", "differs", fact.text, about.of_kind("summit")[0].text)
    if document.place:
        yield from _places(claimed, language, paragraph, document)


def _places(claimed: Attribution, language: str, paragraph: Paragraph, document: Document) -> Iterator[Finding]:
    head = read(claimed.head, language)
    named = [*document.titles.values(), document.place or "", document.event or "", paragraph.text]
    known = {word for text in named for word in words(text)} | words_of(language).names
    strangers = [place for place in names_in(head) if head.tokens[place].lower not in known]
    is_year = any(fact.kind == "date" for fact in head.facts)
    if strangers and _names_summit(claimed.head, language) and not is_year:
        first, last = head.tokens[strangers[0]], head.tokens[strangers[-1]]
        yield Finding("place", "differs", claimed.head[first.start : last.end], document.place or "")


def _names_summit(head: str, language: str) -> bool:
    nouns = words_of(language).summits
    return any(re.search(rf"(?<!\w){re.escape(noun)}(?!\w)", head, re.IGNORECASE) for noun in nouns)


def document_finding(named: Sequence[Document], paragraph: Paragraph, document: Document) -> Finding | None:
    """Return the finding that a claim names another document than the one that says it; None where it does not.

    Args:
        named: Documents that the claim calls by name, the clearest first.
        paragraph: What supports the claim.
        document: The paragraph's.
    """
    if not named or any(other.id == document.id or other.date == document.date for other in named):
        return None
    calls = {word for other in named for word in words(f"{other.place or ''} {other.id.replace('-', ' ')}")}
    calls -= set(words(document.id.replace("-", " ")))
    if calls & set(words(paragraph.text)):
        return None  # the passage itself speaks of that other text
    return Finding("document", "differs", named[0].title(), document.title())
