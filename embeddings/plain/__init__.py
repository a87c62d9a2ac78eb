"""Plain-language versions of some texts, clause by clause in four languages: they help to find, and are never shown.

Official wording is far from how people ask, and often in another language. A text of the house may come with a file
`<document>.toml` here; texts without one are found by their own words and by translation of the question's.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from corpus.model import Paragraph

FOLDER = Path(__file__).parent

Versions = Mapping[str, tuple[str, ...]]
"""Plain sentences of one paragraph by language code."""


def plain_versions(paragraph: Paragraph) -> Versions:
    """Return the plain sentences of a paragraph by language; empty where there are none."""
    return _document(paragraph.document).get(paragraph.id, {})


def plain_digest(documents: Iterable[str]) -> str:
    """Return a hash of the plain versions of some documents, part of an index's name."""
    digest = hashlib.sha256()
    for document in sorted(documents):
        digest.update(repr((document, sorted(_document(document).items()))).encode())
    return digest.hexdigest()


@lru_cache(maxsize=256)
def _document(document: str) -> Mapping[str, Versions]:
    path = FOLDER / f"{document}.toml"
    if not path.is_file():
        return {}
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {id_: {code: tuple(texts) for code, texts in versions.items()} for id_, versions in table.items()}
