"""Word translation probabilities from parallel sentences.

IBM Model 1 (Brown et al. 1993) with the diagonal prior of fast_align (Dyer et al. 2013), in both directions; the
last expectations are multiplied, so that only links on which both directions agree count (Liang et al. 2006).
Every word pair of every sentence pair is one row of flat arrays, so an iteration is a handful of numpy calls.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

MAX_WORDS = 40
DIAGONAL_TENSION = 4.0
NULL_MASS = 0.08
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Alignment:
    """Symmetrised link counts.

    Attributes:
        english: Words of the rows.
        foreign: Words of the columns.
        counts: Expected number of links between them.
    """

    english: Sequence[str]
    foreign: Sequence[str]
    counts: csr_matrix


@dataclass(frozen=True, slots=True)
class _Links:
    """All candidate links: `pair` indexes distinct word pairs, `row`/`column` the tokens that are linked."""

    pair: NDArray[np.int32]
    row: NDArray[np.int32]
    column: NDArray[np.int32]
    prior: NDArray[np.float32]
    pair_english: NDArray[np.int32]
    pair_foreign: NDArray[np.int32]


def words(text: str) -> list[str]:
    """Return the lower-cased words of a text, accents kept, digits left out.

    >>> words("L'été, 2024: l’Amérique")
    ['l', 'été', 'l', 'amérique']
    """
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def align(texts: Iterable[tuple[str, str]], *, iterations: int = 5) -> Alignment:
    """Learn link counts from (English, foreign) texts; over-long sentences are left out."""
    english_ids: dict[str, int] = {}
    foreign_ids: dict[str, int] = {}
    sentences = []
    for english, foreign in texts:
        e, f = words(english), words(foreign)
        if 0 < len(e) <= MAX_WORDS and 0 < len(f) <= MAX_WORDS:
            english_row = [english_ids.setdefault(word, len(english_ids)) for word in e]
            foreign_row = [foreign_ids.setdefault(word, len(foreign_ids)) for word in f]
            sentences.append((english_row, foreign_row))
    links = _candidates(sentences, len(foreign_ids))
    agreed = _posterior(links, iterations, by_column=True) * _posterior(links, iterations, by_column=False)
    counts = np.bincount(links.pair, weights=agreed, minlength=len(links.pair_english))
    shape = (len(english_ids), len(foreign_ids))
    matrix = csr_matrix((counts, (links.pair_english, links.pair_foreign)), shape=shape)
    return Alignment(list(english_ids), list(foreign_ids), matrix)


def _candidates(sentences: Sequence[tuple[list[int], list[int]]], n_foreign: int) -> _Links:
    keys, rows, columns, priors = [], [], [], []
    row = column = 0
    for e, f in sentences:
        m, n = len(e), len(f)
        keys.append((np.array(e, np.int64)[:, None] * n_foreign + np.array(f, np.int64)[None, :]).ravel())
        rows.append(np.repeat(np.arange(row, row + m, dtype=np.int32), n))
        columns.append(np.tile(np.arange(column, column + n, dtype=np.int32), m))
        offset = np.abs((np.arange(m) + 0.5)[:, None] / m - (np.arange(n) + 0.5)[None, :] / n)
        priors.append(np.exp(-DIAGONAL_TENSION * offset).astype(np.float32).ravel())
        row, column = row + m, column + n
    distinct, pair = np.unique(np.concatenate(keys), return_inverse=True)
    return _Links(
        pair.astype(np.int32),
        np.concatenate(rows),
        np.concatenate(columns),
        np.concatenate(priors),
        (distinct // n_foreign).astype(np.int32),
        (distinct % n_foreign).astype(np.int32),
    )


def _posterior(links: _Links, iterations: int, *, by_column: bool) -> NDArray[np.float32]:
    """Return p(link | sentences) of every candidate.

    Args:
        links: The candidates.
        iterations: Rounds of expectation-maximisation.
        by_column: Each foreign token chooses its English token, rather than the other way round.
    """
    token, given = (links.column, links.pair_english) if by_column else (links.row, links.pair_foreign)
    n_pairs = len(links.pair_english)
    probability = np.full(n_pairs, 1.0, dtype=np.float32)
    for _ in range(iterations):
        weight = probability[links.pair] * links.prior
        total = np.bincount(token, weights=weight).astype(np.float32)
        posterior = weight / (total * (1 + NULL_MASS))[token]
        counts = np.bincount(links.pair, weights=posterior, minlength=n_pairs)
        probability = (counts / np.bincount(given, weights=counts)[given]).astype(np.float32)
    return posterior
