"""Why a part of a claim got its verdict, in words for people, one file a language."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from app.claims.facts.fact import Finding


def reason_of(finding: Finding, language: str) -> str:
    """Return a finding as a sentence."""
    words = _words(language)
    key = f"{finding.kind}_{finding.bearing}"
    template = words.get(key, words[finding.bearing])
    return template.format(what=words.get(finding.kind, finding.kind), claim=finding.claim, source=finding.source)


def say_reason(key: str, language: str, **values: object) -> str:
    """Return another sentence of these files."""
    return _words(language)[key].format(**values)


@lru_cache(maxsize=8)
def _words(language: str) -> dict[str, str]:
    path = Path(__file__).parent / f"{language}.toml"
    return tomllib.loads((path if path.exists() else path.with_name("en.toml")).read_text(encoding="utf-8"))
