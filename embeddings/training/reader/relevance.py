"""Questions beside passages that answer them and passages that do not; and claims written on paragraphs.

The passages that do not answer are the nearest to the question by the encoder among those of the same text: what a
search would bring first.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from embeddings.training.questions import Question
from embeddings.training.reader.data import ANSWERED, CONTRADICTION, ENTAILMENT, NEUTRAL, UNANSWERED, Example
from embeddings.training.written import Written

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
NEGATIVES = 2
_CLAIMS = {"supported": ENTAILMENT, "contradicted": CONTRADICTION, "not_addressed": NEUTRAL}


def written_examples(written: Sequence[Written], encode: Encode) -> Iterator[Example]:
    """Yield examples of what was written: its paragraph, and the neighbours nearest to it.

    Args:
        written: Of any kind.
        encode: Returns (n, d) unit vectors of texts.
    """
    ordered = sorted(written, key=lambda one: one.document)
    for _, members in groupby(ordered, key=lambda one: one.document):
        group = list(members)
        passages = sorted({text for one in group for text in (one.passage, *one.neighbours)})
        similarity = encode([one.text for one in group]) @ encode(passages).T
        for one, row in zip(group, similarity, strict=True):
            nearest = [passages[i] for i in np.argsort(-row, kind="stable") if passages[i] != one.passage]
            yield from _examples(one, nearest)


def _examples(one: Written, nearest: Sequence[str]) -> Iterator[Example]:
    def example(passage: str, label: int) -> Example:
        return Example(passage, one.text, label, ("en", one.language), "written")

    if one.kind in _CLAIMS:
        yield example(one.passage, _CLAIMS[one.kind])
        yield example(nearest[0], NEUTRAL)
        return
    yield example(one.passage, ANSWERED if one.kind == "question" else UNANSWERED)
    for passage in nearest[:NEGATIVES]:
        yield example(passage, UNANSWERED)


def question_examples(questions: Iterable[Question], rng: random.Random, *, size: int) -> Iterator[Example]:
    """Yield questions of readers with their passage and another one of the same article.

    Args:
        questions: In any order.
        rng: Chooses them, and the other passage.
        size: Most questions.
    """
    by_article: dict[tuple[str, str], list[Question]] = {}
    for question in questions:
        by_article.setdefault((question.source, question.article), []).append(question)
    pairs = [
        (question, others)
        for group in by_article.values()
        for question in group
        if (others := sorted({other.passage for other in group} - {question.passage}))
    ]
    for question, others in rng.sample(pairs, min(size, len(pairs))):
        language = question.source.rpartition("_")[2]
        languages = (language, language)
        yield Example(question.passage, question.text, ANSWERED, languages, question.source)
        yield Example(rng.choice(others), question.text, UNANSWERED, languages, question.source)
