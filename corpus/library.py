"""The texts at hand: the bundled declaration, and the documents kept in the data folder."""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType

from corpus.errors import CorpusError, InvalidDocumentError, TamperedError, UnknownDocumentError
from corpus.manifest import paragraph_hashes, root_hash
from corpus.model import Document, Paragraph
from corpus.segment import segment
from corpus.store import Store

BUNDLED = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class Library:
    """Documents by id.

    Attributes:
        documents: Sorted by id.
        data_dir: Folder that added documents are kept in, under `library/`; None for a library that is not kept.
        digest: Root hash of the manifest, `sha256:...`.
    """

    documents: tuple[Document, ...]
    data_dir: Path | None = None
    digest: str = field(init=False)
    _by_id: Mapping[str, Document] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "documents", tuple(sorted(self.documents, key=lambda d: d.id)))
        object.__setattr__(self, "digest", root_hash(paragraph_hashes(self.documents)))
        object.__setattr__(self, "_by_id", MappingProxyType({d.id: d for d in self.documents}))

    def __len__(self) -> int:
        return sum(len(document) for document in self.documents)

    def document(self, document_id: str) -> Document:
        """Return the document of that id.

        Raises:
            UnknownDocumentError: There is none.
        """
        try:
            return self._by_id[document_id]
        except KeyError:
            raise UnknownDocumentError(document_id, tuple(self._by_id)) from None

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield all paragraphs, document by document, in reading order."""
        for document in self.documents:
            yield from document

    def paragraph(self, document_id: str, paragraph_id: str) -> Paragraph:
        """Return one paragraph.

        Raises:
            UnknownDocumentError: There is no such document.
            UnknownParagraphError: The document has no such paragraph.
        """
        return self.document(document_id).paragraph(paragraph_id)


def open_library(data_dir: Path | None = None) -> Library:
    """Open the bundled texts and those in `data_dir/library`.

    Raises:
        TamperedError: A text is not what was bundled or added.
    """
    bundled = tuple(bundled_documents())
    return Library((*bundled, *_kept_documents(data_dir, {document.id for document in bundled})), data_dir)


def verify(data_dir: Path | None = None) -> dict[str, str | None]:
    """Check every document against its recorded hashes; works on a library that does not open.

    Returns:
        By id, sorted: None where all is well, else what is wrong.
    """
    found: dict[str, str | None] = {}
    for path in sorted(BUNDLED.glob("*.toml")):
        found[path.stem] = _fault(partial(_bundled_document, path))
    if data_dir is not None:
        store = Store(data_dir / "library")
        for document_id in store.ids():
            found[document_id] = _fault(partial(store.read, document_id))
    return dict(sorted(found.items()))


def remove_document(data_dir: Path, document_id: str) -> None:
    """Forget a document that was added or fetched; open the library again to see it gone.

    Raises:
        UnknownDocumentError: It is not in the library.
        InvalidDocumentError: It is bundled, so it cannot be removed, or another process is writing.
    """
    if any(path.stem == document_id for path in BUNDLED.glob("*.toml")):
        raise InvalidDocumentError(f"{document_id} is bundled with celac-qa and cannot be removed")
    Store(data_dir / "library").remove(document_id)


def _kept_documents(data_dir: Path | None, taken: Container[str]) -> Iterator[Document]:
    if data_dir is None:
        return
    store = Store(data_dir / "library")
    for document_id in store.ids():
        if document_id in taken:
            continue
        try:
            yield store.read(document_id)
        except UnknownDocumentError:
            continue  # removed since the folder was listed


def _fault(read: Callable[[], object]) -> str | None:
    try:
        read()
    except CorpusError as error:
        return str(error)
    return None


def bundled_documents(folder: Path = BUNDLED) -> Iterable[Document]:
    """Read the bundled texts, each checked against the hash its metadata names.

    Raises:
        TamperedError: A text has changed.
    """
    for path in sorted(folder.glob("*.toml")):
        yield _bundled_document(path)


def _bundled_document(path: Path) -> Document:
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    data = path.with_suffix(".txt").read_bytes()
    if hashlib.sha256(data).hexdigest() != facts["sha256"]:
        raise TamperedError(facts["id"], path.with_suffix(".txt").name)
    cut = segment(data.decode("utf-8"), facts["id"])
    day = facts["date"]
    return Document(
        id=facts["id"],
        titles=facts["titles"],
        date=dt.date(day.year, day.month, day.day),
        language=facts["language"],
        paragraphs=cut.paragraphs,
        sections=cut.sections,
        event=facts["event"],
        place=facts["place"],
        status=facts["status"],
        translation=facts["translation"],
        numbering=facts["numbering"],
        origin="bundled",
        source=facts["source"],
        source_sha256=facts["sha256"],
        warnings=cut.warnings,
    )
