"""The web page: its frame and its languages. What is asked and checked is in `ask` and `check`."""

from __future__ import annotations

from typing import Any

import gradio as gr

from app.service import Service
from app.ui.ask import AskPanel
from app.ui.check import CheckPanel
from app.ui.labels import Labels
from app.ui.render import footer_html, links_html, masthead_html
from app.ui.texts import LANGUAGES, page_texts, preferred_language

_STORED = "() => [window.celac ? window.celac.storedLanguage() : '']"
_REMEMBER = "(language) => { window.celac && window.celac.speak(language); }"


def build_page(service: Service, *, model: str | None = None, can_add: bool = False) -> gr.Blocks:
    """Return the page.

    Args:
        service: Answers and checks.
        model: Language model that drafts the answers; None where none does.
        can_add: Whether visitors may add texts.
    """
    labels = Labels()
    blocks = gr.Blocks(title="celac-qa", analytics_enabled=False, fill_width=True)
    with blocks:
        with gr.Row(elem_id="top"):
            masthead = gr.HTML(masthead_html("en"), elem_id="masthead", apply_default_css=False)
            labels.add(masthead, lambda t: masthead_html(t["code"]))
            with gr.Column(elem_id="aside", scale=0):
                language = _language_switch(labels)
                links = gr.HTML(links_html("en", can_add=can_add), elem_id="links", apply_default_css=False)
                labels.add(links, lambda t: links_html(t["code"], can_add=can_add))
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(page_texts("en")["ask_tab"], id="ask") as ask_tab:
                AskPanel(service, labels, language)
            with gr.Tab(page_texts("en")["check_tab"], id="check") as check_tab:
                CheckPanel(service, labels, language)
        labels.add(ask_tab, lambda t: gr.update(label=t["ask_tab"]))
        labels.add(check_tab, lambda t: gr.update(label=t["check_tab"]))
        footer = gr.HTML(footer_html("en", model), elem_id="footer", apply_default_css=False)
        labels.add(footer, lambda t: footer_html(t["code"], model))
        _wire_languages(blocks, labels, language)
    return blocks


def _language_switch(labels: Labels) -> gr.Radio:
    switch = gr.Radio(
        choices=[(page_texts(code)["language"], code) for code in LANGUAGES],
        value="en",
        label=page_texts("en")["interface_language"],
        container=False,
        elem_id="language",
    )
    return labels.add(switch, lambda t: gr.update(label=t["interface_language"]))


def _wire_languages(blocks: gr.Blocks, labels: Labels, language: gr.Radio) -> None:
    """Name everything anew when another language is chosen, and at the start in the visitor's."""
    stored = gr.Textbox(visible=False)

    def first_words(chosen: str, request: gr.Request) -> list[Any]:
        code = chosen if chosen in LANGUAGES else preferred_language(request.headers.get("accept-language", ""))
        return [code, *labels.updates(code)]

    def remember(event: gr.events.Dependency) -> None:
        event.then(None, language, js=_REMEMBER, api_visibility="private")

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    remember(language.input(labels.updates, language, labels.parts, **quiet))
    remember(blocks.load(first_words, stored, [language, *labels.parts], js=_STORED, **quiet))
