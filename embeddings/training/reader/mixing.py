"""Code mixing: words of an English example put into other languages by the lexicon (Qin et al. 2020, CoSDA-ML).

The word order stays English; what is learned is that the words of four languages mean the same to the model.
"""

import random
import re

from embeddings.lexicon import Lexicon
from embeddings.training.reader.data import Example
from embeddings.training.sources import LANGUAGES

_WORD = re.compile(r"[^\W\d_]+")
_SURE = 0.2


def mixed(example: Example, lexicon: Lexicon, rng: random.Random, *, share: float = 0.6) -> Example:
    """Return an English example with its passage, its statement, both or neither in another language, word by word.

    Args:
        example: Any; one that is not English stays as it is.
        lexicon: Translates words.
        rng: Makes the choices.
        share: Chance of each side to be translated.
    """
    if example.languages != ("en", "en"):
        return example
    codes = tuple(rng.choice(LANGUAGES) if rng.random() < share else "en" for _ in range(2))
    passage, statement = (
        _translate(text, code, lexicon, rng)
        for text, code in zip((example.passage, example.statement), codes, strict=True)
    )
    return Example(passage, statement, example.label, (codes[0], codes[1]), example.source)


def _translate(text: str, language: str, lexicon: Lexicon, rng: random.Random) -> str:
    if language == "en":
        return text

    def word(match: re.Match[str]) -> str:
        found = [(t, p) for t, p in lexicon.translate(match.group().lower(), "en", language) if p > _SURE]
        return rng.choices([t for t, _ in found], [p for _, p in found])[0] if found else match.group()

    return _WORD.sub(word, text)
