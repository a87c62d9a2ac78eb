"""A folder of a shipped model: `manifest.json`, `model.onnx`, `tokenizer.json`, hashes checked, run by onnxruntime."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from embeddings.errors import EncoderUnavailableError

MODELS = Path(__file__).parent / "models"


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a model folder.

    Raises:
        EncoderUnavailableError: A file is missing or not the one the manifest names.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        for name, sha256 in manifest["files"].items():
            if file_digest(folder / name) != sha256:
                raise EncoderUnavailableError(f"{folder / name} is not the file its manifest names; restore it")
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise EncoderUnavailableError(f"{folder} is not a model folder: {error}") from error
    return manifest


def open_tokenizer(folder: Path, max_tokens: int) -> Any:  # noqa: ANN401 - a tokenizers.Tokenizer
    """Open a tokenizer that cuts at `max_tokens` and pads to the longest of a batch."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(max_tokens)
    tokenizer.enable_padding()
    return tokenizer


def open_session(folder: Path, threads: int = 0) -> Any:  # noqa: ANN401 - an onnxruntime.InferenceSession
    """Open the graph on the CPU; 0 threads is one a core."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads or (os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
