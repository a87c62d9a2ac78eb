"""Everything that makes evidence last, over one library: packs, their verification, citations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from app.errors import InputError
from app.evidence.annotation import annotation
from app.evidence.citing import cite
from app.evidence.pack import Result, make_pack
from app.evidence.signature import Signer, read_public_key
from app.evidence.verify import verify_pack
from app.schemas import CitationFormats, CitationOut, PackReport
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

    def cite(self, citation: Citation, shaped: CitationOut, *, language: str, base: str = "") -> CitationFormats:
        """Return a quotation's citation in every format, and its Web Annotation."""
        document = self.library.document(citation.paragraph.document)
        formats = cite(citation, document, shaped.url, language=language, base=base)
        noted = annotation(shaped, citation.paragraph.text, base=base)
        return formats.model_copy(update={"annotation": noted})


def stretch(text: str, start: int | None, end: int | None) -> tuple[int, int]:
    """Return the offsets of a quotation in a text; the whole text where none are given.

    Raises:
        InputError: They are outside the text, or hold nothing.
    """
    first, last = start or 0, len(text) if end is None else end
    if not 0 <= first < last <= len(text):
        raise InputError(f"the offsets {first} to {last} are not inside the paragraph's {len(text)} characters")
    return first, last
