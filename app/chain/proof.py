"""Whether a written sentence stands on its quotations. Strict and readable: what cannot be shown is not passed.

A sentence must be clean text, whatever it puts in quotation marks must be quoted exactly, and it must align, word for
word or in translation, with the sentence of the text that its quotation stands in. Each check can only refuse.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from app.chain.align import CONDITIONS, align
from app.chain.quotable import FULL_STOP
from app.chain.units import LEAST_PROBABILITY, Unit, units_of
from corpus.language import detect_language
from corpus.model import Citation, Passage
from embeddings.documents import sentences
from embeddings.lexical import Translator

LONGEST = 800
"""Code points of a sentence."""
_DOUBLE = re.compile(r"[\"“”„‟«»‹›‚‛]")
_OPENING_SINGLE = re.compile(r"(?<!\w)['‘’](?=\w)")
_CLOSING_SINGLE = re.compile(r"(?<=\w)['‘’](?!\w)")
_PLAIN = frozenset(" .,;:!?¿¡()%'’‘\"“”«»‹›„‚‟‛–—-/&+§¶$€£°ºª…")
_ADDRESS = re.compile(r"[^\W\d_]{2,}\.[^\W\d_]{2,}|://|\bwww\b|\bmailto\b", re.IGNORECASE)
_ITEM = re.compile(r"(?:^|\.)p\d+\.[a-z]+$")
_WORD = re.compile(r"\w+")
_PARTICIPLE = re.compile(r"(?:[ai]d[oa]s?|ée?s?|ie?s?|ue?s?)$")


class Proof:
    """Checks sentences in four languages against quotations in any of them."""

    def __init__(self, *, translator: Translator | None) -> None:
        self._translator = translator

    def find(self, sentence: str, citations: Sequence[Citation], language: str) -> Citation | None:
        """Find the quotation that a sentence stands on.

        Args:
            sentence: In `language`.
            citations: Exact ones.
            language: Of the sentence.

        Returns:
            The first citation that carries it, or, where only the whole sentence of the text around that one carries
            it, the citation of that; None if nothing does.
        """
        if not is_clean(sentence):
            return None
        for citation in citations:
            found = self._carrying(sentence, citation, language)
            if found is not None and has_only_exact_quotations(sentence, found.quote):
                return found
        return None

    def _carrying(self, sentence: str, citation: Citation, language: str) -> Citation | None:
        source = governing(citation)
        if source is None:
            return None
        other = detect_language(citation.paragraph.text)
        units = units_of(source.text, other, other=language, translator=self._translator)
        found = align(
            units_of(sentence, language, other=other, translator=self._translator),
            units,
            is_same_language=language == other,
            may_turn=self._turner(language, other),
        )
        if found is None:
            return None
        start, end = source.start + units[found[0]].start, source.start + units[found[1]].end
        return citation if citation.start <= start and end <= citation.end else Citation.of(source)

    def _turner(self, language: str, other: str) -> Callable[[Unit, Unit], bool]:
        """Return what tells whether a modifier of one language may follow its noun in the other: if it is no verb."""

        def may_turn(said: Unit, source: Unit) -> bool:
            if "en" not in {language, other} or self._translator is None:
                return False
            english, romance = (said, source) if language == "en" else (source, said)
            return not self._is_verb(english.word) or bool(_PARTICIPLE.search(romance.word))

        return may_turn

    def _is_verb(self, word: str) -> bool:
        """Whether an English word, or what it is a form of, is an infinitive in Spanish and not the same adjective."""
        bases = {word, *(word.removesuffix(ending) for ending in ("s", "es", "d", "ed", "ing"))}
        return any(
            translation.endswith(("ar", "er", "ir")) and translation != base
            for base in bases
            for translation, probability in (self._translator.translate(base, "en", "es") if self._translator else ())
            if probability >= LEAST_PROBABILITY / 2
        )


def governing(citation: Citation) -> Passage | None:
    """Return the text's sentence around a quotation, from its very start.

    Returns:
        None where it proves nothing alone: it begins in another paragraph, a condition follows, or it is a question.
    """
    paragraph = citation.paragraph
    if _ITEM.search(paragraph.id):
        return None
    spans = sentences(paragraph.text)
    around = [place for place, (start, end) in enumerate(spans) if start < citation.end and end > citation.start]
    first = around[0]
    while first > 0 and not FULL_STOP.search(paragraph.text[: spans[first][0]]):
        first -= 1
    text = Passage(paragraph, spans[first][0], spans[around[-1]][1])
    next_word = _WORD.search(paragraph.text, text.end)
    is_limited = next_word is not None and next_word[0].lower() in CONDITIONS
    return None if is_limited or text.text.endswith("?") or _continues(text) else text


def _continues(text: Passage) -> bool:
    """Whether a sentence goes on from words elsewhere, as items of a list do."""
    letter = re.search(r"[^\W\d_]", text.text)
    return letter is None or letter[0].islower()


def is_clean(sentence: str, *, longest: int = LONGEST) -> bool:
    """Whether a text is plain words: no markers, markup, addresses, hidden characters or letters of other scripts.

    Args:
        sentence: Any text.
        longest: Most code points.
    """
    if len(sentence) > longest or _ADDRESS.search(sentence) or unicodedata.normalize("NFC", sentence) != sentence:
        return False
    return all(_is_plain(character) for character in sentence)


def _is_plain(character: str) -> bool:
    if character in _PLAIN or (character.isascii() and character.isalnum()):
        return True
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN")


def has_only_exact_quotations(sentence: str, quotation: str) -> bool:
    """Whether all that stands in quotation marks of any kind is in a quotation, character for character."""
    pieces = _DOUBLE.split(sentence)
    if len(pieces) % 2 == 0 or not all(inner.strip() in quotation for inner in pieces[1::2]):
        return False
    end = 0
    while opening := _OPENING_SINGLE.search(sentence, end):
        start = opening.end()
        closings = [mark.start() for mark in _CLOSING_SINGLE.finditer(sentence, start)]
        exact = [closing for closing in closings if sentence[start:closing].strip() in quotation]
        if not exact:
            return False
        end = exact[-1] + 1
    return True
