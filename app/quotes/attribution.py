"""Where a quotation is said to come from, and whether that is where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.chain.references import Reference, find_reference, resolve
from app.chain.scope import Scope
from app.grammar import grammar
from app.quotes.cues import cues
from corpus.language import LANGUAGES
from corpus.library import Library
from corpus.model import Document, Paragraph
from embeddings.lexical import words

_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_LINKING, _TEXTS = frozenset(_WORDS["linking"]), frozenset(_WORDS["texts"])
_NUMERO = re.compile(r"\bno\.?\s*(?=\d)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Attributions:
    """Reads attributions against one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._scope = Scope(library.documents)
        frames = {word for code in LANGUAGES for phrase in _nouns(code) for word in words(phrase)}
        self._known = frames | _LINKING | {word for document in library.documents for word in _names(document)}

    def is_reference(self, text: str) -> bool:
        """Whether a text does nothing but name who says something and where.

        Every word has to be one that names places or speaks of saying, a name with a capital or a number: anything
        else could be part of what is quoted, and would then go unchecked.
        """
        found = re.findall(r"[^\W_]+", text)
        if not (self._scope.mentioned(text) or self._names_text(text) or _references(text) or _speaks(text)):
            return False
        return not _turns(text) and all(self._is_naming(word) for word in found)

    def misplaced(self, text: str, places: Sequence[Paragraph]) -> bool:
        """Whether an attribution names another document or paragraph than all of those where the words stand."""
        return bool(places) and not any(self.fits(text, paragraph) for paragraph in places)

    def fits(self, text: str, paragraph: Paragraph) -> bool:
        """Whether an attribution can mean a paragraph: nothing that it names is another one."""
        document = self._library.document(paragraph.document)
        return self._fits_document(text, document) and self._fits_paragraph(text, document, paragraph)

    def _fits_document(self, text: str, document: Document) -> bool:
        named = self._scope.mentioned(text).documents
        if named:
            return document.id in named
        years = {int(year) for year in _YEAR.findall(text)}
        if years and document.year and document.year not in years:
            return False
        names = {word for word in _proper(text) if word not in self._known}
        return not names or not self._names_text(text)

    def _fits_paragraph(self, text: str, document: Document, paragraph: Paragraph) -> bool:
        references = [reference for reference in _references(text) if reference.numbers or reference.ids]
        meant = {p.id for reference in references for p in resolve(reference, document)}
        if not references:
            return True
        return any(paragraph.id == id_ or paragraph.id.startswith(f"{id_}.") for id_ in meant)

    def _names_text(self, text: str) -> bool:
        return any(word in _TEXTS for word in words(text))

    def _is_naming(self, word: str) -> bool:
        return word[0].isupper() or word[0].isdigit() or bool(set(words(word)) & self._known) or word in _LINKING


def _nouns(code: str) -> Iterable[str]:
    table = grammar(code)
    return (*table.paragraph, *table.preamble, *table.closing, *table.frame, *_TEXTS)


def _speaks(text: str) -> bool:
    """Whether a text speaks of texts or of saying, in any language."""
    return any(word in grammar(code).frame for code in LANGUAGES for word in words(text))


def _turns(text: str) -> bool:
    """Whether a text has a negation or condition of any language; "no." before a number is none."""
    plain = _NUMERO.sub("", text)
    return any(cues(language).turning(plain) for language in LANGUAGES)


def _references(text: str) -> list[Reference]:
    return [reference for code in LANGUAGES if (reference := find_reference(text, grammar(code)))]


def _names(document: Document) -> set[str]:
    facts = (*document.titles.values(), document.place or "", document.event or "", document.id.replace("-", " "))
    return {word for fact in facts for word in words(fact)}


def _proper(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[^\W\d_]+", text) if word[0].isupper() and len(word) > 1}
