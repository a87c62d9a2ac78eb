"""Puts the page and its files on the application, with everything of Gradio's that we do not use switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.routing import Match, Mount
from starlette.types import Scope

from app.ui.page import build_page
from app.ui.templating import STATIC_FOLDER
from app.ui.theme import head, theme

if TYPE_CHECKING:
    from app.bootstrap import Services

_OWN = frozenset({"", "config", "theme.css", "static", "assets", "svelte", "favicon.ico", "robots.txt", "gradio_api"})
_CLOSED = frozenset({"upload", "upload_progress", "component_server", "deep_link", "proxy", "monitoring"})
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
    model = None if settings.llm == "extractive" else settings.llm
    page = build_page(services.service, model=model, can_add=settings.allow_uploads)
    page.queue(default_concurrency_limit=settings.max_concurrency, max_size=MAX_WAITING)
    gr.mount_gradio_app(
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
    mounted = app.router.routes.pop()
    app.router.routes.append(_Page("/", app=mounted.app))  # type: ignore[attr-defined]
    return app


class _Page(Mount):
    """The mounted page, which takes only what is the page's, so that all else gets this server's own answers.

    Gradio's upload is open even without a file field; texts are added by a form of ours.
    """

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        first, _, rest = str(scope["path"]).lstrip("/").partition("/")
        if first not in _OWN or (first == "gradio_api" and rest.partition("/")[0] in _CLOSED):
            return Match.NONE, {}
        return super().matches(scope)
