"""Documents kept in a folder: written whole or not at all, checked byte for byte when they are read.

A document is a folder `<id>/`; its `manifest.json` names the SHA-256 of the other files. A writer fills a folder of
another name, flushes it and renames it, so a process killed at any point leaves the library as it was. One writer at a
time, held by a lock file; readers need no lock.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from corpus.errors import InvalidDocumentError, TamperedError, UnknownDocumentError
from corpus.model import Document
from corpus.records import ContentRecord, DocumentRecord, FolderRecord, check_id, content_of, document_of, sha256_of

_MANIFEST, _METADATA, _CONTENT, _TEXT = "manifest.json", "metadata.json", "paragraphs.json", "text.txt"
_UNFINISHED, _REMOVED = ".new-", ".old-"
_LOCK_TIMEOUT_S = 60


class Store:
    """The documents of one folder.

    Args:
        root: The folder; made when something is first written.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def ids(self) -> tuple[str, ...]:
        """Return the ids of the documents kept, sorted."""
        if not self.root.is_dir():
            return ()
        return tuple(sorted(path.name for path in self.root.iterdir() if path.is_dir() and path.name[0] != "."))

    def read(self, document_id: str) -> Document:
        """Return a document, every file checked against its hash.

        Raises:
            UnknownDocumentError: It is not kept here.
            TamperedError: A file is missing, changed or unreadable.
        """
        self.check(document_id)
        folder = self._folder(document_id)
        try:
            record = self.metadata(document_id)
            content = ContentRecord.model_validate_json((folder / _CONTENT).read_bytes())
            document = document_of(record, content)
        except (ValidationError, ValueError) as error:
            raise TamperedError(document_id, _CONTENT) from error
        for paragraph, kept in zip(document, content.paragraphs, strict=True):
            if paragraph.sha256 != kept.sha256:
                raise TamperedError(document_id, f"paragraph {paragraph.id}")
        return document

    def metadata(self, document_id: str) -> DocumentRecord:
        """Return a document's metadata.

        Raises:
            UnknownDocumentError: It is not kept here.
            TamperedError: The record cannot be read.
        """
        try:
            return DocumentRecord.model_validate_json((self._folder(document_id) / _METADATA).read_bytes())
        except (OSError, ValidationError) as error:
            raise TamperedError(document_id, _METADATA) from error

    def check(self, document_id: str) -> None:
        """Compare every file of a document with its hash.

        Raises:
            UnknownDocumentError: It is not kept here.
            TamperedError: A file is missing or changed.
        """
        folder = self._folder(document_id)
        try:
            files = FolderRecord.model_validate_json((folder / _MANIFEST).read_bytes()).files
        except (OSError, ValidationError) as error:
            raise TamperedError(document_id, _MANIFEST) from error
        for name, expected in sorted(files.items()):
            path = folder / Path(name).name
            if not path.is_file() or sha256_of(path.read_bytes()) != expected:
                raise TamperedError(document_id, name)

    def original(self, document_id: str) -> Path:
        """Return the path of the bytes a document was made from.

        Raises:
            UnknownDocumentError: It is not kept here.
            TamperedError: They are missing.
        """
        path = next(iter(sorted(self._folder(document_id).glob("original*"))), None)
        if path is None:
            raise TamperedError(document_id, "original")
        return path

    def put(self, document: Document, record: DocumentRecord, *, original: bytes, suffix: str, text: str) -> None:
        """Keep a document.

        Args:
            document: Its paragraphs and headings.
            record: Its metadata.
            original: The bytes it was made from.
            suffix: Ending of their file name, with the dot.
            text: The normalised text that its offsets count in.

        Raises:
            InvalidDocumentError: A document of that id is kept already, or another process keeps the folder locked.
        """
        files = {
            f"original{suffix}": original,
            _METADATA: _json(record),
            _CONTENT: _json(content_of(document)),
            _TEXT: text.encode(),
        }
        files[_MANIFEST] = _json(FolderRecord(files={name: sha256_of(data) for name, data in files.items()}))
        with self.lock():
            target = self.root / check_id(document.id)
            if target.exists():
                raise InvalidDocumentError(
                    f"{document.id} is in the library already; remove it first, or choose another id"
                )
            unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.root))
            for name, data in files.items():
                write_durably(unfinished / name, data)
            _flush_folder(unfinished)
            unfinished.rename(target)
            _flush_folder(self.root)

    def remove(self, document_id: str) -> None:
        """Forget a document.

        Raises:
            UnknownDocumentError: It is not kept here.
            InvalidDocumentError: Another process keeps the folder locked.
        """
        with self.lock():
            folder = self._folder(document_id)
            waste = Path(tempfile.mkdtemp(prefix=_REMOVED, dir=self.root)) / "document"
            folder.rename(waste)
            _flush_folder(self.root)
            shutil.rmtree(waste.parent, ignore_errors=True)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder as its one writer; what a killed writer left is swept away.

        Raises:
            InvalidDocumentError: Another process holds it.
        """
        from filelock import FileLock, Timeout

        self.root.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.root / ".lock", timeout=_LOCK_TIMEOUT_S):
                for prefix in (_UNFINISHED, _REMOVED):
                    for left in self.root.glob(f"{prefix}*"):
                        shutil.rmtree(left, ignore_errors=True)
                yield
        except Timeout:
            raise InvalidDocumentError(
                f"another process is writing to {self.root}; try again when it is done"
            ) from None

    def _folder(self, document_id: str) -> Path:
        try:
            folder = self.root / check_id(document_id)
        except InvalidDocumentError:
            raise UnknownDocumentError(document_id, self.ids()) from None
        if not folder.is_dir():
            raise UnknownDocumentError(document_id, self.ids())
        return folder


def write_durably(path: Path, data: bytes) -> None:
    """Write a file and flush it to the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace_durably(path: Path, data: bytes) -> None:
    """Replace a file whole: readers see the old or the new one, never a part."""
    fresh = path.with_name(f"{path.name}.new")
    write_durably(fresh, data)
    fresh.replace(path)
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _json(record: DocumentRecord | ContentRecord | FolderRecord) -> bytes:
    return json.dumps(record.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True).encode()
