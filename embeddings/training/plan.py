"""What one pass of the distillation sees: weighted examples and long inputs."""

import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from embeddings.training.pairs import Pair, is_development, read_pairs
from embeddings.training.sources import LANGUAGE_WEIGHT, LANGUAGES, PARALLEL

LONG_SHARE = 0.03
LONG_CHARACTERS = (350, 1100)


def training_examples(folder: Path, *, seed: int, held_back: Collection[str] = ()) -> list[Pair]:
    """Sample one pass over the training pairs of all languages by the sources' weights, long inputs included.

    Args:
        folder: The parallel data.
        seed: Of the sampling.
        held_back: English texts, lower case, that are kept for measuring in every source.
    """
    rng = random.Random(seed)  # noqa: S311 - a sample, not a secret
    examples: list[Pair] = []
    for language in LANGUAGES:
        pairs = [
            pair
            for pair in read_pairs(folder, language)
            if not is_development(pair) and pair.english.lower() not in held_back
        ]
        sampled = list(_sample(pairs, LANGUAGE_WEIGHT[language], rng))
        long = list(_join_neighbours(pairs, rng))
        rng.shuffle(long)
        examples += sampled + long[: int(LONG_SHARE * len(sampled))]
    rng.shuffle(examples)
    return examples


def _sample(pairs: Iterable[Pair], language_weight: float, rng: random.Random) -> Iterator[Pair]:
    for pair in pairs:
        weight = PARALLEL[pair.source].weight * language_weight
        for _ in range(int(weight) + (rng.random() < weight % 1)):
            yield pair


def _join_neighbours(pairs: Sequence[Pair], rng: random.Random) -> Iterator[Pair]:
    """Join neighbouring sentences of one source into paragraphs of random length."""
    group: list[Pair] = []
    target = rng.randint(*LONG_CHARACTERS)
    for pair in pairs:
        if group and (pair.source != group[0].source or sum(len(p.english) for p in group) > target):
            if len(group) > 1 and rng.random() < PARALLEL[group[0].source].weight:
                yield _joined(group)
            group, target = [], rng.randint(*LONG_CHARACTERS)
        if PARALLEL[pair.source].is_running_text:
            group.append(pair)


def _joined(group: Sequence[Pair]) -> Pair:
    return Pair(
        " ".join(p.english for p in group), " ".join(p.foreign for p in group), group[0].language, group[0].source
    )
