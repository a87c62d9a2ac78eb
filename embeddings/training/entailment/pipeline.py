"""The steps from the licensed sets to a shipped reader: examples, training, calibration, export."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn
from transformers import BertForSequenceClassification

from embeddings.lexicon import load_lexicon
from embeddings.training.entailment.data import LICENCES, NOT_ENTAILED, Example, is_development, read_examples
from embeddings.training.entailment.perturb import made_examples
from embeddings.training.entailment.train import (
    LABELS,
    MAX_PIECES,
    EntailmentRecipe,
    open_reader,
    predict,
    train_reader,
)
from embeddings.training.export import write_model
from embeddings.training.pairs import is_development as is_held_back_pair
from embeddings.training.pairs import read_pairs
from embeddings.training.sources import LANGUAGES, PARALLEL

NAME = "celac-nli"
MADE = 40_000
OFFICIAL = frozenset(
    {"europarl_v7_subset_cs124", "un_v1_test", "un_crc", "tico19", "cc_legalcode", "mozilla_legal", "ntrex_por"}
    | {"ntrex_spa", "ntrex_fra", "ntrex_por-BR", "okfn_open_data_handbook", "open_contracting", "opensource_guide"}
)
DEV_SIZE = 3_000


def run(data: Path, student: Path, work: Path, recipe: EntailmentRecipe, *, made: int = MADE, seed: int = 7) -> Path:
    """Train, calibrate and export a reader of evidence.

    Args:
        data: Holds `nli/` and `parallel/`.
        student: Folder of the trained encoder's body and tokenizer.
        work: For the result.
        recipe: The knobs.
        made: Number of examples made from parallel texts.
        seed: Of every sampling.

    Returns:
        Folder of the export.
    """
    training, development = gather(data, made=made, seed=seed)
    tokenizer, model = open_reader(student)
    train_reader(model, tokenizer, training, recipe, work, lexicon=load_lexicon())
    probabilities = predict(model, tokenizer, development)
    metrics = figures(development, probabilities)
    temperature = calibrate(development, probabilities)
    print(metrics, "temperature", temperature, flush=True)
    export_reader(model, tokenizer, work / "model", temperature=temperature, metrics=metrics)
    return work / "model"


def gather(data: Path, *, made: int, seed: int) -> tuple[list[Example], list[Example]]:
    """Return training and development examples, both in random order."""
    rng = random.Random(seed)  # noqa: S311 - a sample, not a secret
    examples = list(read_examples(data / "nli"))
    for language in LANGUAGES:
        pairs = [p for p in read_pairs(data / "parallel", language) if p.source in OFFICIAL]
        own = list(made_examples([p for p in pairs if not is_held_back_pair(p)], seed=seed))
        examples += rng.sample(own, min(made // len(LANGUAGES), len(own)))
    rng.shuffle(examples)
    development = [example for example in examples if is_development(example)]
    return [e for e in examples if not is_development(e)], development[:DEV_SIZE]


def figures(examples: Sequence[Example], probabilities: NDArray[np.float32]) -> dict[str, float]:
    """Return the accuracy by source, and over languages for the made ones; two-way sets count two ways."""
    answers = probabilities.argmax(axis=1)
    right: dict[str, list[bool]] = {}
    for example, answer in zip(examples, answers, strict=True):
        is_right = answer != LABELS.index("entailment") if example.label == NOT_ENTAILED else answer == example.label
        names = [example.source]
        if example.source == "made":
            names.append(f"made {example.languages[1]} on {example.languages[0]}")
        for name in names:
            right.setdefault(name, []).append(bool(is_right))
    return {f"{name} accuracy": round(float(np.mean(values)), 3) for name, values in sorted(right.items())}


def calibrate(examples: Sequence[Example], probabilities: NDArray[np.float32]) -> float:
    """Return the temperature that makes the probabilities likeliest (Guo et al. 2017), of the three-way examples."""
    rows = [i for i, example in enumerate(examples) if example.label != NOT_ENTAILED]
    labels = [examples[i].label for i in rows]
    logits = np.log(np.clip(probabilities[rows], 1e-7, 1))
    candidates = np.linspace(0.5, 4, 71)

    def likelihood(temperature: float) -> float:
        scaled = logits / temperature
        normal = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(normal[np.arange(len(labels)), labels].mean())

    return float(max(candidates, key=likelihood))


class _Reader(nn.Module):
    """A cross-encoder with its calibrated probabilities in the graph."""

    def __init__(self, model: BertForSequenceClassification, temperature: float) -> None:
        super().__init__()
        self.model = model
        self.temperature = temperature

    def forward(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        logits = self.model(input_ids=ids, token_type_ids=types, attention_mask=mask).logits
        return torch.softmax(logits / self.temperature, dim=-1)


def export_reader(
    model: BertForSequenceClassification,
    tokenizer: Tokenizer,
    folder: Path,
    *,
    temperature: float,
    metrics: dict[str, float],
) -> None:
    """Write the reader as `embeddings.entailment.EntailmentModel` serves it."""
    made = {name: PARALLEL[name].licence for name in sorted(OFFICIAL)}
    facts = {
        "name": NAME,
        "labels": list(LABELS),
        "max_tokens": MAX_PIECES,
        "temperature": temperature,
        "training_data": LICENCES | made,
        "metrics": metrics,
    }
    inputs = ("input_ids", "token_type_ids", "attention_mask")
    write_model(_Reader(model, temperature), inputs, "probabilities", tokenizer, folder, facts=facts)
