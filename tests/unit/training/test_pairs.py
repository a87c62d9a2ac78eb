import gzip
from pathlib import Path

import pytest

from embeddings.training.pairs import Pair, clean, is_development, is_plausible, read_pairs
from embeddings.training.plan import training_examples
from embeddings.training.sources import PARALLEL


def pair(english: str, foreign: str, source: str = "tatoeba_opusmt_test") -> Pair:
    return Pair(english, foreign, "es", source)


def write(folder: Path, source: str, lines: list[str]) -> None:
    path = folder / "en-es" / f"{source}.tsv.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("\n".join(lines).encode()))


def test_clean_composes_and_joins_punctuation() -> None:
    assert clean("Cafe\u0301  solo .") == "Café solo."


@pytest.mark.parametrize(
    ("english", "foreign", "expected"),
    [
        ("Peace.", "Paz.", True),
        ("", "Paz.", False),
        ("not translated", "not translated", False),
        ("No.", "x" * 90, False),
    ],
)
def test_is_plausible_wants_a_translation_of_like_length(english: str, foreign: str, *, expected: bool) -> None:
    assert is_plausible(pair(english, foreign)) is expected


def test_the_same_english_text_is_held_back_in_every_spelling_and_language() -> None:
    texts = [f"Sentence number {i}." for i in range(500)]
    held = {text for text in texts if is_development(pair(text, "x"))}
    assert 0 < len(held) < 50
    assert all(is_development(Pair(text.upper(), "y", "pt", "anki_manythings")) for text in held)


def test_sources_that_are_not_for_development_train_whole() -> None:
    assert not any(is_development(pair(f"Sentence {i}.", "x", "tico19")) for i in range(200))


def test_read_pairs_leaves_out_sources_without_a_licence_entry(tmp_path: Path) -> None:
    write(tmp_path, "tico19", ["Peace.\tPaz."])
    write(tmp_path, "unlisted", ["War.\tGuerra."])
    assert [p.english for p in read_pairs(tmp_path, "es")] == ["Peace."]


def test_read_pairs_drops_repetitions(tmp_path: Path) -> None:
    write(tmp_path, "tico19", ["Peace.\tPaz.", "peace.\tpaz.", "Peace.\tLa paz."])
    assert len(list(read_pairs(tmp_path, "es"))) == 2


def test_training_examples_hold_no_development_pair(tmp_path: Path) -> None:
    write(tmp_path, "tatoeba_opusmt_test", [f"Sentence number {i}.\tFrase número {i}." for i in range(400)])
    assert not any(is_development(p) for p in training_examples(tmp_path, seed=1))


def test_training_examples_join_running_text_into_long_inputs(tmp_path: Path) -> None:
    lines = [f"{'word ' * 12}{i}.\t{'palabra ' * 12}{i}." for i in range(3000)]
    write(tmp_path, "europarl_v7_subset_cs124", lines)
    longest = max(training_examples(tmp_path, seed=1), key=lambda p: len(p.english))
    assert len(longest.english) > 350
    assert longest.english.count(".") == longest.foreign.count(".")


def test_no_source_has_a_non_commercial_or_gpl_licence() -> None:
    assert not any("NC" in source.licence or "GPL" in source.licence for source in PARALLEL.values())
