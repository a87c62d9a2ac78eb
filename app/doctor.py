"""Examines an installation: what is there, what is missing and what to do about it."""

from __future__ import annotations

import platform
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from app.errors import AppError
from app.settings import EXTRACTIVE, Settings, describe_settings, load_settings
from corpus.errors import CorpusError
from embeddings.errors import EmbeddingsError


def examine() -> dict[str, Any]:
    """Return checks (name, ok, detail) and settings (name, value, source, meaning)."""
    settings = load_settings()
    checks = [
        _check("python", platform.python_version),
        _check("celac-qa", lambda: version("celac-qa")),
        _check("library", lambda: _library(settings.data_dir)),
        _check("encoder", lambda: _encoder(settings.encoder)),
        _check("index", lambda: _index(settings.data_dir, settings.encoder)),
        _check("language model", lambda: _language_model(settings)),
    ]
    return {"checks": checks, "settings": describe_settings(settings)}


def _check(name: str, examine_part: Callable[[], str]) -> dict[str, Any]:
    try:
        return {"name": name, "ok": True, "detail": examine_part()}
    except (AppError, CorpusError, EmbeddingsError, OSError) as error:
        return {"name": name, "ok": False, "detail": str(error)}


def _library(data_dir: Any) -> str:  # noqa: ANN401 - a path, imported with the library
    from corpus.library import open_library

    library = open_library(data_dir)
    return f"{len(library.documents)} documents, {len(library)} paragraphs, {library.digest}"


def _encoder(choice: str) -> str:
    from embeddings.encoder import open_encoder

    encoder = open_encoder(choice)
    return f"{encoder.name}, {encoder.dimension} dimensions"


def _index(data_dir: Any, choice: str) -> str:  # noqa: ANN401 - a path, imported with the library
    from corpus.library import open_library
    from embeddings.encoder import open_encoder
    from embeddings.index import describe_index

    record = describe_index(open_library(data_dir), open_encoder(choice), data_dir / "index")
    return f"{record['state']} ({record['name']}); it is rebuilt when needed"


def _language_model(settings: Settings) -> str:
    if settings.llm == EXTRACTIVE:
        return "none is set; answers are made of the texts' own words"
    from app.providers import open_model, reach_model

    model = open_model(settings.llm, timeout_s=_PATIENCE_S, max_tokens=settings.llm_max_tokens)
    return f"{settings.llm} ({', '.join(sorted(settings.steps)) or 'no step uses it'}): {reach_model(model)}"


_PATIENCE_S = 5.0
