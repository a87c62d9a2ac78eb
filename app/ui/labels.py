"""The parts of the page that show words, each with how it is named anew in another language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import gradio as gr

from app.ui.texts import page_texts

Part = TypeVar("Part", bound=gr.blocks.Block)
Naming = Callable[[Mapping[str, str]], Any]


class Labels:
    """Collects the parts while the page is built."""

    def __init__(self) -> None:
        self._namings: list[tuple[gr.blocks.Block, Naming]] = []

    def add(self, part: Part, naming: Naming) -> Part:
        """Remember a part.

        Args:
            part: Of the page.
            naming: From the words of a language to the part's update.

        Returns:
            The part.
        """
        self._namings.append((part, naming))
        return part

    @property
    def parts(self) -> list[gr.blocks.Block]:
        """All parts, in the order of `updates`."""
        return [part for part, _ in self._namings]

    def updates(self, language: str) -> list[Any]:
        """Return an update for every part."""
        words = page_texts(language)
        return [naming(words) for _, naming in self._namings]
