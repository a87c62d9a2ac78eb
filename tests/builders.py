"""Builders of test data: documents, libraries, and an encoder whose vectors mean something without any weights."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from corpus.library import Library
from corpus.model import Document, Paragraph
from embeddings.encoder import Encoder, Vectors
from embeddings.lexical import stem, words


def a_document(
    *texts: str,
    id: str = "celac-2020-somewhere",  # noqa: A002 - the field's name
    language: str = "en",
    place: str = "Somewhere, Nowhere",
    date: dt.date = dt.date(2020, 1, 2),
    title: str = "Declaration of Somewhere",
    **facts: object,
) -> Document:
    """Return an adopted text whose numbered paragraphs are `texts`."""
    paragraphs = tuple(Paragraph(id, f"p{number}", "operative", text) for number, text in enumerate(texts, start=1))
    return Document(
        id=id, titles={language: title}, date=date, language=language, paragraphs=paragraphs, place=place, **facts
    )  # type: ignore[arg-type]


def a_library(*documents: Document) -> Library:
    """Return a library of these documents."""
    return Library(documents)


class WordEncoder(Encoder):
    """A documented fake: texts that share English word stems are near, by hashing stems into 256 dimensions."""

    name = "word hashing"
    dimension = 256

    def __init__(self, fingerprint: str = "word-hashing") -> None:
        self.fingerprint = fingerprint
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> Vectors:
        self.encoded += texts
        vectors = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in words(text):
                digest = hashlib.sha256(stem(word, "en").encode()).digest()
                vectors[row, digest[0]] += 1
        if on_progress:
            on_progress(len(texts))
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
