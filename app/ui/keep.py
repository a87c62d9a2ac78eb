"""The row "Cite and keep" under an answer or a verdict: a format to choose, a text to copy, a file to take along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gradio as gr

from app.ui.keepsake import (
    FORMATS,
    Held,
    Keepsake,
    copy_html,
    format_name,
    held,
    names_of,
    standing,
    take_html,
    text_of,
)
from app.ui.labels import Labels
from app.ui.texts import page_texts

MAX_NAME = 200
MAX_ADDRESS = 2_000
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "always_last"}


class KeepPanel:
    """Builds the row inside a page that is being built, hidden until there is something to keep.

    Attributes:
        parts: What changes with a result, in the order of `updates`.
        form: The format chosen.
    """

    def __init__(self, labels: Labels, language: gr.Radio, *, elem_id: str, stays: bool) -> None:
        """Build it.

        Args:
            labels: Of the page.
            language: Of the page.
            elem_id: Of the row.
            stays: Whether the result above it stays when another language is chosen.
        """
        words = page_texts("en")
        held, file = gr.JSON(visible=False), gr.JSON(visible=False)
        with gr.Accordion(words["keep"], open=False, visible=False, elem_id=elem_id, elem_classes="keep") as panel:
            self.form = gr.Dropdown(label=words["format"], choices=[], filterable=False, elem_classes="format")
            with gr.Row(visible=False) as signing:
                reviewer = gr.Textbox("", label=words["reviewer"], max_length=MAX_NAME)
                published = gr.Textbox("", label=words["published"], max_length=MAX_ADDRESS, placeholder="https://")
            text = gr.HTML(apply_default_css=False)
            take = gr.HTML(apply_default_css=False)
        labels.add(panel, lambda t: gr.update(label=t["keep"]) if stays else gr.update(label=t["keep"], visible=False))
        labels.add(self.form, lambda t: gr.update(label=t["format"]))
        labels.add(reviewer, lambda t: gr.update(label=t["reviewer"]))
        labels.add(published, lambda t: gr.update(label=t["published"]))
        self.parts: list[gr.blocks.Block] = [panel, held, file, reviewer, published, take, self.form, signing, text]
        given = [self.form, held, reviewer, published, language]
        for changed in (self.form.input, reviewer.change, published.change):
            changed(_chosen, given, [signing, text], **_QUIET)
        language.change(_spoken, [file, *given], [take, self.form, signing, text], **_QUIET)


def updates(kept: Keepsake | None, form: str | None, language: str) -> list[Any]:
    """Return the updates that show what can be taken along, in the order of `KeepPanel.parts`.

    Args:
        kept: Of the result; None hides the row.
        form: Format chosen before, which stays chosen where there is that format.
        language: Of the page.
    """
    if kept is None:
        return [gr.update(visible=False), *(gr.skip() for _ in range(8))]
    holding = held(kept)
    names = names_of(holding)
    chosen = form if form in names else next(iter(names), None)
    unsigned = ("", "")  # who stood for one verdict does not stand for the next
    shown = _spoken(kept.file, chosen, holding, *unsigned, language)
    return [gr.update(visible=True), holding, kept.file, *unsigned, *shown]


def own_address(request: gr.Request) -> str:
    """Return the address under which the visitor sees this server."""
    return f"{request.url.scheme}://{request.url.netloc}"


def _spoken(
    file: Mapping[str, str] | None,
    form: str | None,
    holding: Held,
    reviewer: str | None,
    published: str | None,
    language: str,
) -> tuple[Any, ...]:
    """Return the updates of all that has words of the page in it."""
    names = names_of(holding)
    choices = [(format_name(name, language), name) for name in names]
    # Where there is nothing to choose the choices stay, since Gradio refuses what was chosen if it is none of them.
    choice = gr.update(choices=choices, value=form, visible=True) if names else gr.update(visible=False)
    return take_html(language, file) if file else "", choice, *_chosen(form, holding, reviewer, published, language)


def _chosen(
    form: str | None, holding: Held, reviewer: str | None, published: str | None, language: str
) -> tuple[Any, ...]:
    """Return the updates that show the citations in a format."""
    if form not in FORMATS or form not in names_of(holding):
        return gr.update(visible=False), ""
    is_review = form == "review"
    name, address = reviewer or "", published or ""
    text = text_of(form, holding, name, address)
    note = standing(name, address, language) if is_review else ""
    return gr.update(visible=is_review), copy_html(language, form, text, note)
