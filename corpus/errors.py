"""What can go wrong with texts. Errors carry data; the words for people live with the translations.

CorpusError
├── InexactQuoteError       a citation whose quote is not in its paragraph
├── UnknownDocumentError    no document of that id
├── UnknownParagraphError   no paragraph of that id in the document
├── TamperedError           a stored text no longer matches its recorded hash
├── InvalidDocumentError    an id, date, title or metadata record that cannot be accepted
├── UnreadableError         bytes that give no usable text (needs OCR, wrong type, damaged)
└── AcquisitionError        an address that could not be, or must not be, fetched
    └── UnreachableError    its server does not answer
"""


class CorpusError(Exception):
    """Anything wrong with texts."""


class InexactQuoteError(CorpusError):
    """The quote is not what the paragraph says at that place."""

    def __init__(self, paragraph: str, quote: str, start: int) -> None:
        super().__init__(f"{paragraph} does not read {quote!r} at {start}")
        self.paragraph = paragraph
        self.quote = quote
        self.start = start


class UnknownDocumentError(CorpusError):
    """No document of that id is in the library."""

    def __init__(self, document: str, known: tuple[str, ...] = ()) -> None:
        hint = f"; the library has: {', '.join(known)}" if known else ""
        super().__init__(f"no document {document!r}{hint}")
        self.document = document
        self.known = known


class UnknownParagraphError(CorpusError):
    """The document has no paragraph of that id."""

    def __init__(self, document: str, paragraph: str) -> None:
        super().__init__(f"{document} has no paragraph {paragraph!r}")
        self.document = document
        self.paragraph = paragraph


class TamperedError(CorpusError):
    """A stored text no longer matches the hash recorded for it."""

    def __init__(self, document: str, what: str) -> None:
        super().__init__(f"{document}: {what} does not match its recorded SHA-256; restore the file or add it anew")
        self.document = document
        self.what = what


class InvalidDocumentError(CorpusError):
    """Metadata that cannot be accepted; the message says what to change."""


class UnreadableError(CorpusError):
    """Bytes that give no usable text; the message says what to do."""


class AcquisitionError(CorpusError):
    """An address that could not be, or must not be, fetched."""


class UnreachableError(AcquisitionError):
    """A server that does not answer, or whose name leads nowhere."""
