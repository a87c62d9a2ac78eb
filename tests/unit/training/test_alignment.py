import numpy as np

from embeddings.training.alignment import align, words

SENTENCES = [
    ("the house", "la casa"),
    ("the book", "el libro"),
    ("a house", "una casa"),
    ("a green book", "un libro verde"),
    ("the green house", "la casa verde"),
    ("my book", "mi libro"),
]


def test_words_keep_accents_and_drop_digits() -> None:
    assert words("L'Été 2024: «Señor»") == ["l", "été", "señor"]


def test_align_links_words_that_meet_again_and_again() -> None:
    alignment = align(SENTENCES)
    column = alignment.counts.toarray()[:, alignment.foreign.index("casa")]
    assert alignment.english[int(np.argmax(column))] == "house"


def test_align_counts_at_most_one_link_a_token() -> None:
    alignment = align(SENTENCES)
    assert alignment.counts.sum() <= sum(len(words(foreign)) for _, foreign in SENTENCES)


def test_align_leaves_out_overlong_sentences() -> None:
    assert "muy" not in align([*SENTENCES, ("very " * 41, "muy " * 41)]).foreign
