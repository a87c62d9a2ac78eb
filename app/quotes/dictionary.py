"""The words of a language, as far as the bundled lexicon has met them."""

from __future__ import annotations

from app.quotes.divisions import IsWord
from corpus.language import LANGUAGES
from embeddings.lexicon import load_lexicon


def dictionary(language: str) -> IsWord | None:
    """Return what tells the words of a language, None where the lexicon has none of them."""
    if language not in LANGUAGES:
        return None
    lexicon = load_lexicon()
    targets = [other for other in LANGUAGES if other != language] if language == "en" else ["en"]
    return lambda word: any(lexicon.translate(word, language, target, limit=1) for target in targets)
