"""Puts the page and its files on the application, with everything of Gradio's that we do not use switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.middleware.base import RequestResponseEndpoint

from app.ui.documents import STATIC
from app.ui.page import build_page

if TYPE_CHECKING:
    from app.bootstrap import Services

HEAD = '<script src="/page-files/page.js" defer></script><meta name="color-scheme" content="light dark">'


def mount_page(app: FastAPI, services: Services) -> FastAPI:
    """Serve the page at `/` and its files at `/page-files`.

    Args:
        app: The application; its own routes come first.
        services: What answers.
    """
    app.mount("/page-files", STATIC, name="page-files")
    _close_uploads(app)
    page = build_page(services.service)
    page.queue(default_concurrency_limit=services.settings.max_concurrency, max_size=100)
    return gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=_theme(),
        css_paths=[str(STATIC.directory) + "/page.css"],
        head=HEAD,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        show_error=False,
        allowed_paths=[],
        max_file_size="1kb",
    )


def _theme() -> gr.themes.Base:
    """Return a quiet theme: system fonts, one green dark enough for white letters on it (WCAG AA)."""
    fonts = ["system-ui", "sans-serif"]
    green, light = "#0b5c4d", "#7fd1bd"
    return gr.themes.Base(primary_hue="emerald", neutral_hue="stone", font=fonts, font_mono=["monospace"]).set(
        button_primary_background_fill=green,
        button_primary_background_fill_hover="#0d7261",
        button_primary_background_fill_dark=green,
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
        block_label_text_color="#4d5866",
        block_title_text_color="#4d5866",
        color_accent=green,
        link_text_color=green,
        link_text_color_dark=light,
    )


def _close_uploads(app: FastAPI) -> None:
    """Gradio takes uploads even for a page without a file field; this page has none."""

    @app.middleware("http")
    async def refuse_uploads(request: Request, call_next: RequestResponseEndpoint) -> Response:
        if request.url.path.rstrip("/").endswith("/gradio_api/upload"):
            return JSONResponse({"title": "Forbidden", "status": 403}, 403, media_type="application/problem+json")
        return await call_next(request)
