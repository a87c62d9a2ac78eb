import gzip
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("torch")

import numpy as np
import torch
from numpy.typing import NDArray

from embeddings.lexicon import load_lexicon
from embeddings.training.pairs import Pair
from embeddings.training.reader import perturb
from embeddings.training.reader.data import (
    ANSWERED,
    CONTRADICTION,
    ENTAILMENT,
    NEUTRAL,
    NOT_ENTAILED,
    UNANSWERED,
    Example,
    _table,
)
from embeddings.training.reader.mixing import mixed
from embeddings.training.reader.perturb import made_examples
from embeddings.training.reader.relevance import written_examples
from embeddings.training.reader.train import loss
from embeddings.training.written import Written


def rng() -> random.Random:
    return random.Random(7)  # noqa: S311


def test_number_is_changed_and_nothing_else() -> None:
    changed = perturb.change_number("They met 33 times in 2024.", "en", rng())
    assert changed is not None
    words = zip(["They", "met", "33", "times", "in", "2024."], changed.split(), strict=True)
    assert sum(a != b for a, b in words) == 1


@pytest.mark.parametrize(
    ("language", "text", "negated"),
    [
        ("en", "The text is binding.", "The text is not binding."),
        ("es", "El texto es vinculante.", "El texto no es vinculante."),
        ("pt", "O texto é vinculante.", "O texto não é vinculante."),
        ("fr", "Le texte est contraignant.", "Le texte n'est pas contraignant."),
    ],
)
def test_negation_is_put_in_and_taken_out(language: str, text: str, negated: str) -> None:
    assert perturb.change_negation(text, language, rng()) == negated
    assert perturb.change_negation(negated, language, rng()) == text


def test_country_becomes_another_country() -> None:
    changed = perturb.change_name("Delegates from Chile spoke.", "en", rng())
    assert changed is not None
    assert changed.startswith("Delegates from ")
    assert "Chile" not in changed


def test_weaker_verb_becomes_stronger_and_not_the_other_way_round() -> None:
    assert perturb.strengthen("States may act.", "en", rng()) == "States must act."
    assert perturb.strengthen("States shall act.", "en", rng()) is None


def test_made_examples_label_translation_change_and_neighbour() -> None:
    texts = [f"The committee number {n} is at work on all the questions before it." for n in range(30)]
    pairs = [Pair(t, t.replace("The committee", "El comité"), "es", "un_v1_test") for t in texts]
    examples = list(made_examples(pairs, seed=1))
    assert {e.label for e in examples} == {CONTRADICTION, ENTAILMENT, NEUTRAL}
    assert all(e.passage != e.statement for e in examples)
    assert examples == list(made_examples(pairs, seed=1))


def test_mixing_changes_the_languages_and_not_the_label() -> None:
    example = Example("The women work in the city.", "The women sleep.", CONTRADICTION, ("en", "en"), "snli")
    one = mixed(example, load_lexicon(), rng(), share=1.0)
    assert one.label == CONTRADICTION
    assert "en" not in one.languages
    assert one.passage != example.passage


def test_loss_of_two_way_labels_takes_either_other_class() -> None:
    sure_of_neutral = torch.tensor([[-9.0, -9.0, 9.0, 0.0]])
    sure_of_entailment = torch.tensor([[-9.0, 9.0, -9.0, 0.0]])
    label = torch.tensor([NOT_ENTAILED])
    assert float(loss(sure_of_neutral, label)) < 0.01
    assert float(loss(sure_of_entailment, label)) > 10


def test_loss_of_a_question_is_about_its_own_output() -> None:
    sure_it_answers = torch.tensor([[9.0, -9.0, -9.0, 9.0]])
    assert float(loss(sure_it_answers, torch.tensor([ANSWERED]))) < 0.01
    assert float(loss(sure_it_answers, torch.tensor([UNANSWERED]))) > 8


def test_a_question_stands_beside_its_passage_and_the_nearest_that_do_not_answer() -> None:
    passages = ("the road to the sea", "a school for all", "the sea and its fish", "money and banks")
    asked = Written("who pays for the sea", "question", "en", passages[2], (*passages[:2], passages[3]), "A/1")

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        words = sorted({word for text in (*passages, asked.text) for word in text.split()})
        return np.array([[word in text.split() for word in words] for text in texts], dtype=np.float32)

    told = [(e.passage, e.label) for e in written_examples([asked], encode)]
    assert told == [(passages[2], ANSWERED), (passages[0], UNANSWERED), (passages[1], UNANSWERED)]


def test_table_skips_rows_without_a_usable_label(tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("premise,hypothesis,label\nA man.,A person.,entailment\nA man.,A dog.,-\n")
    assert [e.label for e in _table(path, "snli")] == [ENTAILMENT]
