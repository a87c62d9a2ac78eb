"""The server: one FastAPI application over one service; REST, the documents, the web page."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from fastapi import FastAPI

from app.api.health import health_router
from app.api.problems import add_problem_handlers
from app.api.rest import rest_router
from app.api.security import add_security_headers
from app.api.texts import texts_router

if TYPE_CHECKING:
    from app.bootstrap import Services
    from app.settings import Settings

MAX_BODY_BYTES = 1_000_000


def create_app(services: Services) -> FastAPI:
    """Return the application.

    Args:
        services: What `app.bootstrap.build` put together.
    """
    from app.ui.documents import documents_router
    from app.ui.mount import mount_page

    app = FastAPI(
        title="celac-qa",
        summary="Ask official declarations what they really say.",
        version=version("celac-qa"),
        max_body_size=MAX_BODY_BYTES,
        redoc_url=None,
    )
    add_problem_handlers(app)
    add_security_headers(app)
    app.include_router(health_router(services))
    app.include_router(rest_router(services.service))
    app.include_router(texts_router(services))
    app.include_router(documents_router(services.service))
    return mount_page(app, services)


def run(app: FastAPI, settings: Settings) -> None:
    """Serve until interrupted, saying where.

    Args:
        app: From `create_app`.
        settings: Address and port; port 0 takes any free one.
    """
    import sys

    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
            await super().startup(sockets)  # type: ignore[arg-type]
            if self.started:
                port = self.servers[0].sockets[0].getsockname()[1]
                host = "localhost" if settings.is_local else settings.host
                sys.stderr.write(f"celac-qa answers at http://{host}:{port} (stop it with Ctrl+C)\n")

    config = uvicorn.Config(
        app, host=settings.host, port=settings.port, log_level="warning", server_header=False, proxy_headers=False
    )
    Server(config).run()
