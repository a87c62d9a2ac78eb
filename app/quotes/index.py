"""Where any run of characters stands in a library: exact, quick and whole.

Every fourth run of eight bytes of the comparable text is indexed. A run of eleven bytes or more therefore holds at
least one indexed run wherever it stands, so nothing that is there can be missed; shorter ones are scanned for.
What the index names is then verified on the paragraph itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from app.quotes.normalize import form
from corpus.model import Paragraph

GRAM = 8
STRIDE = 4
SHORTEST = GRAM + STRIDE - 1
"""Bytes from which the index alone is exact."""
_COMMON = 2_000
"""A run found more often than this says little of where a text is from."""
_BOUNDARY = b"\x00"


class PassageIndex:
    """Finds paragraphs by the characters they share with a text.

    Args:
        paragraphs: To search; kept in this order.
    """

    def __init__(self, paragraphs: Iterable[Paragraph]) -> None:
        self.paragraphs: Sequence[Paragraph] = tuple(paragraphs)
        folded = [form(paragraph.text).folded.encode() for paragraph in self.paragraphs]
        self._blob = _BOUNDARY.join(folded) + _BOUNDARY * GRAM
        lengths = np.fromiter((len(text) + 1 for text in folded), dtype=np.int64, count=len(folded))
        self._bounds = [0, *np.cumsum(lengths).tolist()]
        self._starts = np.concatenate(([0], np.cumsum(lengths)[:-1])) if folded else np.zeros(0, dtype=np.int64)
        at = np.arange(0, max(0, len(self._blob) - GRAM + 1), STRIDE, dtype=np.int64)
        grams = _grams(self._blob, at)
        order = np.argsort(grams, kind="stable")
        self._grams = grams[order]
        self._rows = (np.searchsorted(self._starts, at[order], side="right") - 1).astype(np.int32)

    def holding(self, folded: str) -> Iterator[int]:
        """Yield the rows of all paragraphs that hold a comparable text in lower case, in order."""
        needle = folded.encode()
        if len(needle) < SHORTEST:
            yield from self._scan(needle)
            return
        for row in self._candidates(needle):
            start, end = self._bounds[row], self._bounds[row + 1]
            if self._blob.find(needle, start, end) >= 0:
                yield row

    def closest(self, folded: str, *, limit: int = 8) -> list[int]:
        """Return the rows that share the most, and the rarest, runs with a comparable text, best first."""
        low, high = self._postings(folded.encode())
        counts = high - low
        common = max(_COMMON, int(counts[counts > 0].min(initial=_COMMON)))
        telling = np.flatnonzero((counts > 0) & (counts <= common))
        if not len(telling):
            return []
        rows = [np.unique(self._rows[low[at] : high[at]]) for at in telling]
        weights = [
            np.full(len(found), np.log1p(len(self._grams) / counts[at]))
            for at, found in zip(telling, rows, strict=True)
        ]
        named, places = np.unique(np.concatenate(rows), return_inverse=True)
        scores = np.bincount(places, weights=np.concatenate(weights))
        best = np.lexsort((named, -scores))[:limit]
        return [int(row) for row in named[best]]

    def _candidates(self, needle: bytes) -> list[int]:
        """Return rows that hold an indexed run of the needle at the least common place where one must be."""
        low, high = self._postings(needle)
        counts = high - low
        groups = [slice(first, first + STRIDE) for first in range(0, len(counts) - STRIDE + 1, STRIDE)]
        best = min(groups, key=lambda group: int(counts[group].sum()))
        rows = [self._rows[a:b] for a, b in zip(low[best].tolist(), high[best].tolist(), strict=True)]
        return [int(row) for row in np.unique(np.concatenate(rows))]

    def _postings(self, needle: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        grams = _grams(needle, np.arange(0, max(0, len(needle) - GRAM + 1), dtype=np.int64))
        return np.searchsorted(self._grams, grams, side="left"), np.searchsorted(self._grams, grams, side="right")

    def _scan(self, needle: bytes) -> Iterator[int]:
        at = self._blob.find(needle) if needle else -1
        while at >= 0:
            row = bisect_right(self._bounds, at) - 1
            yield row
            at = self._blob.find(needle, self._bounds[row + 1])


def _grams(data: bytes, at: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return the eight bytes at each offset as one number."""
    values = np.frombuffer(data, dtype=np.uint8)
    grams = np.zeros(len(at), dtype=np.uint64)
    for step in range(GRAM):
        grams = (grams << np.uint64(8)) | values[at + step].astype(np.uint64)
    return grams
