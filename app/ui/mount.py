"""Puts the page and its files on the application, with everything of Gradio's that we do not use switched off."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.middleware.base import RequestResponseEndpoint

from app.ui.documents import STATIC

if TYPE_CHECKING:
    from app.bootstrap import Services

HEAD = '<script src="/assets/page.js" defer></script><meta name="color-scheme" content="light dark">'


def mount_page(app: FastAPI, services: Services) -> FastAPI:
    """Serve the page at `/` and its files at `/assets`.

    Args:
        app: The application; its own routes come first.
        services: What answers.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # Gradio reads it when it is imported
    import gradio as gr

    from app.ui.page import build_page

    app.mount("/assets", STATIC, name="assets")
    _close_uploads(app)
    page = build_page(services.service)
    page.queue(default_concurrency_limit=services.settings.max_concurrency, max_size=100)
    return gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=gr.themes.Base(
            primary_hue="emerald",
            neutral_hue="stone",
            font=["system-ui", "sans-serif"],
            font_mono=["ui-monospace", "monospace"],
        ),
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


def _close_uploads(app: FastAPI) -> None:
    """Gradio takes uploads even for a page without a file field; this page has none."""

    @app.middleware("http")
    async def refuse_uploads(request: Request, call_next: RequestResponseEndpoint) -> Response:
        if request.url.path.rstrip("/").endswith("/gradio_api/upload"):
            return JSONResponse({"title": "Forbidden", "status": 403}, 403, media_type="application/problem+json")
        return await call_next(request)
