"""What has arrived of a download so far: in memory, or on disk so that a killed process can go on where it was."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path

from corpus.store import replace_durably


class Partial:
    """Bytes in memory.

    Attributes:
        etag: The server's strong mark of the bytes; without one a download starts anew.
    """

    def __init__(self) -> None:
        self._data = bytearray()
        self.etag: str | None = None

    @property
    def size(self) -> int:
        """Number of bytes that have arrived."""
        return len(self._data)

    def begin(self, etag: str | None) -> None:
        """Forget what there is and start with a new mark."""
        self._data.clear()
        self.etag = etag

    def append(self, data: bytes) -> None:
        """Take the next bytes."""
        self._data += data

    def read(self) -> bytes:
        """Return all bytes."""
        return bytes(self._data)

    def discard(self) -> None:
        """Forget everything."""
        self.begin(None)


class KeptPartial(Partial):
    """Bytes in a folder, under a name made from the address.

    Args:
        folder: Where they are kept; made when something arrives.
        url: The address.
    """

    def __init__(self, folder: Path, url: str) -> None:
        self._folder = folder
        name = sha256(url.encode()).hexdigest()[:32]
        self._bytes, self._mark = folder / f"{name}.part", folder / f"{name}.json"
        self.etag = self._known_etag()

    @property
    def size(self) -> int:
        """Number of bytes that have arrived."""
        return self._bytes.stat().st_size if self._bytes.exists() else 0

    def begin(self, etag: str | None) -> None:
        """Forget what there is and start with a new mark."""
        self.discard()
        self._folder.mkdir(parents=True, exist_ok=True)
        self._bytes.touch()
        if etag:
            replace_durably(self._mark, json.dumps({"etag": etag}).encode())
        self.etag = etag

    def append(self, data: bytes) -> None:
        """Take the next bytes and flush them to the disk."""
        with self._bytes.open("ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def read(self) -> bytes:
        """Return all bytes."""
        return self._bytes.read_bytes() if self._bytes.exists() else b""

    def discard(self) -> None:
        """Forget everything; the mark first, so that bytes never stand under a wrong one."""
        self._mark.unlink(missing_ok=True)
        self._bytes.unlink(missing_ok=True)
        self.etag = None

    def _known_etag(self) -> str | None:
        try:
            etag = json.loads(self._mark.read_bytes())["etag"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return etag if isinstance(etag, str) else None
