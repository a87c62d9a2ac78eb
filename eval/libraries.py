"""The libraries that cases are asked of: the product, put together over the bundled text and those of a folder."""

from __future__ import annotations

import datetime as dt
import shutil
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from platformdirs import user_cache_path
from pydantic import TypeAdapter

from app.bootstrap import Services, build
from app.settings import load_settings
from corpus.adding import add_document
from corpus.library import open_library
from eval.dataset import DATASETS, Language, Record
from eval.errors import MissingTextError


class TextEntry(Record):
    """A text to add: its file and what the file does not say of itself."""

    file: str
    id: str
    title: str
    date: dt.date
    language: Language


class LibraryEntry(Record):
    """A library by the texts that it has beside the bundled one."""

    texts: tuple[TextEntry, ...] = ()


def known_libraries(path: Path = DATASETS / "libraries.toml") -> dict[str, LibraryEntry]:
    """Read the definitions of the libraries, by name."""
    return TypeAdapter(dict[str, LibraryEntry]).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))


def prepare_data(name: str, entry: LibraryEntry, *, texts: Path | None, work: Path) -> Path:
    """Put the texts of a library into a data folder, anew each time; an index that is there already is kept.

    Args:
        name: Of the library.
        entry: What is in it.
        texts: Folder of the files.
        work: Holds the data folders.

    Returns:
        The data folder.

    Raises:
        MissingTextError: A file is not in the folder.
    """
    missing = tuple(t.file for t in entry.texts if texts is None or not (texts / t.file).is_file())
    if missing:
        raise MissingTextError(name, missing)
    data_dir = work / name
    shutil.rmtree(data_dir / "library", ignore_errors=True)
    data_dir.mkdir(parents=True, exist_ok=True)
    if texts is not None:
        for text in entry.texts:
            add_document(
                open_library(data_dir),
                str(texts / text.file),
                id=text.id,
                title=text.title,
                date=text.date,
                language=text.language,
            )
    return data_dir


def open_services(data_dir: Path, encoder: str | None = None) -> Services:
    """Put the product together over a data folder, as any caller would.

    Args:
        data_dir: Of `prepare_data`.
        encoder: As `CELAC_QA_ENCODER`; None is the setting.
    """
    return build(load_settings(data_dir=data_dir, encoder=encoder))


def opened_libraries(
    names: Iterable[str], *, texts: Path | None, encoder: str | None = None
) -> Iterator[tuple[str, Services]]:
    """Yield the product over each of some libraries, leaving out those whose texts are not in the folder."""
    for name in sorted(names):
        try:
            data_dir = prepare_data(
                name, known_libraries()[name], texts=texts, work=user_cache_path("celac-qa") / "eval"
            )
        except MissingTextError:
            continue
        yield name, open_services(data_dir, encoder)
