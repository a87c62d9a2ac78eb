"""Plain-language versions of some texts, clause by clause in four languages: they help to find, and are never shown.

Official wording is far from how people ask, and often in another language. A text of the house may come with a file
`<document>.toml` here; texts without one are found by their own words and by translation of the question's.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from corpus.library import Library

FOLDER = Path(__file__).parent

Versions = Mapping[str, tuple[str, ...]]
"""Plain sentences of one paragraph by language code."""


def plain_versions(library: Library) -> Mapping[str, Versions]:
    """Return the plain sentences of a library's paragraphs by their global id.

    They count only where every text of the library has them: otherwise those that have would be found too easily.
    """
    found = {document.id: _document(document.id) for document in library.documents}
    if not all(found.values()):
        return {}
    return {f"{document}/{id_}": versions for document, by_id in found.items() for id_, versions in by_id.items()}


def plain_digest(versions: Mapping[str, Versions]) -> str:
    """Return a hash of plain versions, part of an index's name."""
    return hashlib.sha256(
        repr(sorted((key, sorted(texts.items())) for key, texts in versions.items())).encode()
    ).hexdigest()


@lru_cache(maxsize=256)
def _document(document: str) -> Mapping[str, Versions]:
    path = FOLDER / f"{document}.toml"
    if not path.is_file():
        return {}
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {id_: {code: tuple(texts) for code, texts in versions.items()} for id_, versions in table.items()}
