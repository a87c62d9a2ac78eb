"""The student: the teacher's body with a word table in two parts, slow old rows and fast new ones."""

import copy
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel

from embeddings.training.teacher import MAX_TOKENS, pooled


class Student(nn.Module):
    """A BERT body whose word vectors are two tables with sparse gradients.

    Args:
        body: Starts the student; its own word table is not used.
        old: Word vectors of the teacher's pieces that are kept, (n, dimension).
        new: Word vectors of the new pieces, (m, dimension); their ids follow the old ones.
    """

    def __init__(self, body: BertModel, old: torch.Tensor, new: torch.Tensor) -> None:
        super().__init__()
        self.body = body
        self.old = nn.Embedding.from_pretrained(old.clone(), freeze=False, sparse=True)
        self.new = nn.Embedding.from_pretrained(new.clone(), freeze=False, sparse=True)
        self.body.embeddings.word_embeddings = nn.Embedding(1, old.shape[1])

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return (batch, dimension) float32 sentence vectors of unit norm."""
        n_old = self.old.num_embeddings
        old = self.old(ids.clamp(max=n_old - 1))
        new = self.new((ids - n_old).clamp(min=0))
        words = torch.where((ids < n_old).unsqueeze(-1), old, new)
        return pooled(self.body(inputs_embeds=words, attention_mask=mask).last_hidden_state, mask)

    def body_parameters(self) -> list[nn.Parameter]:
        """Return the parameters beside the word vectors."""
        return [p for name, p in self.body.named_parameters() if "word_embeddings" not in name]

    def merged_body(self) -> BertModel:
        """Return a copy as one ordinary BERT body with a single word table."""
        body = copy.deepcopy(self.body)
        table = torch.cat([self.old.weight.data, self.new.weight.data])
        body.embeddings.word_embeddings = nn.Embedding.from_pretrained(table, freeze=False, padding_idx=0)
        body.config.vocab_size = len(table)
        return body


def save_student(body: BertModel, tokenizer: Tokenizer, folder: Path) -> None:
    """Save a merged body and its tokenizer as a transformers folder."""
    body.save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))


def load_student(folder: Path) -> tuple[Tokenizer, BertModel]:
    """Load what `save_student` wrote."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    body = BertModel.from_pretrained(
        folder, local_files_only=True, attn_implementation="eager", add_pooling_layer=False
    )
    return tokenizer, body.eval()
