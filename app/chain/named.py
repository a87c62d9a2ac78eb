"""Paragraphs that a request leads to without a search: those it names, and those that tell of a text as such."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from app.chain.condense import Request
from app.chain.evidence import Evidence
from app.chain.outline import asks_outline, outline
from app.chain.references import resolve, sub_items
from app.chain.scope import Mention, Scope
from corpus.library import Library
from corpus.model import Document, Paragraph
from embeddings.lexical import words

MOST_TEXTS = 4
"""Texts that are told of side by side where a question names none."""
AsksAdoption = Callable[[Request, Collection[str]], bool]
"""Whether a request asks when and where a text was adopted and, but for some names of texts, nothing else."""


class Named:
    """Finds such paragraphs in one library."""

    def __init__(self, library: Library, scope: Scope, asks_adoption: AsksAdoption) -> None:
        self._library = library
        self._scope = scope
        self._asks_adoption = asks_adoption

    def adopted(
        self, request: Request, mention: Mention, spoken: Mention, documents: Sequence[str] | None
    ) -> tuple[Paragraph, ...]:
        """Return where the texts meant give their place and date, if that is what is asked: chapeau or date line.

        Args:
            request: What is asked.
            mention: The texts it calls by name.
            spoken: The texts that the conversation is about.
            documents: Ids of the only ones that count; None for all.
        """
        asked = replace(request, question=request.standalone, context=())
        if not self._asks_adoption(asked, mention.names | self._scope.mentioned(asked.question, asked.language).names):
            return ()
        meant = mention.documents or spoken.documents
        known = [d for d in self._library.documents if documents is None or d.id in documents]
        chosen = [d for d in known if d.id in meant] or (known if len(known) == 1 else [])
        dated = [next((p for p in _rim(d) if re.search(r"\d{4}", p.text)), None) for d in chosen]
        return tuple(paragraph for paragraph in dated if paragraph)

    def outlined(
        self, request: Request, mention: Mention, spoken: Mention, documents: Sequence[str] | None
    ) -> tuple[Paragraph, ...]:
        """Return the paragraphs that tell what the texts meant are about, if that is what is asked; see `adopted`."""
        if not asks_outline(request, mention.names, self._names_said(request, mention)):
            return ()
        meant = mention.groups[:1] or spoken.groups[:1]
        known = [d for d in self._library.documents if documents is None or d.id in documents]
        chosen = _one_version([d for d in known if not meant or d.id in meant[0]], request.language)
        if len(chosen) > MOST_TEXTS:
            return ()
        return tuple(p for d in chosen for p in outline(d, is_one_of_several=len(chosen) > 1))

    def _names_said(self, request: Request, mention: Mention) -> set[str]:
        """Return the words that may name the texts meant, where the question has a noun for them."""
        if not set(words(request.question)) & set(request.grammar.texts):
            return set()
        known = [self._library.document(document) for document in mention.documents]
        names = [name for d in known for name in (*d.titles.values(), d.event, d.place) if name]
        return {word for name in names for word in words(name)}

    def named(self, request: Request, focus: Paragraph | None, documents: Sequence[str] | None) -> Evidence:
        """Return the paragraphs that a request names by number or place, or the number that is missing.

        Args:
            request: What is asked.
            focus: The paragraph that the conversation is at.
            documents: Ids of the only ones that count; None for all.
        """
        groups = self._groups_named(request, focus, documents)
        found: list[Paragraph] = []
        for group in groups:
            found += next((paragraphs for d in group if (paragraphs := _resolved(request, d, focus))), [])
        if not found and request.reference.numbers and groups:
            return Evidence(missing=request.reference.numbers[0], document=groups[0][0])
        return Evidence(confidence=1.0 if found else 0.0, paragraphs=tuple(dict.fromkeys(found)))

    def _groups_named(
        self, request: Request, focus: Paragraph | None, documents: Sequence[str] | None
    ) -> list[list[Document]]:
        """Return the texts a paragraph number may belong to: those named, else the one talked about, else any.

        Texts that go by the same name stand together, the likeliest first.
        """
        allowed = {d.id: d for d in self._library.documents if documents is None or d.id in documents}
        literal = [document for document, _ in request.reference.ids if document]
        mention = self._scope.mentioned(request.question, request.language)
        groups: list[Sequence[str]] = [literal] if literal else list(mention.groups)
        if not groups and focus is not None:
            groups = [[focus.document]]
        chosen = [[allowed[d] for d in group if d in allowed] for group in groups]
        chosen = [group for group in chosen if group]
        newest = sorted(allowed.values(), key=lambda d: d.date.toordinal() if d.date else 0, reverse=True)
        return chosen or ([sorted(newest, key=lambda d: d.origin != "bundled")] if newest else [])


def _one_version(documents: Sequence[Document], language: str) -> list[Document]:
    """Keep one language version of each text: the question's language, else the first."""
    kept: dict[str, Document] = {}
    for document in documents:
        key = document.version_of or document.id
        if key not in kept or document.language == language:
            kept[key] = document
    return list(kept.values())


def _rim(document: Document) -> list[Paragraph]:
    """Return the paragraphs around a text's body that tell of its adoption: the chapeau, then the closing ones."""
    preamble = [paragraph for paragraph in document if paragraph.kind == "preamble"]
    return [*preamble[:1], *(paragraph for paragraph in document if paragraph.kind == "closing")]


def _resolved(request: Request, document: Document, focus: Paragraph | None) -> list[Paragraph]:
    """Return the paragraphs of one document that a request names, each with the items under it."""
    found: list[Paragraph] = []
    for paragraph in resolve(request.reference, document, last=focus):
        found += [paragraph, *sub_items(paragraph, document)]
    return found
