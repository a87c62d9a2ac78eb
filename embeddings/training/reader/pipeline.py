"""The steps from licensed sets and written sentences to a shipped reader: examples, training, calibration, export."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.stats import mannwhitneyu
from tokenizers import Tokenizer
from torch import nn
from transformers import BertForSequenceClassification, BertModel

from embeddings.lexicon import load_lexicon
from embeddings.training.export import write_model
from embeddings.training.noise import sometimes_hurried
from embeddings.training.pairs import is_development as is_held_back_pair
from embeddings.training.pairs import read_pairs
from embeddings.training.pipeline import torch_vectors
from embeddings.training.questions import training_questions
from embeddings.training.reader.data import (
    ANSWERED,
    LICENCES,
    NOT_ENTAILED,
    UNANSWERED,
    Example,
    is_development,
    read_examples,
)
from embeddings.training.reader.perturb import made_examples
from embeddings.training.reader.relevance import Encode, question_examples, written_examples
from embeddings.training.reader.train import (
    LABELS,
    MAX_PIECES,
    OUTPUTS,
    ReaderRecipe,
    open_reader,
    predict,
    train_reader,
)
from embeddings.training.sources import LANGUAGES, PARALLEL, QUESTIONS, WRITTEN
from embeddings.training.student import load_student
from embeddings.training.written import is_development as is_written_development
from embeddings.training.written import read_written

QUESTION_LABELS = (ANSWERED, UNANSWERED)
NAME = "celac-reader"
MADE = 24_000
ASKED = 4_000
OFFICIAL = frozenset(
    {"europarl_v7_subset_cs124", "un_v1_test", "un_crc", "tico19", "cc_legalcode", "mozilla_legal", "ntrex_por"}
    | {"ntrex_spa", "ntrex_fra", "ntrex_por-BR", "okfn_open_data_handbook", "open_contracting", "opensource_guide"}
)
DEV_SIZE = 3_000


def run(data: Path, student: Path, work: Path, recipe: ReaderRecipe, *, made: int = MADE, seed: int = 7) -> Path:
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
    tokenizer, body = load_student(student)
    training, development = gather(data, lambda texts: vectors(body, tokenizer, texts), made=made, seed=seed)
    tokenizer, model = open_reader(student)
    train_reader(model, tokenizer, training, recipe, work, lexicon=load_lexicon())
    logits = predict(model, tokenizer, development)
    metrics = figures(development, logits)
    temperature = calibrate(development, logits)
    print(metrics, "temperature", temperature, flush=True)
    export_reader(model, tokenizer, work / "model", temperature=temperature, metrics=metrics)
    return work / "model"


def gather(data: Path, encode: Encode, *, made: int, seed: int) -> tuple[list[Example], list[Example]]:
    """Return training and development examples, both in random order.

    Args:
        data: Holds `nli/`, `parallel/`, `qa/` and `un/`.
        encode: Returns unit vectors of texts, to find the nearest passages that do not answer.
        made: Number of examples made from parallel texts.
        seed: Of every sampling.
    """
    rng = random.Random(seed)  # noqa: S311 - a sample, not a secret
    examples = list(read_examples(data / "nli"))
    for language in LANGUAGES:
        pairs = [p for p in read_pairs(data / "parallel", language) if p.source in OFFICIAL]
        own = list(made_examples([p for p in pairs if not is_held_back_pair(p)], seed=seed))
        examples += rng.sample(own, min(made // len(LANGUAGES), len(own)))
    rng.shuffle(examples)
    development = [example for example in examples if is_development(example)][:DEV_SIZE]
    training = [example for example in examples if not is_development(example)]
    written = read_written(data)
    training += written_examples([w for w in written if not is_written_development(w)], encode)
    development += written_examples([w for w in written if is_written_development(w)], encode)
    training += question_examples(training_questions(data / "qa", seed=seed), rng, size=ASKED)
    training = [
        replace(example, statement=sometimes_hurried(example.statement, rng)) if example.label >= ANSWERED else example
        for example in training
    ]
    rng.shuffle(training)
    return training, development


def vectors(body: BertModel, tokenizer: Tokenizer, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return (n, d) unit vectors of an encoder's body, same order as texts."""
    parts = [torch_vectors(body, tokenizer, texts[first : first + 32]) for first in range(0, len(texts), 32)]
    return np.concatenate(parts)


def figures(examples: Sequence[Example], logits: NDArray[np.float32]) -> dict[str, float]:
    """Return figures by source: accuracy of entailment, two-way sets counted two ways; AUROC of what answers.

    Examples made from parallel texts, and those written, also by the languages of both sides.
    """
    rows: dict[str, list[int]] = {}
    for row, example in enumerate(examples):
        kind = "answers" if example.label in QUESTION_LABELS else "entailment"
        rows.setdefault(f"{kind} {example.source}", []).append(row)
        if example.source in {"made", "written"}:
            rows.setdefault(f"{kind} {example.source} {example.languages[1]} on {example.languages[0]}", []).append(row)
    found = {}
    for name, chosen in sorted(rows.items()):
        labels = np.array([examples[row].label for row in chosen])
        if name.startswith("answers"):
            found[f"{name} AUROC"] = _auroc(logits[chosen, OUTPUTS.index("answers")], labels == ANSWERED)
        else:
            answers = logits[chosen, : len(LABELS)].argmax(axis=1)
            is_right = np.where(labels == NOT_ENTAILED, answers != LABELS.index("entailment"), answers == labels)
            found[f"{name} accuracy"] = round(float(is_right.mean()), 3)
    return found


def _auroc(scores: NDArray[np.float32], is_positive: NDArray[np.bool_]) -> float:
    statistic = mannwhitneyu(scores[is_positive], scores[~is_positive]).statistic
    return round(float(statistic / (is_positive.sum() * (~is_positive).sum())), 3)


def calibrate(examples: Sequence[Example], predicted: NDArray[np.float32]) -> float:
    """Return the temperature that makes the probabilities likeliest (Guo et al. 2017), of the three-way examples."""
    rows = [i for i, example in enumerate(examples) if example.label < len(LABELS)]
    labels = [examples[i].label for i in rows]
    logits = predicted[rows, : len(LABELS)]
    candidates = np.linspace(0.5, 4, 71)

    def likelihood(temperature: float) -> float:
        scaled = logits / temperature
        normal = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(normal[np.arange(len(labels)), labels].mean())

    return float(max(candidates, key=likelihood))


class _Reader(nn.Module):
    """A cross-encoder with its probabilities in the graph: three of entailment, calibrated, and that of an answer."""

    def __init__(self, model: BertForSequenceClassification, temperature: float) -> None:
        super().__init__()
        self.model = model
        self.temperature = temperature

    def forward(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        logits = self.model(input_ids=ids, token_type_ids=types, attention_mask=mask).logits
        told = torch.softmax(logits[:, : len(LABELS)] / self.temperature, dim=-1)
        return torch.cat([told, torch.sigmoid(logits[:, len(LABELS) :])], dim=-1)


def export_reader(
    model: BertForSequenceClassification,
    tokenizer: Tokenizer,
    folder: Path,
    *,
    temperature: float,
    metrics: dict[str, float],
) -> None:
    """Write the reader as `embeddings.reader.Reader` serves it."""
    made = {name: PARALLEL[name].licence for name in sorted(OFFICIAL)}
    facts = {
        "name": NAME,
        "outputs": list(OUTPUTS),
        "max_tokens": MAX_PIECES,
        "temperature": temperature,
        "training_data": LICENCES | made | QUESTIONS | WRITTEN,
        "metrics": metrics,
    }
    inputs = ("input_ids", "token_type_ids", "attention_mask")
    write_model(_Reader(model, temperature), inputs, "probabilities", tokenizer, folder, facts=facts, is_quantized=True)
