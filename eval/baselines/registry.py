"""The baselines by name."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Document
from embeddings.encoder import Encoder, packaged_minilm
from eval.baselines.ranker import Ranker
from eval.errors import BaselineError

NAMES = ("tutorial", "bm25", "dense", "haystack", "llamaindex")
"""`tutorial` brings its own encoder, all-MiniLM; the others use the product's."""


def make_ranker(name: str, documents: Sequence[Document], encoder: Encoder) -> Ranker:
    """Make a baseline over documents.

    Args:
        name: One of `NAMES`.
        documents: To search.
        encoder: The product's.

    Raises:
        BaselineError: No such baseline, or its packages are not installed.
    """
    from eval.baselines.bm25 import Bm25
    from eval.baselines.dense import Dense
    from eval.baselines.haystack import Haystack
    from eval.baselines.llamaindex import LlamaIndex
    from eval.baselines.tutorial import Tutorial

    try:
        match name:
            case "tutorial":
                return Tutorial(documents, packaged_minilm())
            case "bm25":
                return Bm25(documents)
            case "dense":
                return Dense(documents, encoder)
            case "haystack":
                return Haystack(documents, encoder)
            case "llamaindex":
                return LlamaIndex(documents, encoder)
    except ImportError as error:
        raise BaselineError(f"baseline {name} needs {error.name}; `pip install --group rivals` brings it") from error
    raise BaselineError(f"no baseline {name!r}; there are {', '.join(NAMES)}")
