"""The page's first tab: a conversation about the texts, and beside it the reader of the paragraphs it cites."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

import gradio as gr

from app.service import MAX_QUESTION, Service
from app.ui.chat import Message, converse, turns
from app.ui.keep import KeepPanel, own_address, updates
from app.ui.keepsake import keepsake
from app.ui.labels import Labels
from app.ui.render import examples_html, reader_html
from app.ui.texts import page_texts

EXAMPLES = ("example_1", "example_2", "example_3", "example_4")
_SHOW_FIRST = "() => { window.celac && window.celac.showFirst(); }"
_CLOSE = "() => { window.celac && window.celac.close(); }"


class AskPanel:
    """Builds the tab inside a page that is being built."""

    def __init__(self, service: Service, labels: Labels, language: gr.Radio) -> None:
        self._service = service
        self._labels = labels
        self._language = language
        with gr.Column(elem_id="ask-desk", elem_classes="desk"):
            self._chat = gr.Chatbot(
                show_label=False,
                height="auto",
                buttons=[],
                feedback_options=None,
                latex_delimiters=[],
                group_consecutive_messages=False,
                autoscroll=False,
                elem_id="conversation",
                elem_classes="desk-main",
            )
            reader = gr.HTML(self._reader("en"), elem_id="ask-aside", apply_default_css=False)
            labels.add(reader, lambda t: self._reader(t["code"]))
            self._keep = KeepPanel(labels, language, elem_id="ask-keep", stays=True)
            with gr.Column(elem_id="composer"):
                self._build_composer()
        self._wire()

    def _reader(self, language: str) -> str:
        return reader_html(language, "reader", self._service.documents(language).documents)

    def _build_composer(self) -> None:
        words = page_texts("en")
        with gr.Row(elem_id="question-row", equal_height=False):
            self._question = gr.Textbox(
                label=words["question"],
                placeholder=words["question_hint"],
                lines=1,
                max_lines=6,
                max_length=MAX_QUESTION,
                scale=5,
                min_width=200,
                container=False,
                elem_id="question",
                autofocus=True,
            )
            self._send = gr.Button(words["send"], variant="primary", scale=0, min_width=110, elem_id="send")
        naming = self._labels.add
        naming(self._question, lambda t: gr.update(label=t["question"], placeholder=t["question_hint"]))
        naming(self._send, lambda t: t["send"])
        heading = gr.HTML(examples_html("en"), elem_id="examples-head", apply_default_css=False)
        naming(heading, lambda t: examples_html(t["code"]))
        with gr.Row(elem_id="examples"):
            self._examples = [gr.Button(words[key], size="sm", min_width=200) for key in EXAMPLES]
        for button, key in zip(self._examples, EXAMPLES, strict=True):
            naming(button, itemgetter(key))
        self._clear = gr.Button(words["clear"], size="sm", elem_id="clear")
        naming(self._clear, lambda t: t["clear"])

    def _wire(self) -> None:
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        outputs = [self._chat, self._question, *self._keep.parts]
        asked: list[tuple[Any, Any]] = [(self._question, self._question.submit), (self._question, self._send.click)]
        asked += [(button, button.click) for button in self._examples]
        for source, trigger in asked:
            event = trigger(self._answer, [source, self._chat, self._language, self._keep.form], outputs, **quiet)
            event.success(None, js=_SHOW_FIRST, api_visibility="private")
        self._clear.click(lambda: ([], "", *updates(None, None, "en")), None, outputs, **quiet).then(
            None, js=_CLOSE, api_visibility="private"
        )

    def _answer(
        self, question: str, messages: list[Message], language: str, form: str | None, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the conversation as it grows, then what can be taken along from the answer."""
        unchanged = [gr.skip() for _ in self._keep.parts]
        if not question.strip():
            yield messages, "", *unchanged
            return
        answer = None
        for shown, answer in converse(self._service, question, messages, language):  # noqa: B007 - the last is wanted
            yield shown, "", *updates(None, form, language)
        if answer is None:
            return
        asked = {"question": question.strip(), "history": [turn.model_dump() for turn in turns(messages)]}
        kept = keepsake(self._service, asked, answer, language=language, base=own_address(request))
        yield gr.skip(), gr.skip(), *updates(kept, form, language)
