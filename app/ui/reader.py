"""One paragraph as a reader sees it: the quotation marked in it, what it does, its neighbours, its other versions."""

from __future__ import annotations

from dataclasses import dataclass

from app.evidence.force import force_of
from app.evidence.permalink import permalink
from app.schemas import Force, ParallelOut
from app.ui.crossrefs import CrossReference, cross_references
from corpus.catalogue import load_catalogue
from corpus.labels import citation_label, paragraph_label
from corpus.library import Library
from corpus.model import Document, Paragraph
from corpus.versions import Versions


@dataclass(frozen=True, slots=True)
class Reading:
    """A paragraph opened at a quotation.

    Attributes:
        before: Its text before the quotation; all of it where nothing is quoted.
        quoted: The quotation.
        after: Its text after the quotation.
        label: Full name in the reader's language.
        short_label: Its number in the reader's language.
        force: What it does, and in which part of the text.
        citation: Ready to paste.
        address: Permalink, with the quotation's offsets and as a text fragment.
        page: The same in the reader's language.
        previous: Address of the paragraph before it, or None.
        next: Address of the paragraph after it, or None.
        versions: The same paragraph in other language versions of the text.
        refers_to: Where it points in other texts.
    """

    document: Document
    paragraph: Paragraph
    before: str
    quoted: str
    after: str
    label: str
    short_label: str
    force: Force
    citation: str
    address: str
    page: str
    previous: str | None
    next: str | None
    versions: tuple[ParallelOut, ...]
    refers_to: tuple[CrossReference, ...]


def open_paragraph(
    library: Library,
    document_id: str,
    paragraph_id: str,
    *,
    language: str,
    start: int | None = None,
    end: int | None = None,
) -> Reading:
    """Open a paragraph.

    Args:
        library: The texts.
        document_id: Of the text.
        paragraph_id: Of the paragraph.
        language: Of the reader.
        start: Where the quotation begins, in code points.
        end: Just after it.

    Raises:
        UnknownDocumentError: There is no such document.
        UnknownParagraphError: The document has no such paragraph.
    """
    document = library.document(document_id)
    paragraph = document.paragraph(paragraph_id)
    place = document.paragraphs.index(paragraph)
    before, quoted, after = split_quote(paragraph.text, start, end)
    label = citation_label(document, paragraph_id, language)
    query = f"start={start}&end={end}" if quoted else ""
    return Reading(
        document=document,
        paragraph=paragraph,
        before=before,
        quoted=quoted,
        after=after,
        label=label,
        short_label=paragraph_label(paragraph_id, language),
        force=force_of(paragraph, document.language),
        citation=f"“{quoted or paragraph.text}” ({label})",
        address=_shown(_address(paragraph, query), quoted),
        page=_shown(_address(paragraph, "&".join(part for part in (f"lang={language}", query) if part)), quoted),
        previous=_address(document.paragraphs[place - 1]) if place else None,
        next=_address(document.paragraphs[place + 1]) if place + 1 < len(document) else None,
        versions=tuple(_parallel(same, library) for same in Versions(library).counterparts(paragraph)),
        refers_to=_pointers(document, paragraph, library, language),
    )


def split_quote(text: str, start: int | None, end: int | None) -> tuple[str, str, str]:
    """Return a text before, in and after a quotation; all of it before where the offsets mean nothing.

    Examples:
        >>> split_quote("we urge peace", 3, 7)
        ('we ', 'urge', ' peace')
    """
    if start is None or end is None or not 0 <= start < end <= len(text):
        return text, "", ""
    return text[:start], text[start:end], text[end:]


def _pointers(document: Document, paragraph: Paragraph, library: Library, language: str) -> tuple[CrossReference, ...]:
    found = cross_references(document, library, load_catalogue(), language, paragraphs=[paragraph])
    return found.get(paragraph.id, ())


def _shown(address: str, quoted: str) -> str:
    return permalink(address, quoted) if quoted else address


def _parallel(same: Paragraph, library: Library) -> ParallelOut:
    language = library.document(same.document).language
    return ParallelOut(document=same.document, paragraph=same.id, language=language, text=same.text, url=_address(same))


def _address(paragraph: Paragraph, query: str = "") -> str:
    return f"/documents/{paragraph.document}{'?' if query else ''}{query}#{paragraph.id}"
