"""Everything that makes evidence last, over one library: packs, their verification, citations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from app.chain.shape import Shaper
from app.errors import InputError
from app.evidence.annotation import annotation
from app.evidence.citing import cite, reference_list
from app.evidence.pack import Result, citations, make_pack
from app.evidence.signature import Signer, read_public_key
from app.evidence.verify import verify_pack
from app.schemas import CitationFormats, Evidence, PackReport
from corpus.library import Library
from corpus.model import Citation


@dataclass(frozen=True, slots=True)
class EvidenceDesk:
    """Makes and checks evidence.

    Attributes:
        library: The texts.
        versions: Of the models, to write into packs; the product's own is added.
        settings: Those that matter to results, to write into packs.
        sign: Signs packs; None leaves them unsigned.
    """

    library: Library
    versions: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    sign: Signer | None = None

    def pack(
        self, asked: Mapping[str, Any], result: Result, *, made_at: dt.datetime | None = None, language: str = "en"
    ) -> bytes:
        """Return an evidence pack; see `app.evidence.pack.make_pack`. The time is now where none is given."""
        return make_pack(
            asked,
            result,
            self.library,
            made_at=made_at or dt.datetime.now(dt.UTC),
            versions={"celac-qa": version("celac-qa"), **self.versions},
            settings=self.settings,
            language=language,
            sign=self.sign,
        )

    def verify(self, data: bytes, *, public_key: bytes | None = None) -> PackReport:
        """Check an evidence pack.

        Args:
            data: Of the file.
            public_key: PEM file of the key that must have signed it.

        Raises:
            PackError: The key file holds no Ed25519 public key.
        """
        key = read_public_key(public_key) if public_key is not None else None
        return verify_pack(data, self.library, public_key=key)

    def cite(
        self,
        document_id: str,
        paragraph_id: str,
        *,
        start: int | None = None,
        end: int | None = None,
        language: str | None = None,
        base: str = "",
    ) -> CitationFormats:
        """Return the citation of a paragraph, or of words in it, in every format, with its Web Annotation.

        Args:
            document_id: Of the text.
            paragraph_id: Local id.
            start: Offset of the words; the paragraph's beginning when not given.
            end: Offset just after them; its end when not given.
            language: Of the words around; the text's own when not given.
            base: Address of the server, for permalinks.

        Raises:
            UnknownDocumentError: There is no such document.
            UnknownParagraphError: The document has no such paragraph.
            InputError: The offsets are outside the paragraph.
        """
        document = self.library.document(document_id)
        paragraph = document.paragraph(paragraph_id)
        first, last = _stretch(paragraph.text, start, end)
        citation = Citation(paragraph, paragraph.text[first:last], first)
        spoken = language or document.language
        shaped = Shaper(self.library).citation(citation, 1, spoken)
        formats = cite(citation, document, shaped.url, language=spoken, base=base)
        return formats.model_copy(update={"annotation": annotation(shaped, paragraph.text, base=base)})

    def references(self, result: Result, *, language: str, base: str = "") -> dict[str, str]:
        """Return the citations of all that a result stands on, as one list in each format.

        What is only near a claim proves nothing and is left out.

        Args:
            result: What came out.
            language: Of the words around.
            base: Address of the server, for permalinks.
        """
        proofs = [c for c in citations(result) if not (isinstance(c, Evidence) and c.stance == "related")]
        places = dict.fromkeys((c.document, c.paragraph, c.start, c.end) for c in proofs)
        return reference_list(
            [
                self.cite(document, paragraph, start=start, end=end, language=language, base=base)
                for document, paragraph, start, end in places
            ]
        )


def _stretch(text: str, start: int | None, end: int | None) -> tuple[int, int]:
    """Return the offsets of a quotation in a text; the whole text where none are given.

    Raises:
        InputError: They are outside the text, or hold nothing.
    """
    first, last = start or 0, len(text) if end is None else end
    if not 0 <= first < last <= len(text):
        raise InputError(f"the offsets {first} to {last} are not inside the paragraph's {len(text)} characters")
    return first, last
