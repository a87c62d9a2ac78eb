"""Whether an evidence pack is as it was made, and whether the library still says what it quotes. Works offline."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import PackError
from app.evidence.archive import read_archive
from app.evidence.pack import (
    FORMAT,
    KINDS,
    MANIFEST,
    PACK,
    PAGE,
    SIGNATURE,
    Kind,
    Result,
    citations,
    manifest,
    signature,
)
from app.evidence.signature import is_signed_by
from app.schemas import CitationOut, PackReport
from corpus.errors import CorpusError
from corpus.library import Library


class _Signature(BaseModel):
    model_config = ConfigDict(extra="forbid")
    algorithm: str
    public_key: str
    signature: str


class _Kept(BaseModel):
    """A paragraph as a pack keeps it."""

    document: str
    paragraph: str
    text: str
    sha256: str


class _Content(BaseModel):
    """What verifying needs of `pack.json`."""

    format: str
    kind: Kind
    made_at: str
    asked: dict[str, Any]
    result: dict[str, Any]
    corpus: str
    documents: list[dict[str, Any]]
    paragraphs: list[_Kept]


def verify_pack(data: bytes, library: Library, *, public_key: str | None = None) -> PackReport:
    """Check an evidence pack.

    Args:
        data: Of the file.
        library: To compare with.
        public_key: Hexadecimal key that must have signed it; None takes any signature, or none.

    Returns:
        What was found; `problems` names everything that does not hold.
    """
    try:
        files = read_archive(data)
        content, result = _content(files)
    except PackError as error:
        return PackReport(intact=False, problems=(str(error),))
    signed, key = _signature(files)
    problems = [*_unsigned(signed, key, public_key), *_inconsistent(content, result)]
    differing = list(_differing(content, result, library))
    notes = [] if content.corpus == library.digest else ["the library has other texts than when the pack was made"]
    return PackReport(
        intact=not problems,
        signature=signed,
        public_key=key,
        matches=not differing,
        problems=(*problems, *differing),
        notes=tuple(notes),
        kind=content.kind,
        asked=str(next(iter(content.asked.values()), "")),
        made_at=content.made_at,
    )


def _content(files: Mapping[str, bytes]) -> tuple[_Content, Result]:
    """Return what a pack holds, after comparing every file with the manifest."""
    if not {PACK, PAGE, MANIFEST} <= set(files) <= {PACK, PAGE, MANIFEST, SIGNATURE}:
        raise PackError("the file is not an evidence pack: its files are not those of one")
    if files[MANIFEST] != manifest(files):
        named = _named_hashes(files[MANIFEST])
        changed = [name for name in (PACK, PAGE) if named.get(name) != hashlib.sha256(files[name]).hexdigest()]
        raise PackError(f"the pack was changed: {', '.join(changed) or MANIFEST} is not as it was made")
    try:
        content = _Content.model_validate_json(files[PACK])
        shape = next(shape for shape, kind in KINDS.items() if kind == content.kind)
        result = shape.model_validate_json(json.dumps(content.result))
    except (ValidationError, ValueError) as error:
        raise PackError(f"{PACK} is not what an evidence pack holds") from error
    if content.format != FORMAT:
        raise PackError(f"the pack is of another version, {content.format!r}; this one reads {FORMAT!r}")
    return content, result


def _named_hashes(data: bytes) -> dict[str, Any]:
    try:
        hashes = json.loads(data)["sha256"]
    except (ValueError, KeyError, TypeError):
        return {}
    return hashes if isinstance(hashes, dict) else {}


def _signature(files: Mapping[str, bytes]) -> tuple[Any, str | None]:
    if SIGNATURE not in files:
        return "none", None
    try:
        kept = _Signature.model_validate_json(files[SIGNATURE])
    except ValidationError:
        return "invalid", None
    is_exact = signature(kept.public_key, kept.signature) == files[SIGNATURE]
    is_valid = is_exact and is_signed_by(kept.public_key, kept.signature, files[MANIFEST])
    return ("valid" if is_valid else "invalid"), kept.public_key


def _unsigned(signed: str, key: str | None, wanted: str | None) -> Iterator[str]:
    if signed == "invalid":
        yield "the signature does not belong to this pack"
    elif wanted is not None and signed == "none":
        yield "the pack is not signed"
    elif wanted is not None and key != wanted:
        yield "the pack is signed with another key"


def _inconsistent(content: _Content, result: Result) -> Iterator[str]:
    """Yield what does not hold inside the pack itself."""
    kept = {(p.document, p.paragraph): p for p in content.paragraphs}
    for held in content.paragraphs:
        if hashlib.sha256(held.text.encode()).hexdigest() != held.sha256:
            yield f"{held.document}/{held.paragraph}: the text in the pack does not have the hash it names"
    for citation in citations(result):
        paragraph = kept.get((citation.document, citation.paragraph))
        if paragraph is None or not _is_exact(citation, paragraph.text):
            yield f"{_place(citation)}: the quotation is not in the paragraph that the pack keeps"


def _differing(content: _Content, result: Result, library: Library) -> Iterator[str]:
    """Yield what the library no longer has as the pack does."""
    for document in content.documents:
        known = next((d for d in library.documents if d.id == document.get("id")), None)
        if known is not None and known.source_sha256 != document.get("source_sha256"):
            yield f"{known.id}: the library has it from other bytes"
    for citation in citations(result):
        try:
            paragraph = library.paragraph(citation.document, citation.paragraph)
        except CorpusError as error:
            yield f"{_place(citation)}: {error}"
            continue
        if not _is_exact(citation, paragraph.text):
            where = f"{citation.start}-{citation.end}"
            yield f"{_place(citation)}: the library's paragraph no longer has these words at {where}"
        elif paragraph.sha256 != citation.sha256:
            yield f"{_place(citation)}: the library's paragraph has changed around the quotation"


def _is_exact(citation: CitationOut, text: str) -> bool:
    return text[citation.start : citation.end] == citation.quote


def _place(citation: CitationOut) -> str:
    return f"{citation.document}/{citation.paragraph}"
