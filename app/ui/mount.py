"""Puts the page and its files on the application, with everything of Gradio's that we do not use switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.middleware.base import RequestResponseEndpoint

from app.ui.page import build_page
from app.ui.templating import STATIC_FOLDER
from app.ui.theme import head, theme

if TYPE_CHECKING:
    from app.bootstrap import Services

MAX_WAITING = 100
"""Questions that may wait for their turn; more are told to try again."""


def mount_page(app: FastAPI, services: Services) -> FastAPI:
    """Serve the page at `/` and its files at `/page-files`.

    Args:
        app: The application; its own routes come first.
        services: What answers.
    """
    settings = services.settings
    app.mount("/page-files", StaticFiles(directory=STATIC_FOLDER), name="page-files")
    _close_uploads(app)
    model = None if settings.llm == "extractive" else settings.llm
    page = build_page(services.service, model=model, can_add=settings.allow_uploads)
    page.queue(default_concurrency_limit=settings.max_concurrency, max_size=MAX_WAITING)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=theme(),
        head=head(),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        show_error=False,
        allowed_paths=[],
        max_file_size="1kb",
        mcp_server=False,
        pwa=False,
    )
    return mounted


def _close_uploads(app: FastAPI) -> None:
    """Refuse Gradio's own upload: open even without a file field, and texts are added by a form of ours."""

    @app.middleware("http")
    async def refuse_uploads(request: Request, call_next: RequestResponseEndpoint) -> Response:
        if request.url.path.rstrip("/").endswith("/gradio_api/upload"):
            return JSONResponse({"title": "Forbidden", "status": 403}, 403, media_type="application/problem+json")
        return await call_next(request)
