"""`GET /v1/models` and `POST /v1/embeddings`: the assistant as a model, and the encoder that finds the paragraphs."""

from __future__ import annotations

import base64
from http import HTTPStatus
from typing import Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, HTTPException
from pydantic import Field

from app.api.openai.conversation import MODEL, Open
from app.api.openapi import OPENAI_ASKING, OPENAI_READING, openai_problems
from app.errors import InputError
from embeddings.encoder import Encoder

ENCODER = f"{MODEL}-encoder"
MAX_TEXTS = 256
MAX_CHARACTERS = 20_000
_Text = Annotated[str, Field(min_length=1, max_length=MAX_CHARACTERS)]


class EmbeddingsBody(Open):
    """Texts to encode."""

    model: str = Field(max_length=200, examples=["celac-qa-encoder"])
    input: _Text | Annotated[list[_Text], Field(min_length=1, max_length=MAX_TEXTS)] = Field(
        examples=["safe, orderly and regular migration"]
    )
    encoding_format: Literal["float", "base64"] = "float"
    dimensions: int | None = None


def models_router(encoder: Encoder) -> APIRouter:
    """Return the routes over one encoder."""
    router = APIRouter(prefix="/v1", tags=["OpenAI"])
    models = {name: {"id": name, "object": "model", "created": 0, "owned_by": MODEL} for name in (MODEL, ENCODER)}

    @router.get("/models", responses=OPENAI_READING)
    def list_models() -> dict[str, Any]:
        """List the models: one that answers, one that encodes."""
        return {"object": "list", "data": list(models.values())}

    @router.get("/models/{model}", responses={**OPENAI_READING, **openai_problems(404)})
    def show_model(model: str) -> dict[str, Any]:
        """Show one model."""
        if model not in models:
            raise _no_model(model)
        return models[model]

    @router.post("/embeddings", responses={**OPENAI_ASKING, **openai_problems(404)})
    def embed(body: EmbeddingsBody) -> dict[str, Any]:
        """Encode texts as unit vectors, in order."""
        if body.model not in {ENCODER, encoder.name}:
            raise _no_model(body.model)
        if body.dimensions not in {None, encoder.dimension}:
            raise InputError(f"the vectors have {encoder.dimension} dimensions; leave `dimensions` out")
        texts = [body.input] if isinstance(body.input, str) else body.input
        vectors = encoder.encode(texts)
        shown = [_shown(vector, body.encoding_format) for vector in vectors]
        words = sum(len(text.split()) for text in texts)
        return {
            "object": "list",
            "model": ENCODER,
            "data": [{"object": "embedding", "index": i, "embedding": vector} for i, vector in enumerate(shown)],
            "usage": {"prompt_tokens": words, "total_tokens": words},
        }

    return router


def _shown(vector: Any, encoding: str) -> list[float] | str:  # noqa: ANN401 - a row of the encoder's array
    if encoding == "base64":
        return base64.b64encode(np.asarray(vector, dtype="<f4").tobytes()).decode()
    return [float(number) for number in vector]


def _no_model(name: str) -> HTTPException:
    return HTTPException(HTTPStatus.NOT_FOUND, f"no model {name!r}; there are {MODEL} and {ENCODER}")
