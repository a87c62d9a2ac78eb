"""The steps from parallel texts to a shipped folder, each leaving its result in a work folder so that a run can go on.

`lexicon/` the word translations, `init/` the student before training, `distilled/` and `retrieval/` the runs,
`model/` the export.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import BertModel

from embeddings.training import vocabulary
from embeddings.training.distil import Recipe, batches, distil
from embeddings.training.evaluate import translation_accuracy
from embeddings.training.export import export
from embeddings.training.lexicon import align_language, write_lexicon
from embeddings.training.noise import sometimes_hurried
from embeddings.training.pairs import Pair, is_development, read_pairs
from embeddings.training.plan import training_examples
from embeddings.training.questions import Question, cloze_questions, pira_texts, training_questions
from embeddings.training.retrieval import RetrievalRecipe, tune
from embeddings.training.sources import LANGUAGES
from embeddings.training.student import Student, load_student, save_student
from embeddings.training.teacher import TeacherVectors, load_body, padded, pooled, teacher_folder
from embeddings.training.written import in_groups, read_written
from embeddings.training.written import is_development as is_written_development

ANSWERED = frozenset({"question", "supported"})
"""Kinds of written sentences that a paragraph is found by."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a run is.

    Attributes:
        new_pieces: Most word pieces added to the vocabulary.
        distil: Recipe of the distillation.
        retrieval: Recipe of the retrieval stage; without it the stage is left out.
        examples: Most examples of a pass.
    """

    new_pieces: int
    distil: Recipe
    retrieval: RetrievalRecipe | None = None
    examples: int | None = None


SMALL = Size(
    new_pieces=1000,
    distil=Recipe(pieces=150_000, minutes=3, batch_pieces=1024, batches_per_step=1, log_steps=20),
    examples=20_000,
)
FULL = Size(
    new_pieces=25_500,
    distil=Recipe(pieces=20_000_000, minutes=600),
    retrieval=RetrievalRecipe(minutes=60),
)


def run(data: Path, work: Path, size: Size, *, seed: int = 7) -> list[float]:
    """Run every step that has not left its result yet.

    Args:
        data: Holds `parallel/` and `dict/`, and `qa/` for the retrieval stage.
        work: For all that is written.
        size: How large.
        seed: Of every sampling.

    Returns:
        The distillation's loss between the lines of its log; empty where it was done before.
    """
    held_back = pira_texts(data / "qa") if (data / "qa").is_dir() else frozenset()
    examples = training_examples(data / "parallel", seed=seed, held_back=held_back)[: size.examples]
    if not (work / "init" / "old_rows.json").exists():
        prepare(data, work, examples, size.new_pieces)
    texts = list(dict.fromkeys(pair.english for pair in examples))
    teacher = TeacherVectors(texts, work / "teacher.npy")
    history: list[float] = []
    final = work / "distilled"
    tokenizer, student = open_student(work / "init", n_old=_old_rows(work))
    if not (final / "student").exists():
        stream = batches(examples, teacher, tokenizer, size.distil)
        monitor = Monitor(data / "parallel", tokenizer)
        history = distil(student, tokenizer, stream, teacher, size.distil, final, monitor=monitor)
    if size.retrieval:
        _, student = open_student(final / "student", n_old=_old_rows(work))
        anchors = batches(examples, teacher, tokenizer, size.distil)
        questions = retrieval_questions(data, seed=seed)
        final = work / "retrieval"
        tune(student, tokenizer, questions, anchors, teacher, size.retrieval, final)
    export(load_student(final / "student")[1], tokenizer, work / "model", metrics={})
    return history


def retrieval_questions(data: Path, *, seed: int, cloze: int = 1_500) -> list[Question]:
    """Return what the retrieval stage sees: questions of readers, those written, and sentences asked across languages.

    Args:
        data: Holds `qa/`, `un/` and `parallel/`.
        seed: Of every sampling.
        cloze: Number of sentences of each language.
    """
    rng = random.Random(seed)  # noqa: S311 - an order, not a secret
    questions = training_questions(data / "qa", seed=seed)
    written = [w for w in read_written(data) if w.kind in ANSWERED and not is_written_development(w)]
    told = [Question(w.text, w.passage, w.document, f"written {w.language}") for w in in_groups(written, rng)]
    asked = []
    for language in LANGUAGES:
        pairs = [pair for pair in read_pairs(data / "parallel", language) if not is_development(pair)]
        asked += cloze_questions(pairs, seed=seed, size=cloze)
    groups = (questions, told, rng.sample(asked, len(asked)))
    blocks = [group[i : i + 16] for group in groups for i in range(0, len(group), 16)]
    return [
        replace(question, text=sometimes_hurried(question.text, rng))
        for block in rng.sample(blocks, len(blocks))
        for question in block
    ]


def prepare(data: Path, work: Path, examples: Sequence[Pair], n_pieces: int) -> None:
    """Write the lexicon and the student before training: its vocabulary and its first word vectors."""
    alignments = {language: align_language(data, language) for language in LANGUAGES}
    write_lexicon(alignments, work / "lexicon")
    old = Tokenizer.from_file(str(teacher_folder() / "tokenizer.json"))
    old.no_padding()
    old.no_truncation()
    foreign = {code: vocabulary.count_words(p.foreign for p in examples if p.language == code) for code in LANGUAGES}
    english = vocabulary.count_words({pair.english for pair in examples})
    pieces = vocabulary.new_pieces(foreign, english, _latin(old), size=n_pieces)
    tokenizer, kept = vocabulary.extended_tokenizer(old, pieces)
    _, body = load_body(teacher_folder())
    rows = body.embeddings.word_embeddings.weight.detach().numpy()
    new = vocabulary.initial_rows(pieces, old, rows, alignments.values())
    student = Student(body, torch.from_numpy(rows[kept]), torch.from_numpy(new))
    save_student(student.merged_body(), tokenizer, work / "init")
    (work / "init" / "old_rows.json").write_text(json.dumps(len(kept)), encoding="utf-8")


def open_student(folder: Path, *, n_old: int) -> tuple[Tokenizer, Student]:
    """Open a saved student for training, its first `n_old` word vectors those of the teacher's pieces."""
    tokenizer, body = load_student(folder)
    for module in body.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    table = body.embeddings.word_embeddings.weight.detach()
    return tokenizer, Student(body, table[:n_old], table[n_old:])


class Monitor:
    """Measures a student in training: how often the translation of a held-back sentence is found.

    Args:
        folder: The parallel data.
        tokenizer: The student's.
        size: Pairs of each language.
    """

    def __init__(self, folder: Path, tokenizer: Tokenizer, *, size: int = 200) -> None:
        self._tokenizer = tokenizer
        self._pairs = {code: list(islice(_held_back(folder, code), size)) for code in LANGUAGES}

    def __call__(self, student: Student) -> Mapping[str, float]:
        """Return the accuracy of each language with English."""
        return {
            code: translation_accuracy(
                self._encode(student, [pair.foreign for pair in pairs]),
                self._encode(student, [pair.english for pair in pairs]),
            )
            for code, pairs in self._pairs.items()
            if pairs
        }

    def _encode(self, student: Student, texts: Sequence[str]) -> NDArray[np.float32]:
        parts = []
        for first in range(0, len(texts), 32):
            ids, mask = padded([e.ids for e in self._tokenizer.encode_batch(texts[first : first + 32])])
            with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
                parts.append(student(ids, mask).numpy())
        return np.concatenate(parts)


def torch_vectors(body: BertModel, tokenizer: Tokenizer, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the vectors of a saved student in float32, to compare an export with."""
    ids, mask = padded([encoding.ids for encoding in tokenizer.encode_batch(list(texts))])
    with torch.inference_mode():
        vectors = pooled(body(input_ids=ids, attention_mask=mask).last_hidden_state, mask)
    result: NDArray[np.float32] = vectors.numpy()
    return result


def _held_back(folder: Path, language: str) -> Iterator[Pair]:
    return (pair for pair in read_pairs(folder, language) if is_development(pair))


def _latin(tokenizer: Tokenizer) -> dict[str, int]:
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    return {piece: row for piece, row in pieces if vocabulary.is_latin_piece(piece)}


def _old_rows(work: Path) -> int:
    return int(json.loads((work / "init" / "old_rows.json").read_text(encoding="utf-8")))
