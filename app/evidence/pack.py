"""Evidence packs: one zip file that keeps what was asked, what came out, and all it stands on.

`pack.json` is for programs, `pack.html` is the same for people, `manifest.json` names the hash of each, and
`signature.json` signs the manifest where the user has a key. Nothing in a pack depends on when or where it is
written but the time that its caller gives.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from app.evidence.archive import write_archive
from app.evidence.signature import Signer
from app.schemas import Answer, CitationOut, ClaimResult, QuoteResult
from app.wording import say
from corpus.library import Library
from corpus.model import Document

FORMAT = "celac-qa evidence pack 1"
PACK, PAGE, MANIFEST, SIGNATURE = "pack.json", "pack.html", "manifest.json", "signature.json"
Result = Answer | ClaimResult | QuoteResult
Kind = Literal["ask", "check", "quote"]
KINDS: Mapping[type[Result], Kind] = {Answer: "ask", ClaimResult: "check", QuoteResult: "quote"}


def make_pack(
    asked: Mapping[str, Any],
    result: Result,
    library: Library,
    *,
    made_at: dt.datetime,
    versions: Mapping[str, str],
    settings: Mapping[str, str],
    language: str = "en",
    sign: Signer | None = None,
) -> bytes:
    """Return an evidence pack.

    Args:
        asked: What was put to the product: `question` and `history`, `claim`, or `quote`.
        result: What came out.
        library: Where it came from.
        made_at: Time to write into it.
        versions: Of the product and its models.
        settings: Those that matter to the result.
        language: Of the page's headings.
        sign: Signs it; None leaves it unsigned.
    """
    cited = list(citations(result))
    content = {
        "format": FORMAT,
        "kind": KINDS[type(result)],
        "made_at": made_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "asked": dict(asked),
        "result": result.model_dump(mode="json", exclude_none=True),
        "corpus": library.digest,
        "documents": [_provenance(library.document(id_)) for id_ in sorted({c.document for c in cited})],
        "paragraphs": _paragraphs(cited, library),
        "versions": dict(versions),
        "settings": dict(settings),
    }
    files = {PACK: canonical_json(content), PAGE: _page(content, cited, language)}
    files[MANIFEST] = manifest(files)
    if sign is not None:
        files[SIGNATURE] = signature(*sign(files[MANIFEST]))
    return write_archive(files)


def citations(result: Result) -> Iterator[CitationOut]:
    """Yield every quotation that a result stands on; what only came near is none."""
    match result:
        case Answer():
            yield from (citation for citation in result.citations if citation.kind == "text")
        case ClaimResult():
            seen = {(e.document, e.paragraph, e.start, e.end): e for e in result.evidence}
            seen |= {(e.document, e.paragraph, e.start, e.end): e for part in result.parts for e in part.evidence}
            yield from seen.values()
        case QuoteResult():
            yield from result.matches
            yield from () if result.translation_of is None else (result.translation_of,)


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Return the manifest of the other files."""
    hashes = {name: hashlib.sha256(files[name]).hexdigest() for name in (PACK, PAGE)}
    return canonical_json({"format": FORMAT, "sha256": hashes})


def signature(public_key: str, signed: str) -> bytes:
    """Return the file of a signature, both hexadecimal."""
    return canonical_json({"algorithm": "Ed25519", "public_key": public_key, "signature": signed})


def canonical_json(record: Any) -> bytes:  # noqa: ANN401 - anything that JSON can hold
    """Return the one way to write a record: sorted keys, two blanks, a line end."""
    return (json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _provenance(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title(),
        "date": document.date.isoformat() if document.date else None,
        "language": document.language,
        "status": document.status,
        "translation": document.translation,
        "origin": document.origin,
        "source": document.source,
        "source_sha256": document.source_sha256,
    }


def _paragraphs(cited: Iterable[CitationOut], library: Library) -> list[dict[str, str]]:
    keys = sorted({(citation.document, citation.paragraph) for citation in cited})
    found = [library.paragraph(document, paragraph) for document, paragraph in keys]
    return [{"document": p.document, "paragraph": p.id, "text": p.text, "sha256": p.sha256} for p in found]


def _page(content: Mapping[str, Any], cited: Iterable[CitationOut], language: str) -> bytes:
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    page = environment.get_template("pack.html").render(
        pack=content,
        asked=next(iter(content["asked"].values()), ""),
        cited=list(cited),
        language=language,
        say=lambda key, **values: say(f"pack_{key}", language, **values),
    )
    return page.encode()
