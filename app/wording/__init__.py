"""The words for people: what answers, refusals and errors say in each language, one file a language."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path


def say(key: str, language: str, **values: object) -> str:
    """Return a sentence of the product in a language.

    Args:
        key: Its name in the files.
        language: Language code; English where there is no file.
        **values: What stands in its places.
    """
    return _sentences(language)[key].format(**values)


def keys(language: str) -> frozenset[str]:
    """Return the names of all sentences of a language."""
    return frozenset(_sentences(language))


@lru_cache(maxsize=8)
def _sentences(language: str) -> dict[str, str]:
    path = Path(__file__).parent / f"{language}.toml"
    return tomllib.loads((path if path.exists() else path.with_name("en.toml")).read_text(encoding="utf-8"))
