"""What the texts are made of: documents, sections, paragraphs, passages and citations.

Pure values. Knows nothing of files, models, databases or languages of the reader.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from corpus.errors import InexactQuoteError, UnknownParagraphError

ParagraphKind = Literal["preamble", "operative", "closing", "unnumbered"]
Origin = Literal["bundled", "fetched", "added"]
Status = Literal["adopted", "draft", "unknown"]
Translation = Literal["original", "official", "press", "private", "unknown"]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the paragraphs under it. Headings are context, never citable."""

    title: str
    first: int
    """Position in the document's paragraphs of the first one under this heading."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The unit of citation.

    Attributes:
        document: Id of the document it belongs to.
        id: Local id as the contract defines it (`p2`, `pre1`, `p15.a`, `part2.p3`, ...).
        kind: Its role in the text.
        text: The source's own words in reading order, layout mended, list mark removed.
        section: Heading it stands under, or None.
        start: Offset of its first citable character in the normalised source text, in code points.
        end: Offset just after its last one.
    """

    document: str
    id: str
    kind: ParagraphKind
    text: str
    section: str | None = None
    start: int = 0
    end: int = 0

    @property
    def key(self) -> str:
        """The global id, `<document>/<paragraph>`."""
        return f"{self.document}/{self.id}"

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or one sentence or clause of a long one; always inside exactly one paragraph."""

    paragraph: Paragraph
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.paragraph.text):
            raise ValueError(f"passage {self.start}:{self.end} is outside {self.paragraph.key}")

    @property
    def text(self) -> str:
        """The passage's own words."""
        return self.paragraph.text[self.start : self.end]

    @property
    def key(self) -> str:
        """`<document>/<paragraph>@<start>-<end>`."""
        return f"{self.paragraph.key}@{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Citation:
    """An exact quotation from one paragraph. Cannot be built unless the quote is exact.

    Raises:
        InexactQuoteError: The paragraph does not read `quote` at `start`.
    """

    paragraph: Paragraph
    quote: str
    start: int

    def __post_init__(self) -> None:
        if not self.quote or self.start < 0 or self.paragraph.text[self.start : self.end] != self.quote:
            raise InexactQuoteError(self.paragraph.key, self.quote, self.start)

    @property
    def end(self) -> int:
        """Offset just after the quote, in code points."""
        return self.start + len(self.quote)

    @classmethod
    def of(cls, passage: Passage) -> Citation:
        """Cite a whole passage."""
        return cls(passage.paragraph, passage.text, passage.start)

    @classmethod
    def of_text(cls, paragraph: Paragraph) -> Citation:
        """Cite a paragraph whole."""
        return cls(paragraph, paragraph.text, 0)


@dataclass(frozen=True, slots=True)
class Document:
    """One official text in one language, cut into citable paragraphs.

    Attributes:
        id: `<body>-<year>-<place>[-<topic>]`, lower case ASCII; never changes.
        titles: Title per language code; always has one for `language`.
        date: Day of adoption, or None where unknown.
        language: Language of the text, from the text itself (ISO 639-1).
        paragraphs: In reading order.
        sections: Headings in reading order.
        warnings: What looked odd while the text was read, for people.
        source: Where the text came from (address, file name or note).
        source_sha256: SHA-256 of the bytes it was read from.
        version_of: Id of the text this is another language version of, or None.
    """

    id: str
    titles: Mapping[str, str]
    date: dt.date | None
    language: str
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...] = ()
    event: str | None = None
    place: str | None = None
    status: Status = "unknown"
    translation: Translation = "unknown"
    numbering: str = "unknown"
    origin: Origin = "added"
    source: str = ""
    source_sha256: str = ""
    version_of: str | None = None
    warnings: tuple[str, ...] = ()
    _by_id: Mapping[str, Paragraph] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        by_id = {paragraph.id: paragraph for paragraph in self.paragraphs}
        if len(by_id) != len(self.paragraphs):
            raise ValueError(f"{self.id}: paragraph ids are not unique")
        object.__setattr__(self, "_by_id", MappingProxyType(by_id))

    def __iter__(self) -> Iterator[Paragraph]:
        return iter(self.paragraphs)

    def __len__(self) -> int:
        return len(self.paragraphs)

    @property
    def year(self) -> int | None:
        """Year of adoption, if known."""
        return self.date.year if self.date else None

    def title(self, language: str | None = None) -> str:
        """Return the title in `language`, else in the text's own, else in English, else the id."""
        for code in (language, self.language, "en"):
            if code and code in self.titles:
                return self.titles[code]
        return self.id

    def paragraph(self, paragraph_id: str) -> Paragraph:
        """Return the paragraph of that local id.

        Raises:
            UnknownParagraphError: There is none.
        """
        try:
            return self._by_id[paragraph_id]
        except KeyError:
            raise UnknownParagraphError(self.id, paragraph_id) from None
