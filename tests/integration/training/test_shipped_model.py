"""The encoder that is shipped, as it is served."""

import json
from functools import cache

import numpy as np
import pytest

from embeddings.encoder import DEFAULT_MODEL, OnnxEncoder

MEGABYTE = 1_000_000
SENTENCES = {
    "en": [
        "Migration must be safe, orderly and regular.",
        "Women's work should be paid equally.",
        "The sea is rising.",
    ],
    "es": [
        "La migración debe ser segura, ordenada y regular.",
        "El trabajo de las mujeres debe pagarse por igual.",
        "El mar está subiendo.",
    ],
    "pt": [
        "A migração deve ser segura, ordenada e regular.",
        "O trabalho das mulheres deve ser pago igualmente.",
        "O mar está subindo.",
    ],
    "fr": [
        "La migration doit être sûre, ordonnée et régulière.",
        "Le travail des femmes doit être payé également.",
        "La mer monte.",
    ],
}


@cache
def shipped() -> OnnxEncoder:
    return OnnxEncoder(DEFAULT_MODEL)


@pytest.mark.parametrize("source", SENTENCES)
@pytest.mark.parametrize("target", SENTENCES)
def test_a_translation_is_nearest_in_every_direction(source: str, target: str) -> None:
    scores = shipped().encode(SENTENCES[source]) @ shipped().encode(SENTENCES[target]).T
    assert np.argmax(scores, axis=1).tolist() == [0, 1, 2]


def test_vectors_have_unit_norm_and_do_not_depend_on_the_batch() -> None:
    texts = [text for sentences in SENTENCES.values() for text in sentences]
    together = shipped().encode(texts)
    alone = np.concatenate([shipped().encode([text]) for text in texts])
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert ((together * alone).sum(axis=1) > 0.9999).all()


def test_a_long_text_is_read_to_its_256th_piece() -> None:
    start = "The heads of state met and adopted the agenda of the meeting. " * 12
    plain, with_end = shipped().encode([start, start + "They condemned the trafficking of children."])
    assert plain @ with_end < 0.999


def test_capitals_and_accents_make_no_difference() -> None:
    one, other = shipped().encode(["MIGRACIÓN Y EDUCACIÓN", "migracion y educacion"])
    assert one @ other > 0.9999


def test_the_files_are_small_enough_and_say_what_they_are() -> None:
    manifest = json.loads((DEFAULT_MODEL / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["max_tokens"] == 256
    assert manifest["metrics"]
    assert all((DEFAULT_MODEL / name).stat().st_size <= 65 * MEGABYTE for name in manifest["files"])
