import gzip
import hashlib
import json
from pathlib import Path

import pytest

from embeddings.errors import EncoderUnavailableError
from embeddings.lexicon import Lexicon, load_lexicon


def small_lexicon(folder: Path, tables: dict[str, str]) -> Path:
    hashes = {}
    for direction, text in tables.items():
        packed = gzip.compress(text.encode())
        (folder / f"{direction}.tsv.gz").write_bytes(packed)
        hashes[f"{direction}.tsv.gz"] = hashlib.sha256(packed).hexdigest()
    (folder / "manifest.json").write_text(json.dumps({"files": hashes}))
    return folder


def test_translate_gives_the_best_word_first() -> None:
    best, probability = load_lexicon().translate("migración", "es", "en")[0]
    assert best == "migration"
    assert 0 < probability <= 1


@pytest.mark.parametrize(
    ("word", "source", "target", "expected"),
    [("derechos", "es", "pt", "direitos"), ("direitos", "pt", "fr", "droits"), ("women", "en", "fr", "femmes")],
)
def test_translate_covers_every_direction(word: str, source: str, target: str, expected: str) -> None:
    assert expected in [translation for translation, _ in load_lexicon().translate(word, source, target)]


def test_translate_is_the_identity_within_a_language() -> None:
    assert load_lexicon().translate("paz", "es", "es") == (("paz", 1.0),)


def test_translate_of_an_unknown_word_is_empty() -> None:
    assert load_lexicon().translate("qwertzuiop", "es", "pt") == ()


def test_translate_of_an_unknown_language_is_empty() -> None:
    assert load_lexicon().translate("paz", "xx", "en") == ()


def test_translate_returns_at_most_the_limit() -> None:
    assert len(load_lexicon().translate("hambre", "es", "fr", limit=2)) == 2


def test_pivot_adds_up_the_ways_through_english(tmp_path: Path) -> None:
    folder = small_lexicon(tmp_path, {"es-en": "paz\tpeace 0.6\tcalm 0.4\n", "en-pt": "calm\tpaz 0.5\npeace\tpaz 1\n"})
    assert Lexicon(folder).translate("paz", "es", "pt") == (("paz", 0.8),)


def test_a_prefix_is_not_a_word(tmp_path: Path) -> None:
    folder = small_lexicon(tmp_path, {"es-en": "pazo\tmanor 1\n"})
    assert Lexicon(folder).translate("paz", "es", "en") == ()


def test_a_changed_table_is_refused(tmp_path: Path) -> None:
    folder = small_lexicon(tmp_path, {"es-en": "paz\tpeace 1\n"})
    (folder / "es-en.tsv.gz").write_bytes(gzip.compress(b"paz\twar 1\n"))
    with pytest.raises(EncoderUnavailableError, match="manifest"):
        Lexicon(folder).translate("paz", "es", "en")


def test_a_folder_without_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailableError, match="not a lexicon"):
        Lexicon(tmp_path)
