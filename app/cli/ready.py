"""Puts the product together for one command, with progress on standard error."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.bootstrap import Services


def ready_service(*, llm: str | None = None) -> Services:
    """Read the settings and build the services."""
    from app.bootstrap import build
    from app.cli.output import progress
    from app.settings import load_settings

    settings = load_settings(llm=llm)
    with progress("Building the index") as report:
        return build(settings, on_progress=report)


def data_dir() -> Path:
    """Return the folder of the library and the index."""
    from app.settings import load_settings

    return load_settings().data_dir
