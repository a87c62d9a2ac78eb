"""Puts the paragraphs found in order: by relevance, then the best of them by reading each beside the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.chain.abstain import best_first
from app.chain.calibration import Calibration
from embeddings.retriever import Hit

READ = 6
"""Paragraphs that are read beside the question; reading costs more than all the rest of a search."""
_SUREST = 1e-4


class RelevanceReader(Protocol):
    """Says whether a passage answers a question."""

    def answers(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Return (n,) float32 probabilities for pairs of (passage, question), same order."""


def ranked(
    question: str, hits: Sequence[Hit], fit: Calibration, reader: RelevanceReader | None, favoured: Sequence[str] = ()
) -> list[Hit]:
    """Order hits, best first.

    Args:
        question: In words that stand alone.
        hits: As found.
        fit: The weights.
        reader: Reads the best of them; without one they are ordered by relevance alone.
        favoured: Ids of documents the question calls by name.
    """
    ordered = best_first(hits, fit, favoured)
    if reader is None or not ordered:
        return ordered
    return [*best_first(read(question, ordered[:READ], reader), fit, favoured), *ordered[READ:]]


def read(question: str, hits: Sequence[Hit], reader: RelevanceReader) -> list[Hit]:
    """Return hits with what reading their paragraphs says, same order."""
    told = reader.answers([(hit.passage.paragraph.text, question) for hit in hits])
    sure = np.clip(told, _SUREST, 1 - _SUREST)
    odds = np.log(sure / (1 - sure))
    return [replace(hit, answers=float(value)) for hit, value in zip(hits, odds, strict=True)]
