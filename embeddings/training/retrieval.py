"""The retrieval stage: questions are pulled to the passages that answer them, away from others of the batch.

Multiple-negatives ranking (Henderson et al. 2017). Each step also takes a batch of the distillation, so that the
languages stay in one space.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from embeddings.training import distil
from embeddings.training.questions import Question
from embeddings.training.student import Student, save_student
from embeddings.training.teacher import TeacherVectors, padded

_TOGETHER = 8
"""Texts encoded in one piece."""


@dataclass(frozen=True, slots=True)
class RetrievalRecipe:
    """The knobs of the stage.

    Attributes:
        minutes: Budget of time.
        passes: Budget of passes over the questions.
        batch: Questions of a batch.
        scale: Multiplies the cosines before the softmax.
        distil_weight: Weight of the distillation's loss.
        lr_words: Peak learning rate of word vectors.
        lr_body: Of all else.
    """

    minutes: float
    passes: float = 1.0
    batch: int = 64
    scale: float = 20.0
    distil_weight: float = 2.0
    lr_words: float = 1.5e-4
    lr_body: float = 4e-5


def tune(
    student: Student,
    tokenizer: Tokenizer,
    questions: Sequence[Question],
    anchors: Iterator[distil.Batch],
    teacher: TeacherVectors,
    recipe: RetrievalRecipe,
    folder: Path,
) -> list[float]:
    """Tune a student on questions until the budget is spent; save it.

    Args:
        student: Changed in place.
        tokenizer: Saved with it, truncating.
        questions: In order of training.
        anchors: Batches of the distillation.
        teacher: The teacher's vectors for them.
        recipe: The knobs.
        folder: For the result.

    Returns:
        The loss of each step.
    """
    words = torch.optim.SparseAdam([*student.new.parameters(), *student.old.parameters()], lr=recipe.lr_words)
    body = torch.optim.AdamW(student.body_parameters(), lr=recipe.lr_body, weight_decay=0.0, fused=True)
    total = max(1, int(recipe.passes * len(questions)) // recipe.batch)
    anchor_recipe = distil.Recipe(pieces=1, minutes=1)
    started = time.monotonic()
    history: list[float] = []
    for step in range(total):
        share = max(step / total, (time.monotonic() - started) / 60 / recipe.minutes)
        if share >= 1:
            break
        for optimizer, peak in ((words, recipe.lr_words), (body, recipe.lr_body)):
            for group in optimizer.param_groups:
                group["lr"] = peak * distil.schedule(share, 0.1)
        first = step * recipe.batch % max(1, len(questions) - recipe.batch)
        value = ranking_loss(student, tokenizer, questions[first : first + recipe.batch], recipe.scale)
        value.backward()
        anchor = next(anchors)
        ids, mask = padded(anchor.ids)
        with torch.autocast("cpu", torch.bfloat16):
            vectors = student(ids, mask)
        wanted, rows = teacher.vectors(anchor.targets), torch.from_numpy(anchor.targets)
        (recipe.distil_weight * distil.loss(vectors, wanted, rows, anchor_recipe)).backward()
        torch.nn.utils.clip_grad_norm_(student.body_parameters(), 1.0)
        for optimizer in (words, body):
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        history.append(float(value.detach()))
        if step % 20 == 0:
            print(f"retrieval step {step}/{total} loss {np.mean(history[-20:]):.4f}", flush=True)
    save_student(student.merged_body(), tokenizer, folder / "student")
    return history


def ranking_loss(student: Student, tokenizer: Tokenizer, questions: Sequence[Question], scale: float) -> torch.Tensor:
    """Return the cross-entropy of finding each question's passage among those of the batch, and the other way round.

    Args:
        student: Encodes.
        tokenizer: Its own, truncating.
        questions: One batch.
        scale: Multiplies the cosines.
    """
    asked = _encode(student, tokenizer, [q.text for q in questions])
    told = _encode(student, tokenizer, [q.passage for q in questions])
    same = torch.tensor([[a.passage == b.passage and a is not b for b in questions] for a in questions])
    scores = (scale * asked @ told.T).masked_fill(same, -torch.inf)
    wanted = torch.arange(len(questions))
    cross_entropy = torch.nn.functional.cross_entropy
    return 0.5 * (cross_entropy(scores, wanted) + cross_entropy(scores.T, wanted))


def _encode(student: Student, tokenizer: Tokenizer, texts: Sequence[str]) -> torch.Tensor:
    """Return (n, dimension) vectors, same order as texts; like lengths together, so that little is padding."""
    encoded = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
    order = sorted(range(len(texts)), key=lambda i: len(encoded[i]))
    parts = []
    for first in range(0, len(order), _TOGETHER):
        ids, mask = padded([encoded[i] for i in order[first : first + _TOGETHER]])
        with torch.autocast("cpu", torch.bfloat16):
            parts.append(student(ids, mask))
    return torch.cat(parts)[torch.tensor(order).argsort()]
