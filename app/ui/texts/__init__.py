"""The words of the page in four languages, one file a language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

LANGUAGES = ("en", "es", "pt", "fr")


@lru_cache(maxsize=8)
def page_texts(language: str) -> Mapping[str, str]:
    """Return the words of the page in a language; English where there is no file."""
    code = language if language in LANGUAGES else "en"
    return MappingProxyType(tomllib.loads(Path(__file__).with_name(f"{code}.toml").read_text(encoding="utf-8")))


def preferred_language(accept_language: str) -> str:
    """Return the first of our languages in an Accept-Language header (RFC 9110), English if there is none.

    Examples:
        >>> preferred_language("de-DE,pt-BR;q=0.8,en;q=0.9")
        'en'
    """
    wanted = []
    for position, entry in enumerate(accept_language.split(",")):
        name, _, quality = entry.partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            weight = 0.0
        wanted.append((-weight, position, name.strip().lower()[:2]))
    return next((code for _, _, code in sorted(wanted) if code in LANGUAGES), "en")
