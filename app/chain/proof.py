"""Whether a written sentence stands on its quotations. Strict and readable: what cannot be shown is not passed.

Each check can only refuse: numbers and names in the sentence must be in the quotations, words in quotation marks must
be quoted exactly, a negation must be matched, and enough of what the sentence says must be found in what it quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from app.chain.references import digits
from corpus.language import detect_language
from corpus.model import Citation
from embeddings.lexical import Translator, query_terms, term, words

_QUOTED = re.compile(r"[\"“«„]\s*([^\"”»“«]{2,}?)\s*[\"”»]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<=[^\s.!?:;“«\"(] )[A-ZÀ-ÞÑ][\w’'-]+")
_ADDRESS = re.compile(r"https?:|www\.|\]\(|<\w|\bmailto:", re.IGNORECASE)
_NEGATION = {
    "en": {"not", "no", "never", "nor", "neither", "without", "cannot", "none", "refuses", "rejects", "n't"},
    "es": {"no", "nunca", "ni", "sin", "jamás", "ningún", "ninguna", "ninguno", "tampoco", "rechaza", "rechazan"},
    "pt": {"não", "nunca", "nem", "sem", "jamais", "nenhum", "nenhuma", "tampouco", "rejeita", "rejeitam"},
    "fr": {"ne", "n", "pas", "jamais", "ni", "sans", "aucun", "aucune", "rejette", "rejettent", "refuse"},
}
LEAST_SHARE = 0.5
"""Least share of a sentence's content words that its quotations must carry, each by itself or in translation."""


class Proof:
    """Checks sentences in four languages against quotations in any of them."""

    def __init__(self, *, translator: Translator | None, frame_words: Callable[[str], Collection[str]]) -> None:
        self._translator = translator
        self._frame_words = frame_words

    def stands(self, sentence: str, citations: Sequence[Citation], language: str) -> bool:
        """Whether a sentence says no more than its quotations, as far as can be told without a model.

        Args:
            sentence: In `language`.
            citations: Exact ones.
            language: Of the sentence.
        """
        quoted = " ".join(citation.quote for citation in citations)
        source = detect_language(quoted)
        return (
            not _ADDRESS.search(sentence)
            and _has_only_exact_quotations(sentence, citations)
            and _numbers(sentence, language) <= _numbers(quoted, source)
            and _is_negated(sentence, language) == _is_negated(quoted, source)
            and self._share(sentence, quoted, language, source) >= LEAST_SHARE
            and self._names_are_carried(sentence, quoted, language, source)
        )

    def _share(self, sentence: str, quoted: str, language: str, source: str) -> float:
        terms = query_terms(
            sentence, language, targets=[source], translator=self._translator, ignored=self._frame_words(language)
        )
        carried = {term(word, source) for word in words(quoted)}
        return sum(bool(carried & t.terms.keys()) for t in terms) / len(terms) if terms else 0.0

    def _names_are_carried(self, sentence: str, quoted: str, language: str, source: str) -> bool:
        """A capitalised word inside a sentence names something; the quotations must name it too."""
        carried = {term(word, source) for word in words(quoted)}
        frame = set(self._frame_words(language))
        for name in _NAME.findall(sentence):
            if name.lower() in frame:
                continue
            found = query_terms(name, language, targets=[source], translator=self._translator)
            if found and not any(carried & t.terms.keys() for t in found):
                return False
        return True


def _has_only_exact_quotations(sentence: str, citations: Sequence[Citation]) -> bool:
    return all(any(inner in citation.quote for citation in citations) for inner in _QUOTED.findall(sentence))


def _numbers(text: str, language: str) -> set[str]:
    return set(_NUMBER.findall(digits(text, language)))


def _is_negated(text: str, language: str) -> bool:
    return bool(set(words(text.replace("n't", " not"))) & _NEGATION.get(language, _NEGATION["en"]))
