"""Toy parallel data, word for word from the bundled lexicon: enough to see that training runs, with nothing at hand."""

import gzip
import random
from pathlib import Path

from embeddings.lexicon import load_lexicon
from embeddings.training.sources import LANGUAGES

WORDS = [
    "people",
    "rights",
    "women",
    "children",
    "water",
    "health",
    "peace",
    "migration",
    "security",
    "development",
    "education",
    "work",
    "country",
    "law",
    "government",
    "climate",
    "energy",
    "food",
    "history",
    "science",
    "music",
    "city",
    "river",
    "mountain",
    "school",
    "family",
    "friend",
    "morning",
    "winter",
    "house",
    "road",
    "train",
    "garden",
    "island",
    "language",
    "letter",
    "market",
    "money",
    "night",
    "ocean",
    "paper",
    "question",
    "summer",
    "teacher",
    "village",
    "war",
    "year",
    "answer",
    "book",
    "door",
    "east",
    "fire",
    "gold",
    "hand",
]


def write_toy_data(folder: Path, *, seed: int, sentences: int = 1500) -> None:
    """Write `parallel/` and `dict/` of sentences without grammar, translated word by word.

    Args:
        folder: Created if missing.
        seed: Of the sentences.
        sentences: For each language.
    """
    rng = random.Random(seed)  # noqa: S311 - toy sentences
    lexicon = load_lexicon()
    for language in LANGUAGES:
        known = {word: found[0][0] for word in WORDS if (found := lexicon.translate(word, "en", language, limit=1))}
        chosen = [rng.sample(sorted(known), rng.randint(3, 8)) for _ in range(sentences)]
        pairs = [" ".join(words) + "\t" + " ".join(known[word] for word in words) for words in chosen]
        terms = [f"{word}\t{translation}\teurovoc" for word, translation in known.items()]
        _write(folder / "parallel" / f"en-{language}" / "tatoeba_opusmt_test.tsv.gz", pairs)
        _write(folder / "dict" / f"en-{language}.tsv.gz", terms)


def _write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
