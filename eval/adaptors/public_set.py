"""A public question set as documents and cases, read from a folder that the user has; nothing of it is kept here."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.model import Document, Paragraph
from eval.dataset import ConversationCase, Expectation, Language, QuestionCase
from eval.errors import DatasetError

DOCUMENT = "public-2000-set"
"""Id of the one document that the passages of a set become; `u<k>` is its kth passage."""


@dataclass(frozen=True, slots=True)
class PublicSet:
    """Passages to search and what is asked of them.

    Attributes:
        documents: One, whose paragraphs are the passages.
        cases: Questions or conversations; their gold names its paragraphs.
    """

    documents: tuple[Document, ...]
    cases: tuple[QuestionCase | ConversationCase, ...]


@dataclass(slots=True)
class Passages:
    """Collects passages, each once, and knows the id that each gets."""

    texts: dict[str, str] = field(default_factory=dict)

    def key(self, text: str) -> str:
        """Return the global id of a passage, new or known."""
        plain = " ".join(text.split())
        id_ = self.texts.setdefault(plain, f"u{len(self.texts) + 1}")
        return f"{DOCUMENT}/{id_}"

    def document(self, language: Language, title: str) -> Document:
        """Return the document that holds all of them."""
        paragraphs = tuple(Paragraph(DOCUMENT, id_, "unnumbered", text) for text, id_ in self.texts.items())
        return Document(DOCUMENT, {language: title}, None, language, paragraphs)


def question(
    asked: str, gold: tuple[str, ...], *, number: int, name: str, family: str, language: Language
) -> QuestionCase:
    """Return a case for a public question; without gold the texts do not answer it."""
    return QuestionCase(
        id=f"{name}-{number}",
        origin="public",
        language=language,
        split="test",
        family=family,
        library=name,
        kind="public",
        question=asked,
        expected="answer" if gold else "refusal",
        gold=gold,
    )


def conversation(
    turns: list[Expectation], *, number: int, name: str, family: str, language: Language
) -> ConversationCase:
    """Return a case for a public conversation."""
    return ConversationCase(
        id=f"{name}-{number}",
        origin="public",
        language=language,
        split="test",
        family=family,
        library=name,
        kind="public",
        turns=tuple(turns),
    )


def expectation(asked: str, gold: tuple[str, ...]) -> Expectation:
    """Return one turn; without gold the texts do not answer it."""
    return Expectation(question=asked, expected="answer" if gold else "refusal", gold=gold)


def load_json(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    """Read a JSON file, compressed or not.

    Raises:
        DatasetError: It is not there or not JSON.
    """
    try:
        return json.loads(_text(path))
    except (OSError, ValueError) as error:
        raise DatasetError(f"{path} cannot be read as JSON: {error}") from error


def load_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file, compressed or not.

    Raises:
        DatasetError: It is not there, or a line is not a JSON object.
    """
    try:
        lines = _text(path).splitlines()
    except OSError as error:
        raise DatasetError(f"{path} cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise DatasetError(f"{path}, line {number}: {error}") from error
        if not isinstance(record, dict):
            raise DatasetError(f"{path}, line {number}: an object is expected")
        yield record


def _text(path: Path) -> str:
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
