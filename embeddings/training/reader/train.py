"""Trains the reader of evidence, a cross-encoder started from the encoder's weights, with two heads in one.

Over (passage, statement) it tells contradiction, entailment or neutral; over (passage, question) whether it answers.
"""

import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import BertConfig, BertForSequenceClassification

from embeddings.lexicon import Lexicon
from embeddings.training.distil import schedule
from embeddings.training.reader.data import ANSWERED, ENTAILMENT, NOT_ENTAILED, Example
from embeddings.training.reader.mixing import mixed
from embeddings.training.student import load_student

LABELS = ("contradiction", "entailment", "neutral")
OUTPUTS = (*LABELS, "answers")
MAX_PIECES = 256


@dataclass(frozen=True, slots=True)
class ReaderRecipe:
    """The knobs of the training.

    Attributes:
        minutes: Budget of time.
        passes: Budget of passes over the examples.
        batch_pieces: Word pieces of a batch.
        lr: Peak learning rate of the body.
        lr_head: Of the classifier and the pooler, which start from nothing.
        lr_words: Of the word vectors.
        seed: Of order and mixing.
    """

    minutes: float
    passes: float = 3.0
    batch_pieces: int = 2304
    lr: float = 1e-4
    lr_head: float = 5e-4
    lr_words: float = 2e-4
    seed: int = 7


def open_reader(student: Path) -> tuple[Tokenizer, BertForSequenceClassification]:
    """Return a tokenizer for pairs and a cross-encoder with the student's body and an untrained head."""
    tokenizer, body = load_student(student)
    tokenizer.enable_truncation(MAX_PIECES, strategy="longest_first")
    config = BertConfig.from_dict(body.config.to_dict() | {"num_labels": len(OUTPUTS)})
    config.id2label = dict(enumerate(OUTPUTS))
    config.label2id = {label: number for number, label in enumerate(OUTPUTS)}
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.05
    config._attn_implementation = "eager"  # noqa: SLF001 - the fastest in bfloat16 on a CPU, and set no other way
    model = BertForSequenceClassification(config)
    missing = model.bert.load_state_dict(body.state_dict(), strict=False)
    if any("pooler" not in name for name in missing.missing_keys):
        raise ValueError(f"{student} lacks {missing.missing_keys}")
    return tokenizer, model


def train_reader(
    model: BertForSequenceClassification,
    tokenizer: Tokenizer,
    examples: Sequence[Example],
    recipe: ReaderRecipe,
    folder: Path,
    *,
    lexicon: Lexicon | None = None,
) -> list[float]:
    """Train until the budget is spent; save the model as a transformers folder that `CrossEncoder` opens.

    Args:
        model: Changed in place.
        tokenizer: For pairs, truncating.
        examples: In any order.
        recipe: The knobs.
        folder: For the result and the log.
        lexicon: Mixes languages into English examples; without one they stay English.

    Returns:
        The loss of each step.
    """
    folder.mkdir(parents=True, exist_ok=True)
    optimizer = torch.optim.AdamW(_groups(model, recipe), weight_decay=0.01, fused=True)
    peaks = [group["lr"] for group in optimizer.param_groups]
    history: list[float] = []
    started = time.monotonic()
    model.train()
    for done, batch in _batches(examples, tokenizer, recipe, lexicon):
        share = max(done / (recipe.passes * len(examples)), (time.monotonic() - started) / 60 / recipe.minutes)
        if share >= 1:
            break
        for group, peak in zip(optimizer.param_groups, peaks, strict=True):
            group["lr"] = peak * schedule(share, 0.06)
        ids, types, mask, labels = batch
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(input_ids=ids, token_type_ids=types, attention_mask=mask).logits
        value = loss(logits.float(), labels)
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        history.append(float(value.detach()))
        if len(history) % 100 == 0:
            line = json.dumps({"step": len(history), "share": round(share, 4), "loss": float(np.mean(history[-100:]))})
            print(line, flush=True)
    model.eval()
    model.save_pretrained(folder / "reader")
    tokenizer.save(str(folder / "reader" / "tokenizer.json"))
    return history


def loss(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Return the mean cross-entropy; of "not entailed", that of contradiction and neutral together.

    Args:
        logits: (n, 4), in the order of `OUTPUTS`.
        labels: (n,), as `Example` has them.
    """
    log_p = torch.log_softmax(logits[:, : len(LABELS)], dim=-1)
    two_way, is_question = labels == NOT_ENTAILED, labels >= ANSWERED
    picked = log_p.gather(1, labels.masked_fill(two_way | is_question, 0)[:, None])[:, 0]
    others = torch.logsumexp(log_p[:, [i for i in range(len(LABELS)) if i != ENTAILMENT]], dim=-1)
    told = torch.where(two_way, others, picked)
    sign = torch.where(labels == ANSWERED, 1.0, -1.0)
    answered = torch.nn.functional.logsigmoid(sign * logits[:, len(LABELS)])
    return -torch.where(is_question, answered, told).mean()


def predict(
    model: BertForSequenceClassification, tokenizer: Tokenizer, examples: Sequence[Example]
) -> NDArray[np.float32]:
    """Return (n, 4) float32 logits in the order of `OUTPUTS`, same order as examples."""
    rows = np.zeros((len(examples), len(OUTPUTS)), dtype=np.float32)
    encoded = tokenizer.encode_batch([(e.passage, e.statement) for e in examples])
    order = sorted(range(len(examples)), key=lambda i: len(encoded[i].ids))
    for first in range(0, len(order), 32):
        part = order[first : first + 32]
        ids, types, mask = _padded([encoded[i] for i in part])
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            rows[part] = model(input_ids=ids, token_type_ids=types, attention_mask=mask).logits.float().numpy()
    return rows


Tensors = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]


def _groups(model: BertForSequenceClassification, recipe: ReaderRecipe) -> list[dict[str, object]]:
    words = list(model.bert.embeddings.word_embeddings.parameters())
    head = [p for name, p in model.named_parameters() if ".pooler." in name or name.startswith("classifier")]
    apart = {id(p) for p in (*words, *head)}
    body = [p for p in model.parameters() if id(p) not in apart]
    return [
        {"params": body, "lr": recipe.lr},
        {"params": head, "lr": recipe.lr_head},
        {"params": words, "lr": recipe.lr_words, "weight_decay": 0.0},
    ]


def _batches(
    examples: Sequence[Example], tokenizer: Tokenizer, recipe: ReaderRecipe, lexicon: Lexicon | None
) -> Iterator[tuple[int, Tensors]]:
    """Yield the number of examples seen before, and a batch of like lengths; for ever."""
    rng = random.Random(recipe.seed)  # noqa: S311 - an order, not a secret
    done, pool_size = 0, 2048
    while True:
        order = rng.sample(list(examples), len(examples))
        for first in range(0, len(order), pool_size):
            pool = order[first : first + pool_size]
            if lexicon:
                pool = [mixed(example, lexicon, rng) for example in pool]
            encoded = tokenizer.encode_batch([(e.passage, e.statement) for e in pool])
            rows = sorted(range(len(pool)), key=lambda i: len(encoded[i].ids))
            groups = list(_like_lengths(rows, [len(e.ids) for e in encoded], recipe.batch_pieces))
            rng.shuffle(groups)
            for group in groups:
                labels = torch.tensor([pool[i].label for i in group])
                yield done, (*_padded([encoded[i] for i in group]), labels)
                done += len(group)


def _like_lengths(rows: Sequence[int], lengths: Sequence[int], limit: int) -> Iterator[list[int]]:
    group: list[int] = []
    for row in rows:
        if group and lengths[row] * (len(group) + 1) > limit:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _padded(encoded: Sequence[object]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    longest = max(len(e.ids) for e in encoded)  # type: ignore[attr-defined]
    ids, types, mask = (torch.zeros(len(encoded), longest, dtype=torch.long) for _ in range(3))
    for row, one in enumerate(encoded):
        size = len(one.ids)  # type: ignore[attr-defined]
        ids[row, :size] = torch.tensor(one.ids)  # type: ignore[attr-defined]
        types[row, :size] = torch.tensor(one.type_ids)  # type: ignore[attr-defined]
        mask[row, :size] = 1
    return ids, types, mask
