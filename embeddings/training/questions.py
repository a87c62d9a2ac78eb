"""Questions with the passage that answers them: reading and a split by article."""

import csv
import gzip
import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from embeddings.documents import full_sentences
from embeddings.training.pairs import Pair, clean
from embeddings.training.sources import PARALLEL, QUESTIONS
from embeddings.training.written import is_development as is_held_back
from embeddings.training.written import read_written

SQUAD_FORM = {
    "piaf_fr": ("fr", "piaf_fr/piaf-v1.0.json.gz"),
    "faquad_pt": ("pt", "faquad_pt/data/train.json.gz"),
    "squad_pt_sample": ("pt", "squad_pt_sample/docs/sample-v1.1-pt.json.gz"),
    "squad_es": ("es", "squad_es_dev_small/SQuAD-es-v1.1/dev-v1.1-es_small.json.gz"),
}
DEV_SHARE = 0.2
CLOZE_SENTENCES, CLOZE_SHORTEST = 4, 40


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the passage that answers it."""

    text: str
    passage: str
    article: str
    source: str


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Questions over a pool of passages.

    Attributes:
        name: `<source> <question language>→<passage language>`.
        questions: The questions.
        passages: The pool, distinct.
        relevant: For each question the number of its passage.
    """

    name: str
    questions: Sequence[str]
    passages: Sequence[str]
    relevant: Sequence[int]


def training_questions(folder: Path, *, seed: int) -> list[Question]:
    """Return the questions of the training articles, those of one article in small runs of different passages."""
    rng = random.Random(seed)  # noqa: S311 - an order, not a secret
    by_article: dict[str, list[Question]] = {}
    for source in QUESTIONS:
        for question in read_questions(folder, source):
            if not is_development(question):
                by_article.setdefault(question.source + question.article, []).append(question)
    runs = []
    for questions in by_article.values():
        rng.shuffle(questions)
        runs += [questions[i : i + 4] for i in range(0, len(questions), 4)]
    rng.shuffle(runs)
    return [question for run in runs for question in run]


def cloze_questions(pairs: Sequence[Pair], *, seed: int, size: int) -> list[Question]:
    """Return sentences as questions for the paragraph they were taken from, across languages (Lee et al. 2019).

    Half of the paragraphs keep the sentence, the others have only what stands around it.

    Args:
        pairs: Of one language with English, in the order of their texts.
        seed: Of all choices.
        size: Most questions.
    """
    rng = random.Random(seed)  # noqa: S311 - a sample, not a secret
    running = [pair for pair in pairs if PARALLEL[pair.source].is_running_text]
    found = []
    for first in rng.sample(range(max(0, len(running) - CLOZE_SENTENCES)), min(4 * size, len(running) // 2)):
        group = running[first : first + CLOZE_SENTENCES]
        if len({pair.source for pair in group}) > 1:
            continue
        asked, is_foreign_question = rng.choice(group), rng.random() < 0.5  # noqa: PLR2004
        told = group if rng.random() < 0.5 else [pair for pair in group if pair is not asked]  # noqa: PLR2004
        text = asked.foreign if is_foreign_question else asked.english
        passage = " ".join(pair.english if is_foreign_question else pair.foreign for pair in told)
        if len(text) > CLOZE_SHORTEST:
            found.append(Question(text, passage, f"{asked.source} {first}", f"cloze {asked.language}"))
    return found[:size]


def is_development(question: Question) -> bool:
    """Tell whether a question's article is held back, by the hash of its title."""
    key = hashlib.blake2b(question.article.encode(), digest_size=4).digest()
    return int.from_bytes(key) / 2**32 < DEV_SHARE


def read_questions(folder: Path, source: str) -> Iterator[Question]:
    """Yield the answerable questions of one source."""
    if source == "clapnq_en":
        path = folder / "clapnq/retrieval/train/question_train_answerable.tsv.gz"
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                yield Question(row["question"] + "?", clean(row["answers"]), row["doc-id-list"], source)
        return
    _, name = SQUAD_FORM[source]
    with gzip.open(folder / name, "rt", encoding="utf-8") as file:
        for article in json.load(file)["data"]:
            for paragraph in article["paragraphs"]:
                for question in paragraph["qas"]:
                    passage = clean(paragraph["context"])
                    yield Question(clean(question["question"]), passage, article["title"], source)


def development_sets(folder: Path, *, seed: int, passages: int = 240, questions: int = 500) -> list[RetrievalSet]:
    """Return the development sets: held-back articles, and sets that never train.

    Args:
        folder: The question data; beside it stand the UN documents.
        seed: Of the sampling.
        passages: Most passages of a pool.
        questions: Most questions of a set.
    """
    rng = random.Random(seed)  # noqa: S311 - a sample, not a secret
    everything = {"squad_es": lambda _: True, "piaf_fr": is_development, "squad_pt_sample": is_development}
    sets = []
    for source, is_wanted in everything.items():
        language = SQUAD_FORM[source][0]
        held = [(q.text, q.passage) for q in read_questions(folder, source) if is_wanted(q)]
        sets.append(_retrieval_set(f"{source} {language}→{language}", held, rng, passages, questions))
    clapnq = folder / "clapnq/annotated_data/dev/clapnq_dev_answerable.jsonl.gz"
    with gzip.open(clapnq, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    held = [(row["input"] + "?", clean(row["passages"][0]["text"])) for row in rows]
    sets.append(_retrieval_set("clapnq en→en", held, rng, passages, questions))
    sets += _pira_sets(folder, seed, passages, questions)
    return sets + list(_written_sets(folder.parent, rng, passages, questions))


def _written_sets(data: Path, rng: random.Random, passages: int, questions: int) -> Iterator[RetrievalSet]:
    """Yield the questions written on UN resolutions that are held back, over the English paragraphs of all of them."""
    written = [w for w in read_written(data) if is_held_back(w) and w.kind == "question"]
    pool = sorted({w.passage for w in written})[:passages]
    for language in ("en", "es", "pt", "fr"):
        held = [(w.text, w.passage) for w in written if w.language == language and w.passage in pool]
        yield _retrieval_set(f"written {language}→en", held, rng, passages, questions)


def pira_texts(folder: Path) -> frozenset[str]:
    """Return every text of Pirá's questions and abstracts, sentences of these included, lower case."""
    cells = {clean(cell) for row in _pira_rows(folder) for cell in row.values() if cell}
    return frozenset(text.lower() for cell in cells for text in (cell, *(cell[a:b] for a, b in full_sentences(cell))))


def _pira_rows(folder: Path) -> list[dict[str, str]]:
    rows = []
    for part in ("validation", "test"):
        with gzip.open(folder / f"pira_pt_en/Data/{part}.csv.gz", "rt", encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    return rows


def _pira_sets(folder: Path, seed: int, passages: int, questions: int) -> Iterator[RetrievalSet]:
    rows = _pira_rows(folder)
    texts = {"en": "abstract", "pt": "abstract_translated_pt"}
    for asked in texts:
        for told, column in texts.items():
            held = [(clean(r[f"question_{asked}_origin"]), clean(r[column])) for r in rows if r[column]]
            yield _retrieval_set(f"pira {asked}→{told}", held, random.Random(seed), passages, questions)  # noqa: S311


def _retrieval_set(
    name: str, held: Sequence[tuple[str, str]], rng: random.Random, passages: int, questions: int
) -> RetrievalSet:
    pool = list(dict.fromkeys(passage for _, passage in held))
    pool = rng.sample(pool, min(passages, len(pool)))
    numbers = {passage: i for i, passage in enumerate(pool)}
    asked = [(text, numbers[passage]) for text, passage in held if passage in numbers]
    asked = rng.sample(asked, min(questions, len(asked)))
    return RetrievalSet(name, [text for text, _ in asked], pool, [number for _, number in asked])
