"""Where any run of characters stands in a library: exact, quick and whole.

Every fourth run of eight bytes of the comparable text is indexed. A run of eleven bytes or more therefore holds at
least one indexed run wherever it stands, so nothing that is there can be missed; shorter ones are scanned for.
What the index names is then verified on the paragraph itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from app.quotes.normalize import canonical
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
        folded = [canonical.__wrapped__(paragraph.text).folded.encode() for paragraph in self.paragraphs]
        self._blob = _BOUNDARY.join(folded) + _BOUNDARY * GRAM
        lengths = np.fromiter((len(text) + 1 for text in folded), dtype=np.int64, count=len(folded))
        self._starts = np.concatenate(([0], np.cumsum(lengths)[:-1])) if folded else np.zeros(0, dtype=np.int64)
        at = np.arange(0, max(0, len(self._blob) - GRAM + 1), STRIDE, dtype=np.int64)
        grams = _grams(self._blob, at)
        order = np.argsort(grams, kind="stable")
        self._grams = grams[order]
        self._rows = (np.searchsorted(self._starts, at[order], side="right") - 1).astype(np.int32)

    def holding(self, folded: str) -> Iterator[int]:
        """Yield the rows of all paragraphs that hold a comparable text in lower case, in order."""
        needle = folded.encode()
        if not needle:
            return
        rows = self._scan(needle) if len(needle) < SHORTEST else self._candidates(needle)
        for row in rows:
            if folded in canonical(self.paragraphs[row].text).folded:
                yield row

    def closest(self, folded: str, *, limit: int = 8) -> list[int]:
        """Return the rows that share the most, and the rarest, runs with a comparable text, best first."""
        low, high = self._postings(folded.encode())
        scores: dict[int, float] = {}
        counts = high - low
        common = max(_COMMON, int(counts[counts > 0].min(initial=_COMMON)))
        for start, end in zip(low.tolist(), high.tolist(), strict=True):
            if 0 < end - start <= common:
                weight = float(np.log1p(len(self._grams) / (end - start)))
                for row in set(self._rows[start:end].tolist()):
                    scores[row] = scores.get(row, 0.0) + weight
        return sorted(scores, key=lambda row: (-scores[row], row))[:limit]

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

    def _scan(self, needle: bytes) -> list[int]:
        rows: list[int] = []
        at = self._blob.find(needle)
        while at >= 0:
            row = int(np.searchsorted(self._starts, at, side="right")) - 1
            rows.append(row)
            after = int(self._starts[row + 1]) if row + 1 < len(self._starts) else len(self._blob)
            at = self._blob.find(needle, after)
        return rows


def _grams(data: bytes, at: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return the eight bytes at each offset as one number."""
    values = np.frombuffer(data, dtype=np.uint8)
    grams = np.zeros(len(at), dtype=np.uint64)
    for step in range(GRAM):
        grams = (grams << np.uint64(8)) | values[at + step].astype(np.uint64)
    return grams
