"""Encoders side by side on the development sets: figures per language pair, size and latency, in one run."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from embeddings.training.evaluate import rank, retrieval, translation_accuracy
from embeddings.training.pairs import DEV_SOURCES, is_development, read_pairs
from embeddings.training.questions import RetrievalSet
from embeddings.training.sources import LANGUAGES

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
_STEMMERS = {"en": "english", "es": "spanish", "pt": "portuguese", "fr": "french"}


def translation_sets(folder: Path, *, seed: int, size: int = 1000) -> dict[str, list[tuple[str, str]]]:
    """Return held-back (English, foreign) pairs: short everyday sentences, and formal ones where there are any.

    Args:
        folder: The parallel data.
        seed: Of the sampling.
        size: Most pairs of a set.
    """
    groups = {"anki_manythings": "tatoeba", "tatoeba_opusmt_test": "tatoeba", "un_v1_test": "un"}
    sets: dict[str, list[tuple[str, str]]] = {}
    for language in LANGUAGES:
        for pair in read_pairs(folder, language):
            if pair.source in DEV_SOURCES and is_development(pair):
                name = f"{groups.get(pair.source, 'europarl')} {language}"
                sets.setdefault(name, []).append((pair.english, pair.foreign))
    rng = random.Random(seed)  # noqa: S311 - a sample, not a secret
    distinct = {name: _distinct(pairs) for name, pairs in sets.items()}
    return {name: rng.sample(pairs, min(size, len(pairs))) for name, pairs in distinct.items()}


def _distinct(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keep one pair per English and per foreign text, so that each has one right answer."""
    return [(e, f) for f, e in {f: e for e, f in dict(pairs).items()}.items()]


def measure(
    encode: Encode, translations: Mapping[str, Sequence[tuple[str, str]]], sets: Sequence[RetrievalSet]
) -> dict[str, float]:
    """Return all figures of one encoder, each under the name of its set."""
    figures: dict[str, float] = {}
    for name, pairs in translations.items():
        english, foreign = encode([e for e, _ in pairs]), encode([f for _, f in pairs])
        source, _, language = name.partition(" ")
        figures[f"{source} {language}→en accuracy"] = translation_accuracy(foreign, english)
        figures[f"{source} en→{language} accuracy"] = translation_accuracy(english, foreign)
    passages: dict[tuple[str, ...], NDArray[np.float32]] = {}
    for one in sets:
        key = tuple(one.passages)
        if key not in passages:
            passages[key] = encode(one.passages)
        scores = retrieval(rank(encode(one.questions), passages[key]), one.relevant)
        figures |= {f"{one.name} {metric}": value for metric, value in scores.items()}
    return figures


def measure_bm25(sets: Sequence[RetrievalSet]) -> dict[str, float]:
    """Return the retrieval figures of BM25 with the stemmer of the passages' language."""
    figures: dict[str, float] = {}
    for one in sets:
        stemmer = Stemmer.Stemmer(_STEMMERS[one.name.rpartition("→")[2]])
        index = bm25s.BM25()
        tokens = bm25s.tokenize(list(one.passages), stopwords=None, stemmer=stemmer, show_progress=False)
        index.index(tokens, show_progress=False)
        asked = bm25s.tokenize(list(one.questions), stopwords=None, stemmer=stemmer, show_progress=False)
        ranked, scores = index.retrieve(asked, k=min(10, len(one.passages)), show_progress=False)
        rankings = [
            [int(item) for item, score in zip(row, values, strict=True) if score > 0]
            for row, values in zip(ranked, scores, strict=True)
        ]
        figures |= {f"{one.name} {metric}": value for metric, value in retrieval(rankings, one.relevant).items()}
    return figures


def latency_ms(encode: Encode, questions: Sequence[str]) -> float:
    """Return the median time to encode one question, after a warm-up."""
    times = []
    for question in [*questions[:5], *questions]:
        started = time.perf_counter()
        encode([question])
        times.append(1000 * (time.perf_counter() - started))
    return float(np.median(times[5:]))


def table(columns: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Yield the lines of a Markdown table, a row per figure, a column per encoder."""
    yield "| measure | " + " | ".join(columns) + " |"
    yield "|---|" + "---|" * len(columns)
    for name in dict.fromkeys(name for figures in columns.values() for name in figures):
        cells = (f"{figures[name]:.3f}" if name in figures else "–" for figures in columns.values())
        yield f"| {name} | " + " | ".join(cells) + " |"


def side_by_side(data: Path, models: Sequence[Path], *, seed: int) -> dict[str, dict[str, float]]:
    """Measure the teacher in torch, BM25 and exported models.

    Args:
        data: Holds `parallel/` and `qa/`.
        models: Folders of exports.
        seed: Of the samples.
    """
    from embeddings.encoder import OnnxEncoder, SentenceTransformerEncoder
    from embeddings.training.questions import development_sets
    from embeddings.training.teacher import teacher_folder

    translations = translation_sets(data / "parallel", seed=seed)
    sets = development_sets(data / "qa", seed=seed)
    questions = sets[0].questions[:100]
    columns: dict[str, dict[str, float]] = {"BM25": measure_bm25(sets)}
    teacher = SentenceTransformerEncoder(str(teacher_folder()), name="all-MiniLM-L6-v2", fingerprint="")
    encoders = {"all-MiniLM-L6-v2": teacher.encode} | {folder.name: OnnxEncoder(folder).encode for folder in models}
    for name, encode in encoders.items():
        columns[name] = measure(encode, translations, sets) | {"query ms": latency_ms(encode, questions)}
        print(name, columns[name], flush=True)
    return columns
