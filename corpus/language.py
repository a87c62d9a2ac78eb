"""Which of the four languages a text is in, told from its words and never from a file's tags."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

LANGUAGES = ("en", "es", "pt", "fr")


def language_confidences(text: str) -> dict[str, float]:
    """Return how likely each language is, most likely first; the values add up to 1 (all 0 without letters)."""
    values = _detector().compute_language_confidence_values(text)
    return {value.language.iso_code_639_1.name.lower(): float(value.value) for value in values}


def detect_language(text: str, *, default: str = "en") -> str:
    """Return the most likely language of a text, or `default` where it has no letters.

    Args:
        text: Any text; a single word is enough to try.
        default: Code to give when nothing speaks for any language.
    """
    code, confidence = most_likely_language(text)
    return code if confidence > 0 else default


def most_likely_language(text: str) -> tuple[str, float]:
    """Return the most likely language of a text and how likely it is, 0 to 1 (0 without letters)."""
    confidences = language_confidences(text)
    best = max(confidences, key=lambda code: confidences[code])
    return best, confidences[best]


@lru_cache(maxsize=1)
def _detector() -> Any:  # noqa: ANN401 - the builder's type is not exported
    from lingua import Language, LanguageDetectorBuilder

    languages = (Language.ENGLISH, Language.SPANISH, Language.PORTUGUESE, Language.FRENCH)
    return LanguageDetectorBuilder.from_languages(*languages).build()
