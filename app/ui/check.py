"""The page's second tab: the checking desk for quotations, claims and articles, with a reader of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import gradio as gr

from app.errors import AppError
from app.schemas import ClaimResult, QuoteResult
from app.service import MAX_TEXT, Service
from app.ui.keep import KeepPanel, own_address, updates
from app.ui.keepsake import Keepsake, article_keepsake, keepsake
from app.ui.labels import Labels
from app.ui.render import error_html, pending_html, reader_html, result_html
from app.ui.texts import page_texts
from app.ui.verdicts import article_html, claim_html, quote_html
from corpus.errors import CorpusError
from embeddings.errors import EmbeddingsError

WHAT = ("quote", "claim", "article")
_FOCUS = "() => { window.celac && window.celac.focusResult(); }"


class CheckPanel:
    """Builds the tab inside a page that is being built."""

    def __init__(self, service: Service, labels: Labels, language: gr.Radio) -> None:
        self._service = service
        with gr.Column(elem_id="check-desk", elem_classes="desk"):
            with gr.Column(elem_id="check-form", elem_classes="desk-main"):
                self._build_form(labels)
                self._result = gr.HTML(result_html("en"), elem_id="result", apply_default_css=False)
                self._keep = KeepPanel(labels, language, elem_id="check-keep", stays=False)
            labels.add(self._result, lambda t: result_html(t["code"]))
            reader = gr.HTML(reader_html("en", "check-reader"), elem_id="check-aside", apply_default_css=False)
            labels.add(reader, lambda t: reader_html(t["code"], "check-reader"))
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        inputs = [self._what, self._pasted, language, self._keep.form]
        event = self._send.click(self._judge, inputs, [self._result, *self._keep.parts], **quiet)
        event.success(None, js=_FOCUS, api_visibility="private")

    def _build_form(self, labels: Labels) -> None:
        words = page_texts("en")
        self._what = gr.Radio(
            choices=[(words[f"check_{what}"], what) for what in WHAT],
            value="quote",
            label=words["check_what"],
            container=False,
            elem_id="what",
        )
        self._pasted = gr.Textbox(
            label=words["check_input"],
            placeholder=words["check_hint"],
            lines=5,
            max_lines=20,
            max_length=MAX_TEXT,
            container=False,
            elem_id="pasted",
        )
        self._send = gr.Button(words["check_send"], variant="primary", elem_id="check")
        labels.add(
            self._what,
            lambda t: gr.update(label=t["check_what"], choices=[(t[f"check_{what}"], what) for what in WHAT]),
        )
        labels.add(self._pasted, lambda t: gr.update(label=t["check_input"], placeholder=t["check_hint"]))
        labels.add(self._send, lambda t: t["check_send"])

    def _judge(
        self, what: str, pasted: str, language: str, form: str | None, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the verdict, then what can be taken along from it."""

        def shown(html: str) -> tuple[Any, ...]:
            return result_html(language, html), *updates(None, form, language)

        if not pasted.strip():
            yield shown(error_html(page_texts(language)["check_nothing"], language))
            return
        yield shown(pending_html(language))
        try:
            verdict, keep = self._verdict(what, pasted, language, own_address(request))
        except (AppError, CorpusError, EmbeddingsError) as error:
            yield shown(error_html(str(error), language))
            return
        yield shown(verdict)
        yield gr.skip(), *updates(keep(), form, language)

    def _verdict(self, what: str, pasted: str, language: str, base: str) -> tuple[str, Callable[[], Keepsake | None]]:
        """Return the verdict, and what makes its keepsake, which takes a moment longer."""
        if what == "article":
            article = self._service.check_article(pasted)
            return article_html(pasted, article, language), partial(article_keepsake, article)
        result: ClaimResult | QuoteResult
        if what == "claim":
            result = self._service.check_claim(pasted)
            html = claim_html(result, language)
        else:
            result = self._service.check_quote(pasted, language=language)
            html = quote_html(result, language)
        return html, partial(keepsake, self._service, {what: pasted.strip()}, result, language=language, base=base)
