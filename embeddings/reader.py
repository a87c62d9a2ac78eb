"""The reader of evidence: whether a passage entails or contradicts a statement, or answers a question; four languages.

Our own cross-encoder, run by onnxruntime. Knows nothing of claims, verdicts or documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.model_folder import MODELS, open_session, open_tokenizer, read_manifest

READER = MODELS / "celac-reader"
LABELS = ("contradiction", "entailment", "neutral")
_BATCH = 16


class Reader:
    """Reads pairs of a passage and a statement or a question.

    Args:
        folder: A model folder of ours.
        threads: Of the processor; 0 is one a core.

    Raises:
        EncoderUnavailableError: A file is missing or not the one the manifest names.
    """

    def __init__(self, folder: Path = READER, *, threads: int = 0) -> None:
        manifest = read_manifest(folder)
        self.name = str(manifest["name"])
        self._tokenizer = open_tokenizer(folder, int(manifest["max_tokens"]))
        self._session = open_session(folder, threads)

    def entailment(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Judge pairs of (passage, statement).

        Returns:
            (n, 3) float32 probabilities in the order of `LABELS`, rows sum to 1, same order as pairs.
        """
        return self._read(pairs)[:, : len(LABELS)]

    def answers(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Judge pairs of (passage, question).

        Returns:
            (n,) float32 probabilities that the passage answers the question, same order as pairs.
        """
        return self._read(pairs)[:, len(LABELS)]

    def _read(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        rows = np.zeros((len(pairs), len(LABELS) + 1), dtype=np.float32)
        order = sorted(range(len(pairs)), key=lambda i: (len(pairs[i][0]) + len(pairs[i][1]), i))
        for first in range(0, len(order), _BATCH):
            part = order[first : first + _BATCH]
            encodings = self._tokenizer.encode_batch([pairs[i] for i in part])
            feed = {
                "input_ids": np.array([e.ids for e in encodings], dtype=np.int64),
                "token_type_ids": np.array([e.type_ids for e in encodings], dtype=np.int64),
                "attention_mask": np.array([e.attention_mask for e in encodings], dtype=np.int64),
            }
            rows[part] = self._session.run(["probabilities"], feed)[0]
        return rows


@cache
def load_reader() -> Reader | None:
    """Return the shipped reader, opened once; None where it is not shipped."""
    return Reader(READER) if (READER / "manifest.json").exists() else None
