"""The formats of public sets by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from eval.adaptors.public_set import PublicSet
from eval.dataset import Language
from eval.errors import DatasetError

FORMATS = ("squad", "beir", "canard", "mtrag")


def read_public(name: str, path: Path, language: Language) -> PublicSet:
    """Read a public set.

    Args:
        name: One of `FORMATS`.
        path: Its file, or its folder where the format has one.
        language: Of its questions and passages.

    Raises:
        DatasetError: No such format, or the file is not in it.
    """
    from eval.adaptors.beir import read_beir
    from eval.adaptors.canard import read_canard
    from eval.adaptors.mtrag import read_mtrag
    from eval.adaptors.squad import read_squad

    readers: dict[str, Callable[[Path, Language], PublicSet]] = {
        "squad": read_squad,
        "beir": read_beir,
        "canard": read_canard,
        "mtrag": read_mtrag,
    }
    if name not in readers:
        raise DatasetError(f"no format {name!r}; there are {', '.join(FORMATS)}")
    return readers[name](path, language)
