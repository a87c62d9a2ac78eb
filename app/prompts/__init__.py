"""All prompts, one home, in four languages. Data is never put into a prompt: it is sent apart from it, as JSON."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

PROMPT_VERSION = "2"
"""Part of the key of what is remembered of a model's work: change it with any prompt."""

TASKS = ("draft", "condense", "translate", "claims")


@lru_cache(maxsize=32)
def prompt(task: str, language: str) -> str:
    """Return the prompt of a task in a language; English where there is none.

    Args:
        task: One of `TASKS`.
        language: Language code.

    Raises:
        KeyError: There is no such task.
    """
    if task not in TASKS:
        raise KeyError(task)
    path = Path(__file__).parent / f"{task}.{language}.md"
    return (path if path.exists() else path.with_name(f"{task}.en.md")).read_text(encoding="utf-8")
