"""Hashes that make a changed byte visible: one per paragraph, and one root over all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from corpus.model import Document


def paragraph_hashes(documents: Iterable[Document]) -> dict[str, str]:
    """Return the SHA-256 of every paragraph's text by its global id, in reading order."""
    return {paragraph.key: paragraph.sha256 for document in documents for paragraph in document}


def root_hash(hashes: Mapping[str, str]) -> str:
    """Return `sha256:` and the hash of all ids and hashes, sorted by id."""
    lines = "".join(f"{key} {value}\n" for key, value in sorted(hashes.items()))
    return f"sha256:{hashlib.sha256(lines.encode()).hexdigest()}"
