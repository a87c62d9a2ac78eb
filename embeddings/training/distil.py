"""Multilingual distillation (Reimers & Gurevych 2020, arXiv 2004.09813).

The student's vector of a translation, and of the English text itself, is pulled to the teacher's vector of the
English text; a small in-batch contrast keeps apart what should differ. A run ends when its budget of pieces or of
time is spent, whichever is first; it writes checkpoints and goes on from the last one.
"""

import json
import math
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from embeddings.training.pairs import Pair
from embeddings.training.student import Student, save_student
from embeddings.training.teacher import TeacherVectors, padded


@dataclass(frozen=True, slots=True)
class Recipe:
    """The knobs of a run.

    Attributes:
        pieces: Budget of word pieces seen.
        minutes: Budget of time.
        batch_pieces: Word pieces of a batch.
        batches_per_step: Batches whose gradients are added before a step.
        english_share: Share of examples that show the English side itself.
        contrast: Weight of the in-batch contrast.
        temperature: Of the contrast.
        lr_new: Peak learning rate of new word vectors.
        lr_old: Of old word vectors.
        lr_body: Of all else.
        warmup: Share of the run over which the rates rise; then they fall as a cosine.
        checkpoint_minutes: Time between checkpoints.
        log_steps: Steps between lines of the log.
        seed: Of the order.
    """

    pieces: int
    minutes: float
    batch_pieces: int = 2304
    batches_per_step: int = 2
    english_share: float = 0.25
    contrast: float = 0.1
    temperature: float = 0.05
    lr_new: float = 1.5e-3
    lr_old: float = 2e-4
    lr_body: float = 1e-4
    warmup: float = 0.03
    checkpoint_minutes: float = 6
    log_steps: int = 50
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts of like length as pieces, and the rows of the teacher's vectors they should match."""

    ids: Sequence[Sequence[int]]
    targets: NDArray[np.int64]


@dataclass(slots=True)
class Progress:
    """How far a run is."""

    steps: int = 0
    pieces: int = 0
    seconds: float = 0.0
    batches: int = 0

    def share(self, recipe: Recipe) -> float:
        """Return the share of the budget that is spent, 1 or more at the end."""
        return max(self.pieces / recipe.pieces, self.seconds / 60 / recipe.minutes)


def batches(examples: Sequence[Pair], teacher: TeacherVectors, tokenizer: Tokenizer, recipe: Recipe) -> Iterator[Batch]:
    """Yield batches for ever, in the same order for the same seed.

    Args:
        examples: One pass.
        teacher: Knows the row of each English text.
        tokenizer: The student's, truncating.
        recipe: Gives sizes, shares and the seed.
    """
    rng = random.Random(recipe.seed)  # noqa: S311 - an order, not a secret
    pool_size = 4096
    while True:
        for first in range(0, len(examples), pool_size):
            pool = examples[first : first + pool_size]
            texts = [p.english if rng.random() < recipe.english_share else p.foreign for p in pool]
            encoded = [e.ids for e in tokenizer.encode_batch(texts)]
            order = sorted(range(len(pool)), key=lambda i: len(encoded[i]))
            groups = list(_groups(order, encoded, recipe.batch_pieces))
            rng.shuffle(groups)
            rows = teacher.rows([pair.english for pair in pool])
            for group in groups:
                yield Batch([encoded[i] for i in group], rows[group])


def _groups(order: Sequence[int], encoded: Sequence[Sequence[int]], limit: int) -> Iterator[list[int]]:
    group: list[int] = []
    for i in order:
        if group and len(encoded[i]) * (len(group) + 1) > limit:
            yield group
            group = []
        group.append(i)
    if group:
        yield group


def loss(vectors: torch.Tensor, wanted: torch.Tensor, targets: torch.Tensor, recipe: Recipe) -> torch.Tensor:
    """Return the distance to the teacher's vectors plus the weighted contrast.

    Args:
        vectors: The student's, (batch, dimension), unit norm.
        wanted: The teacher's, same shape.
        targets: Row numbers of the teacher's vectors; equal ones are not contrasted.
        recipe: Gives weight and temperature.
    """
    similarity = vectors @ wanted.T
    same = (targets[:, None] == targets[None, :]) & ~torch.eye(len(targets), dtype=torch.bool)
    logits = (similarity / recipe.temperature).masked_fill(same, -torch.inf)
    contrast = torch.nn.functional.cross_entropy(logits, torch.arange(len(targets)))
    return (1 - similarity.diagonal()).mean() + recipe.contrast * contrast


def distil(
    student: Student,
    tokenizer: Tokenizer,
    stream: Iterator[Batch],
    teacher: TeacherVectors,
    recipe: Recipe,
    folder: Path,
    *,
    monitor: Callable[[Student], Mapping[str, float]] | None = None,
) -> list[float]:
    """Train until the budget is spent.

    Args:
        student: Changed in place.
        tokenizer: Saved with it.
        stream: Endless batches, always the same.
        teacher: The teacher's vectors.
        recipe: The knobs.
        folder: For checkpoints, the log and the result; a checkpoint in it is gone on from.
        monitor: Called at each checkpoint; what it returns is logged.

    Returns:
        Mean loss between the lines of the log.
    """
    folder.mkdir(parents=True, exist_ok=True)
    words = torch.optim.SparseAdam(
        [
            {"params": list(student.new.parameters()), "lr": recipe.lr_new},
            {"params": list(student.old.parameters()), "lr": recipe.lr_old},
        ]
    )
    body = torch.optim.AdamW(student.body_parameters(), lr=recipe.lr_body, weight_decay=0.0, fused=True)
    peaks = [(group, group["lr"]) for optimizer in (words, body) for group in optimizer.param_groups]
    parts = {"student": student, "words": words, "body": body}
    progress = _resume(folder, parts)
    for _ in range(progress.batches):
        next(stream)
    history: list[float] = []
    stretch: list[float] = []
    saved = progress.seconds
    while progress.share(recipe) < 1:
        started = time.monotonic()
        for group, peak in peaks:
            group["lr"] = peak * schedule(progress.share(recipe), recipe.warmup)
        for _ in range(recipe.batches_per_step):
            batch = next(stream)
            stretch.append(_accumulate(student, batch, teacher, recipe, progress))
        torch.nn.utils.clip_grad_norm_(student.body_parameters(), 1.0)
        for optimizer in (words, body):
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        progress.steps += 1
        progress.seconds += time.monotonic() - started
        if progress.steps % recipe.log_steps == 0:
            history.append(float(np.mean(stretch)))
            _log(folder, progress, loss=history[-1])
            stretch = []
        if progress.seconds - saved > 60 * recipe.checkpoint_minutes:
            saved = progress.seconds
            _checkpoint(folder, parts, progress)
            if monitor:
                _log(folder, progress, **monitor(student))
    save_student(student.merged_body(), tokenizer, folder / "student")
    (folder / "recipe.json").write_text(json.dumps(asdict(recipe) | asdict(progress), indent=1), encoding="utf-8")
    return history


def _accumulate(student: Student, batch: Batch, teacher: TeacherVectors, recipe: Recipe, progress: Progress) -> float:
    ids, mask = padded(batch.ids)
    with torch.autocast("cpu", torch.bfloat16):
        vectors = student(ids, mask)
    value = loss(vectors, teacher.vectors(batch.targets), torch.from_numpy(batch.targets), recipe)
    (value / recipe.batches_per_step).backward()
    progress.pieces += int(mask.sum())
    progress.batches += 1
    return float(value.detach())


def schedule(share: float, warmup: float) -> float:
    """Return the factor of a learning rate at a share of the run: a linear rise, then half a cosine to 0."""
    if share < warmup:
        return share / warmup + 0.01
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (share - warmup) / (1 - warmup))))


def _checkpoint(folder: Path, parts: Mapping[str, Any], progress: Progress) -> None:
    state = {name: part.state_dict() for name, part in parts.items()} | {"progress": asdict(progress)}
    torch.save(state, folder / "checkpoint.tmp")
    (folder / "checkpoint.tmp").replace(folder / "checkpoint.pt")


def _resume(folder: Path, parts: Mapping[str, Any]) -> Progress:
    if not (folder / "checkpoint.pt").exists():
        return Progress()
    state = torch.load(folder / "checkpoint.pt", weights_only=True)
    for name, part in parts.items():
        part.load_state_dict(state[name])
    return Progress(**state["progress"])


def _log(folder: Path, progress: Progress, **values: float) -> None:
    line = json.dumps(asdict(progress) | {name: round(value, 4) for name, value in values.items()})
    print(line, flush=True)
    with (folder / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
