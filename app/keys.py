"""API keys: made once, shown once, kept as hashes in the data folder.

A key is `cqa_<id>_<secret>`, the secret 256 random bits, which is why plain SHA-256 is enough at rest: there is
nothing to guess. A running server sees a new or revoked key at its next request.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from app.errors import InputError, SettingsError

FILE = "keys.json"
PREFIX = "cqa"
_NO_HASH = hashlib.sha256(b"no such key").hexdigest()


@dataclass(frozen=True, slots=True)
class Key:
    """What is kept of a key."""

    id: str
    name: str
    created: str
    sha256: str


class KeyRing:
    """The keys of one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._file = data_dir / FILE
        self._read: tuple[tuple[int, int, int] | None, tuple[Key, ...]] = (None, ())

    def create(self, name: str) -> tuple[Key, str]:
        """Make a key.

        Args:
            name: Whose it is or what it is for.

        Returns:
            What is kept, and the key itself, which is shown this once.
        """
        secret = secrets.token_urlsafe(32)
        key_id = secrets.token_hex(4)
        text = f"{PREFIX}_{key_id}_{secret}"
        key = Key(key_id, name, datetime.now(UTC).isoformat(timespec="seconds"), _sha256(text))
        with self._locked():
            self._write((*self.current(), key))
        return key, text

    def current(self) -> tuple[Key, ...]:
        """Return all keys that count, oldest first.

        Raises:
            SettingsError: The file of keys is damaged.
        """
        stamp = self._stamp()
        if stamp is None:
            return ()
        if self._read[0] != stamp:
            self._read = (stamp, self._load())
        return self._read[1]

    def revoke(self, key_id: str) -> Key:
        """Make a key count no more.

        Raises:
            InputError: There is none of that id.
        """
        with self._locked():
            keys = self.current()
            gone = next((key for key in keys if key.id == key_id), None)
            if gone is None:
                known = ", ".join(key.id for key in keys) or "none"
                raise InputError(f"there is no key {key_id!r}; there are: {known}")
            self._write(tuple(key for key in keys if key.id != key_id))
        return gone

    def identify(self, text: str) -> str | None:
        """Return the id of a key that counts, None for anything else; takes as long for either."""
        parts = text.split("_", 2)
        key_id = parts[1] if len(parts) > 1 else ""
        kept = next((key.sha256 for key in self.current() if key.id == key_id), _NO_HASH)
        return key_id if hmac.compare_digest(_sha256(text), kept) else None

    def _locked(self) -> FileLock:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(self._file.with_suffix(".lock"))

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            found = self._file.stat()
        except FileNotFoundError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _load(self) -> tuple[Key, ...]:
        try:
            return tuple(Key(**record) for record in json.loads(self._file.read_text(encoding="utf-8"))["keys"])
        except (ValueError, TypeError, KeyError) as error:
            raise SettingsError(
                f"{self._file} is damaged; restore it, or delete it and create the keys anew"
            ) from error

    def _write(self, keys: tuple[Key, ...]) -> None:
        new = self._file.with_suffix(".new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump({"keys": [asdict(key) for key in keys]}, file, indent=1)
        new.replace(self._file)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
