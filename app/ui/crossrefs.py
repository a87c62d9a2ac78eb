"""Links from a paragraph to the paragraphs of other texts that it points to, in its words or by the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.crossrefs import Mentions
from corpus.labels import paragraph_label
from corpus.library import Library
from corpus.model import Document, Paragraph


@dataclass(frozen=True, slots=True)
class CrossReference:
    """Where a paragraph points.

    Attributes:
        title: Of the other text.
        links: Label and address of each paragraph meant; of the catalogue's record where the text is not at hand.
        is_at_hand: Whether the library has the other text.
    """

    title: str
    links: tuple[tuple[str, str], ...]
    is_at_hand: bool


def cross_references(
    document: Document,
    library: Library,
    catalogue: Catalogue,
    language: str,
    *,
    paragraphs: Iterable[Paragraph] | None = None,
) -> Mapping[str, tuple[CrossReference, ...]]:
    """Return where paragraphs of a document point, by paragraph id; only those that point somewhere.

    Args:
        document: Whose paragraphs.
        library: Texts at hand.
        catalogue: Texts that are known.
        language: Of the reader.
        paragraphs: Those to look at; all of them when not given.
    """
    chosen = {paragraph.id: paragraph for paragraph in (document if paragraphs is None else paragraphs)}
    found: dict[str, dict[str, dict[str, None]]] = {}
    entry = next((entry for entry in catalogue.entries if entry.id in {document.id, document.version_of}), None)
    for reference in entry.references if entry else ():
        if reference.paragraph not in chosen:
            continue
        named = found.setdefault(reference.paragraph, {}).setdefault(reference.to, {})
        named.update(dict.fromkeys(reference.paragraphs))
    mentions = Mentions(catalogue, library.documents)
    for paragraph in chosen.values():
        for mention in mentions.find(paragraph.text, own=document.version_of or document.id):
            named = found.setdefault(paragraph.id, {}).setdefault(mention.target, {})
            named.update(dict.fromkeys(mention.paragraphs))
    return {
        paragraph: tuple(
            _cross_reference(to, tuple(named), document, library, catalogue, language) for to, named in targets.items()
        )
        for paragraph, targets in found.items()
    }


def _cross_reference(
    to: str, paragraphs: tuple[str, ...], document: Document, library: Library, catalogue: Catalogue, language: str
) -> CrossReference:
    target = next(_at_hand(library, to, document.language), None)
    if target is None:
        entry = catalogue.entry(to)
        labels = ", ".join(paragraph_label(paragraph, language) for paragraph in paragraphs)
        link = (labels or entry.title(language), f"/catalogue?lang={language}#{entry.id}")
        return CrossReference(entry.title(language), (link,), is_at_hand=False)
    known = {paragraph.id for paragraph in target}
    address = f"/documents/{target.id}?lang={language}"
    links = tuple((paragraph_label(p, language), f"{address}#{p}") for p in paragraphs if p in known)
    return CrossReference(target.title(language), links or ((target.title(language), address),), is_at_hand=True)


def _at_hand(library: Library, entry_id: str, language: str) -> Iterator[Document]:
    """Yield the documents that carry a text, the one in `language` first."""
    carriers = [document for document in library.documents if entry_id in {document.id, document.version_of}]
    yield from sorted(carriers, key=lambda carrier: (carrier.language != language, carrier.id != entry_id))
