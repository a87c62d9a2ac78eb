"""Language versions of one text, side by side: paragraph by paragraph where their numbering agrees, and only there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from corpus.library import Library
from corpus.model import Document, Paragraph

_ID = re.compile(r"(?P<group>(?:part\d+\.)?(?:pre|post|p|u))(?P<number>\d+)(?P<items>(?:\.[a-z0-9]+)*)")


class Versions:
    """The versions of the texts of one library."""

    def __init__(self, library: Library) -> None:
        self._by_text: dict[str, list[Document]] = {}
        for document in library.documents:
            self._by_text.setdefault(document.version_of or document.id, []).append(document)
        self._library = library
        self._aligned: dict[tuple[str, str], Mapping[str, Paragraph]] = {}

    def others(self, document: Document) -> tuple[Document, ...]:
        """Return the other versions of a document's text, sorted by id."""
        same = self._by_text.get(document.version_of or document.id, [])
        return tuple(other for other in same if other.id != document.id)

    def counterparts(self, paragraph: Paragraph) -> tuple[Paragraph, ...]:
        """Return the same paragraph in the other versions, where the numbering agrees."""
        document = self._library.document(paragraph.document)
        found = (self._between(document, other).get(paragraph.id) for other in self.others(document))
        return tuple(same for same in found if same is not None)

    def key(self, paragraph: Paragraph) -> tuple[str, str]:
        """Return what a paragraph shares with its counterparts and with nothing else."""
        document = self._library.document(paragraph.document)
        first = self._by_text[document.version_of or document.id][0]
        same = self._between(document, first).get(paragraph.id) if first is not document else paragraph
        return (first.id, same.id) if same else (document.id, paragraph.id)

    def _between(self, document: Document, other: Document) -> Mapping[str, Paragraph]:
        pair = (document.id, other.id)
        if pair not in self._aligned:
            self._aligned[pair] = align(document, other)
        return self._aligned[pair]


def align(document: Document, other: Document) -> dict[str, Paragraph]:
    """Return the paragraph of `other` for each paragraph of `document` that has one, by its id.

    Preamble, numbered body, closing and each part count by themselves: a version that splits its preamble in another
    way still agrees in its numbers. Sub-items agree where their paragraph has the same ones.
    """
    ours, theirs = _groups(document), _groups(other)
    by_id = {paragraph.id: paragraph for paragraph in other}
    return {
        name: by_id[name]
        for group, numbers in ours.items()
        if numbers.keys() == theirs.get(group, {}).keys()
        for number, items in numbers.items()
        for name in items
        if name in by_id and (name == f"{group}{number}" or items == theirs[group][number])
    }


def disagreements(document: Document, others: Iterable[Document]) -> list[str]:
    """Say which versions of a text cannot be put beside it whole."""
    told = []
    for other in others:
        missing = len(document) - len(align(document, other))
        if missing:
            told.append(f"{missing} of {len(document)} paragraphs have no counterpart in {other.id}: numbering differs")
    return told


def _groups(document: Document) -> dict[str, dict[str, list[str]]]:
    """Return paragraph ids by part of the text and by number, in reading order."""
    groups: dict[str, dict[str, list[str]]] = {}
    for paragraph in document:
        match = _ID.fullmatch(paragraph.id)
        group, number = (match["group"], match["number"]) if match else ("", paragraph.id)
        groups.setdefault(group, {}).setdefault(number, []).append(paragraph.id)
    return groups
