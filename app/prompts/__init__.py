"""All prompts, one home. Placeholders are checked: a prompt that lacks one, or has another, cannot be loaded."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from string import Template

PROMPT_VERSION = "1"
"""Part of a cached draft's key and of what is logged: change it with any prompt."""

_PLACEHOLDERS = {"draft": frozenset[str]()}


@lru_cache(maxsize=16)
def prompt(name: str, language: str) -> str:
    """Return a prompt in a language; English where there is none.

    Args:
        name: `draft`.
        language: Language code of the question.

    Raises:
        ValueError: The prompt's placeholders are not the expected ones.
    """
    path = Path(__file__).parent / f"{name}.{language}.md"
    text = (path if path.exists() else path.with_name(f"{name}.en.md")).read_text(encoding="utf-8")
    found = set(Template(text).get_identifiers())
    if found != _PLACEHOLDERS[name]:
        raise ValueError(f"{path.name} has the placeholders {sorted(found)}")
    return text
