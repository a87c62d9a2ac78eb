"""The paragraph that a quotation in another language translates, told by the words it has been translated with.

Words alone decide, by the lexicon and their rarity in the texts, so that nothing has to be embedded. What is found is
named as what it is, a likely source; a quotation is never called true for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.model import Paragraph
from embeddings.lexical import LexicalIndex, QueryTerm, Translator, query_terms

LEAST_WORDS = 4
"""Content words from which their translations point to one place."""
LEAST_SHARE = 0.6
"""Share of a quotation's information that a paragraph's words have to cover."""
_PLAUSIBLE = 0.1
"""Probability of a translation, beside that of the likeliest, from which a text may have used it."""
_UNKNOWN = 0.5
"""How much a word counts that the lexicon cannot translate, beside one whose translations are not there."""
_OPTIONS, _DEPTH = 8, 100


@dataclass(frozen=True, slots=True)
class _Wide:
    """A translator that gives more options than a search wants: a person's choice of words is wide."""

    narrow: Translator

    def translate(self, word: str, source: str, target: str, *, limit: int = 0) -> tuple[tuple[str, float], ...]:
        return self.narrow.translate(word, source, target, limit=max(limit, _OPTIONS))


class Translated:
    """Finds sources of translations in one lexical index.

    Args:
        lexical: Of the paragraphs.
        paragraphs: In its order.
        translator: Of single words.
    """

    def __init__(self, lexical: LexicalIndex, paragraphs: Sequence[Paragraph], translator: Translator) -> None:
        self._lexical = lexical
        self._paragraphs = paragraphs
        self._translator = translator
        self._languages = np.array(lexical.languages)

    def __call__(self, quote: str, language: str) -> Paragraph | None:
        """Return the paragraph that a quotation is most likely translated from, None if none is likely.

        Args:
            quote: Its words.
            language: Its language; paragraphs of the same are left out.
        """
        targets = sorted(set(self._lexical.languages) - {language})
        terms = query_terms(quote, language, targets=targets, translator=_Wide(self._translator))
        if not targets or len(terms) < LEAST_WORDS:
            return None
        scores = np.where(self._languages == language, 0, self._lexical.scores(terms))
        rows = np.argsort(-scores, kind="stable")[:_DEPTH]
        shares = self._shares(terms, self._weights(terms, language), [int(row) for row in rows])
        best = int(np.argmax(shares))
        return self._paragraphs[int(rows[best])] if scores[rows[best]] > 0 and shares[best] >= LEAST_SHARE else None

    def _weights(self, terms: Sequence[QueryTerm], language: str) -> NDArray[np.float32]:
        """Return what each word counts: its information; less where it has no translation, or only function words."""
        weights = self._lexical.rarities(terms)
        for at, term in enumerate(terms):
            if all(shown == (term.word,) for shown in term.shown.values()):
                options = (self._translator.translate(term.word, language, target) for target in term.shown)
                weights[at] *= 0 if any(options) else _UNKNOWN
        return weights

    def _shares(
        self, terms: Sequence[QueryTerm], weights: NDArray[np.float32], rows: Sequence[int]
    ) -> NDArray[np.float32]:
        """Return the share of the information of some words that paragraphs have in any plausible translation."""
        is_there = self._lexical.strengths(terms, rows) >= _PLAUSIBLE
        return np.asarray(weights @ is_there / (weights.sum() or 1))
