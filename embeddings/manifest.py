"""What an index folder is made of, so that a damaged or stale one is noticed.

`chroma.sqlite3` changes whenever it is opened, so it is checked by its size, its count and probes instead of a hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from embeddings.errors import IndexDamagedError

MANIFEST = "MANIFEST.json"
_CHANGES_ON_OPEN = "chroma.sqlite3"


def write_manifest(folder: Path, facts: Mapping[str, Any]) -> None:
    """Record `facts` and the SHA-256 of every file in the folder."""
    record = {"facts": dict(facts), "files": _digests(folder)}
    (folder / MANIFEST).write_text(json.dumps(record, indent=1, sort_keys=True), encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Check every file against the manifest and return its facts.

    Raises:
        IndexDamagedError: A file is missing, new or changed.
    """
    try:
        record = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        expected, facts = dict(record["files"]), dict(record["facts"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamagedError(f"{folder}: no readable manifest ({error})") from error
    actual = _digests(folder)
    for name in sorted(expected.keys() | actual.keys()):
        if expected.get(name) != actual.get(name):
            raise IndexDamagedError(f"{folder / name} is not what was written")
    return facts


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): _digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST and not path.name.startswith(f"{_CHANGES_ON_OPEN}-")
    }


def _digest(path: Path) -> str:
    if path.name == _CHANGES_ON_OPEN:
        return "present"
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
