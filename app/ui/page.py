"""The web page: a chat with its reader, and the checking desk. Gradio is known here and in `mount` alone."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import gradio as gr

from app.errors import AppError
from app.service import MAX_QUESTION, MAX_TEXT, Service
from app.ui.chat import Message, converse
from app.ui.render import claim_html, error_html, quote_html
from app.ui.texts import LANGUAGES, page_texts, preferred_language

EXAMPLES = ("example_1", "example_2", "example_3", "example_4")
_SHOW_FIRST = "() => { window.celacShowFirst && window.celacShowFirst(); }"


class Page:
    """Builds the page and keeps its parts, so that a change of language can name them anew."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self.blocks = gr.Blocks(title="celac-qa", analytics_enabled=False, fill_width=True)
        with self.blocks:
            self._build()

    def _build(self) -> None:
        words = page_texts("en")
        with gr.Row(equal_height=False):
            with gr.Column(scale=4, min_width=300):
                self._masthead = gr.HTML(_masthead("en"), elem_id="masthead", container=False, padding=False)
            self._language = gr.Dropdown(
                choices=[(page_texts(code)["language"], code) for code in LANGUAGES],
                value="en",
                label=words["interface_language"],
                scale=1,
                min_width=190,
                container=False,
                interactive=True,
                elem_id="language",
            )
        with gr.Tabs():
            with gr.Tab(words["ask_tab"], id="ask") as self._ask_tab:
                self._build_chat(words)
            with gr.Tab(words["check_tab"], id="check") as self._check_tab:
                self._build_check(words)
        self._footer = gr.HTML(_footer("en"), elem_id="footer", container=False, padding=False)
        outputs = self._translated()
        self._language.change(_words_in, self._language, outputs, show_progress="hidden", api_visibility="private")
        self.blocks.load(
            _first_words, None, [self._language, *outputs], show_progress="hidden", api_visibility="private"
        )

    def _build_chat(self, words: Any) -> None:  # noqa: ANN401 - a mapping of texts
        with gr.Row(equal_height=False):
            with gr.Column(scale=3, min_width=320):
                self._chat = gr.Chatbot(
                    label=words["conversation"],
                    height=500,
                    buttons=[],
                    feedback_options=None,
                    latex_delimiters=[],
                    group_consecutive_messages=False,
                    elem_id="conversation",
                )
                with gr.Row(equal_height=True):
                    self._question = gr.Textbox(
                        label=words["question"],
                        placeholder=words["question_hint"],
                        lines=1,
                        max_lines=6,
                        max_length=MAX_QUESTION,
                        scale=5,
                        min_width=260,
                        elem_id="question",
                        autofocus=True,
                    )
                    self._send = gr.Button(words["send"], variant="primary", scale=1, min_width=90, elem_id="send")
                with gr.Column(elem_id="examples"):
                    self._examples_title = gr.HTML(
                        f"<p>{escape(words['examples'])}</p>", container=False, padding=False
                    )
                    with gr.Row():
                        self._examples = [
                            gr.Button(words[key], size="sm", variant="secondary", min_width=240) for key in EXAMPLES
                        ]
                self._clear = gr.Button(words["clear"], size="sm", variant="secondary", elem_id="clear")
            with gr.Column(scale=2, min_width=320):
                self._reader = gr.HTML(_reader("en"), container=False, padding=False, elem_id="reader-column")
        self._wire_chat()

    def _wire_chat(self) -> None:
        inputs = [self._question, self._chat, self._language]
        outputs = [self._chat, self._question]
        for trigger in (self._question.submit, self._send.click):
            trigger(self._answer, inputs, outputs, show_progress="hidden", api_visibility="private").then(
                None, js=_SHOW_FIRST
            )
        for button in self._examples:
            button.click(
                self._answer,
                [button, self._chat, self._language],
                outputs,
                show_progress="hidden",
                api_visibility="private",
            ).then(None, js=_SHOW_FIRST)
        self._clear.click(
            lambda language: ([], "", _reader(language)),
            self._language,
            [self._chat, self._question, self._reader],
            show_progress="hidden",
            api_visibility="private",
        )

    def _build_check(self, words: Any) -> None:  # noqa: ANN401 - a mapping of texts
        self._what = gr.Radio(
            choices=[(words["check_quote"], "quote"), (words["check_claim"], "claim")],
            value="quote",
            label=words["check_what"],
        )
        self._pasted = gr.Textbox(
            label=words["check_input"], placeholder=words["check_hint"], lines=4, max_length=MAX_TEXT, elem_id="pasted"
        )
        self._check = gr.Button(words["check_send"], variant="primary", elem_id="check")
        self._result = gr.HTML(elem_id="result", container=False)
        self._check.click(
            self._judge,
            [self._what, self._pasted, self._language],
            self._result,
            show_progress="minimal",
            api_visibility="private",
        )

    def _answer(self, question: str, messages: list[Message], language: str) -> Iterator[tuple[list[Message], str]]:
        if not question.strip():
            yield messages, ""
            return
        for shown in converse(self._service, question, messages, language):
            yield shown, ""

    def _judge(self, what: str, pasted: str, language: str) -> str:
        try:
            if what == "claim":
                return claim_html(self._service.check_claim(pasted), language)
            return quote_html(self._service.check_quote(pasted), language)
        except AppError as error:
            return error_html(str(error), language)

    def _translated(self) -> list[Any]:
        return [
            self._masthead,
            self._ask_tab,
            self._check_tab,
            self._chat,
            self._question,
            self._send,
            self._clear,
            self._examples_title,
            *self._examples,
            self._reader,
            self._what,
            self._pasted,
            self._check,
            self._footer,
        ]


def build_page(service: Service) -> gr.Blocks:
    """Return the page over one service."""
    return Page(service).blocks


def _words_in(language: str) -> list[Any]:
    """Return an update for every part that shows words, in the order of `Page._translated`."""
    words = page_texts(language)
    return [
        _masthead(language),
        gr.update(label=words["ask_tab"]),
        gr.update(label=words["check_tab"]),
        gr.update(label=words["conversation"]),
        gr.update(label=words["question"], placeholder=words["question_hint"]),
        words["send"],
        words["clear"],
        f"<p>{escape(words['examples'])}</p>",
        *(words[key] for key in EXAMPLES),
        _reader(language),
        gr.update(
            label=words["check_what"], choices=[(words["check_quote"], "quote"), (words["check_claim"], "claim")]
        ),
        gr.update(label=words["check_input"], placeholder=words["check_hint"]),
        words["check_send"],
        _footer(language),
    ]


def _first_words(request: gr.Request) -> list[Any]:
    """Return the page in the browser's language."""
    language = preferred_language(request.headers.get("accept-language", ""))
    return [language, *_words_in(language)]


def _masthead(language: str) -> str:
    words = page_texts(language)
    return (
        f'<div lang="{language}"><a class="skip" href="#question">{escape(words["skip"])}</a>'
        f"<h1>{escape(words['title'])}</h1><p>{escape(words['lead'])} "
        f'<a href="/documents">{escape(words["documents"])}</a></p></div>'
    )


def _reader(language: str) -> str:
    words = page_texts(language)
    return (
        f'<section id="reader" lang="{language}" tabindex="-1" aria-live="polite"'
        f' aria-label="{escape(words["reader"])}">'
        f'<p class="empty">{escape(words["reader_empty"])}</p></section>'
    )


def _footer(language: str) -> str:
    return f'<p lang="{language}">{escape(page_texts(language)["footer"])}</p>'
