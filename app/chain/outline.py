"""Questions for what a whole text is about, and the paragraphs that tell it: its chapeau and what its parts open with.

Such a question is told by its grammar: nothing is left of it without the words that ask, those for a summary and the
names of a text. What the paragraphs say is for the draft to quote.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.chain.condense import Request
from app.grammar import Grammar, ends_with_any, stems
from corpus.model import Document, Paragraph
from embeddings.lexical import words

MOST_SECTIONS = 30
MOST_PARAGRAPHS = 8
"""Paragraphs quoted of the body of a text without sections."""
MOST_OF_SEVERAL = 3
"""Paragraphs quoted of the body of each of several texts."""


def asks_outline(request: Request, names: Collection[str] = (), titles: Collection[str] = ()) -> bool:
    """Whether a question asks what a text is about as a whole, and nothing else.

    Args:
        request: What is asked.
        names: Words that only say which text is meant.
        titles: Words of its title, which may say which text is meant or what is asked of it: "say about migration".
    """
    if request.kind != "question" or request.reference or request.is_where or request.is_counting:
        return False
    rules, spoken = request.grammar, words(request.question)
    named = bool(set(spoken) & {*rules.texts, *names})
    called = {*names, *titles}
    if _asks_about_what(request.question, spoken, rules):
        return not _left(spoken, rules, called, rules.treating)
    leans = any(_leans(spoken, place, rules) for place in range(len(spoken)))
    if stems(request.question, rules.language) & _keys(rules, rules.summary):
        return not (leans and request.context) and not _left(_without_treating(spoken, rules), rules, called)
    says = set(spoken) & set(rules.what) and set(rules.content_words(request.question)) & (
        set(rules.frame) - {*rules.texts, *names}
    )
    return bool(named and says and not leans and not request.context and not _left(spoken, rules, names))


def outline(document: Document, *, is_one_of_several: bool = False) -> tuple[Paragraph, ...]:
    """Return the paragraphs that tell what a text is about, in reading order.

    Args:
        document: The text.
        is_one_of_several: Others are told of beside it, so that fewer do.

    Returns:
        The chapeau; then the first paragraph of the body and of each section, or where there are no sections the first
        few of the body.
    """
    body = [p for p in document if p.kind in {"operative", "unnumbered"}]
    chapeau = [p for p in document if p.kind == "preamble"][:1]
    opening = [p for place, p in enumerate(body) if place == 0 or p.section != body[place - 1].section]
    if is_one_of_several:
        return (*chapeau, *(opening if len(opening) > 1 else body)[:MOST_OF_SEVERAL])
    return (*chapeau, *(opening[:MOST_SECTIONS] if len(opening) > 1 else body[:MOST_PARAGRAPHS]))


def _asks_about_what(question: str, spoken: Sequence[str], rules: Grammar) -> bool:
    """Whether "what" is the object of "about": "what is it about", "de qué trata", "sobre o que é", "de quoi parle"."""
    asked = [place for place, word in enumerate(spoken) if word in rules.what]
    if rules.language == "en":
        return bool(asked) and len(spoken) > asked[0] + 2 and ends_with_any(question.rstrip(" ?!."), rules.about)
    phrases = {tuple(words(phrase)) for phrase in rules.about}
    for place in asked:
        before = spoken[: place - 1] if place and spoken[place - 1] == "o" else spoken[:place]
        if len(spoken) > place + 1 and any(tuple(before[-len(phrase) :]) == phrase for phrase in phrases):
            return True
    return False


def _left(spoken: Sequence[str], rules: Grammar, names: Collection[str], more: Sequence[str] = ()) -> list[str]:
    """Return the words of a question that ask for anything in particular."""
    groups = (rules.texts, rules.pronouns, rules.interrogatives, rules.what, rules.listing, rules.greetings)
    shape = {word for group in (*groups, rules.commanding, rules.starters) for p in group for word in words(p)}
    known = {*rules.asking, *shape, *names, *more}
    alike = _keys(rules, (*rules.summary, *rules.beside_summary, *names))
    content = [w for w in rules.content_words(" ".join(spoken)) if len(w) > 1 and w not in known]
    return [word for word in content if not stems(word, rules.language) & alike]


def _without_treating(spoken: Sequence[str], rules: Grammar) -> list[str]:
    """Return the words without the verb of "temas se tratan", "sujets traite": one that stands next to a topic."""
    topics, treating = _keys(rules, rules.summary), _keys(rules, rules.treating)
    kept: list[str] = []
    for word in spoken:
        before = next((w for w in reversed(kept) if w not in {"se", *rules.what}), "")
        if not (stems(word, rules.language) & treating and stems(before, rules.language) & topics):
            kept.append(word)
    return kept


def _leans(spoken: Sequence[str], place: int, rules: Grammar) -> bool:
    """Whether a word is a pronoun that stands for something else than the text: no noun for one follows it."""
    if spoken[place] not in rules.pronouns:
        return False
    following = " ".join(spoken[place + 1 : place + 2])
    nouns = _keys(rules, (*rules.texts, *rules.beside_summary))
    return not stems(following, rules.language) & nouns


def _keys(rules: Grammar, listed: Sequence[str]) -> frozenset[str]:
    return stems(" ".join(listed), rules.language)
