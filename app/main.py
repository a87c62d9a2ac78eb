"""The server: one FastAPI application over one service; REST, OpenAI, MCP, the documents, the web page."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.middleware import Middleware

from app.errors import SettingsError

if TYPE_CHECKING:
    from fastapi import APIRouter

    from app.api.metrics import Metrics
    from app.bootstrap import Services
    from app.keys import KeyRing
    from app.settings import Settings

MAX_BODY_BYTES = 1_000_000
LAST_WORDS_S = 5
"""How long open streams may go on once the server is told to stop."""
_BACKLOG = 2048


def create_app(services: Services) -> FastAPI:
    """Return the application.

    Args:
        services: What `app.bootstrap.build` put together.
    """
    from app.api.mcp import Endpoint, mcp_server
    from app.api.metrics import Metrics
    from app.api.openapi import describe
    from app.api.problems import add_problem_handlers
    from app.keys import KeyRing
    from app.ui.mount import mount_page

    metrics, keys = Metrics(), KeyRing(services.settings.data_dir)
    mcp = Endpoint(mcp_server(services.service, version=version("celac-qa")))
    app = _application(services.settings, metrics, keys, running=mcp.running)
    add_problem_handlers(app)
    describe(app)
    for router in _routers_for_programs(services, metrics):
        app.include_router(router)
    app.router.routes.extend(mcp.routes())
    for router in _routers_for_people(services, keys):
        app.include_router(router)
    return mount_page(app, services)


def _application(
    settings: Settings,
    metrics: Metrics,
    keys: KeyRing,
    *,
    running: Callable[[], AbstractAsyncContextManager[None]],
) -> FastAPI:
    """Return the application without its routes.

    Args:
        settings: How to serve.
        metrics: Counts requests.
        keys: Lets callers in.
        running: Held open as long as the application runs.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with running():
            yield

    return FastAPI(
        title="celac-qa",
        summary="Ask official declarations what they really say.",
        version=version("celac-qa"),
        middleware=_middleware(settings, metrics, keys),
        telemetry=_telemetry(is_on=settings.otel),
        lifespan=lifespan,
        docs_url=None,  # the viewers load scripts from elsewhere
        redoc_url=None,
    )


def _routers_for_programs(services: Services, metrics: Metrics) -> list[APIRouter]:
    from app.api.documents import documents_router
    from app.api.evidence import evidence_router
    from app.api.health import health_router
    from app.api.metrics import metrics_router
    from app.api.openai.chat import chat_router
    from app.api.openai.models import models_router
    from app.api.openai.responses import responses_router
    from app.api.rest import rest_router
    from app.api.texts import texts_router

    service = services.service
    return [
        health_router(service, encoder=services.encoder.name),
        metrics_router(metrics),
        rest_router(service),
        evidence_router(service),
        texts_router(services),
        documents_router(service),
        chat_router(service),
        responses_router(service),
        models_router(services.encoder),
    ]


def _routers_for_people(services: Services, keys: KeyRing) -> list[APIRouter]:
    from app.api.access import COOKIE, SIGN_IN
    from app.ui.adding import adding_router
    from app.ui.documents import documents_router
    from app.ui.sign_in import sign_in_router

    return [
        *([adding_router(services)] if services.settings.allow_uploads else []),
        documents_router(services.service),
        sign_in_router(keys.identify, address=SIGN_IN, cookie=COOKIE),
    ]


def _middleware(settings: Settings, metrics: Metrics, keys: KeyRing) -> list[Middleware]:
    """Return what a request passes through, outermost first."""
    from limits import parse
    from starlette.middleware.cors import CORSMiddleware

    from app.api.access import Access, Hosts
    from app.api.bounds import BodyLimit, TimeLimit
    from app.api.evidence import MAX_PACK_BYTES, VERIFY_PATH
    from app.api.limits import ConcurrencyLimit, RateLimit
    from app.api.observe import REQUEST_ID, Observe
    from app.api.security import SecurityHeaders
    from app.api.texts import MAX_UPLOAD_BYTES, UPLOAD_PATH
    from app.settings import split
    from app.ui.adding import ADD_PATH

    layers = [Middleware(SecurityHeaders), Middleware(Observe, metrics=metrics)]
    if settings.host_names:
        layers.append(Middleware(Hosts, allowed=settings.host_names))
    layers += [
        Middleware(
            CORSMiddleware,
            allow_origins=split(settings.cors_origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "X-API-Key", REQUEST_ID],
            expose_headers=["ETag", "Link", "Retry-After", "X-Total-Count", REQUEST_ID],
        ),
        Middleware(Access, keys=keys, is_required=settings.needs_key),
    ]
    if settings.requests_per_caller:
        layers.append(Middleware(RateLimit, limit=parse(settings.requests_per_caller), metrics=metrics))
    more = dict.fromkeys((UPLOAD_PATH, ADD_PATH), MAX_UPLOAD_BYTES) if settings.allow_uploads else {}
    more[VERIFY_PATH] = MAX_PACK_BYTES
    return [
        *layers,
        Middleware(ConcurrencyLimit, places=settings.max_concurrency, metrics=metrics),
        Middleware(BodyLimit, max_bytes=MAX_BODY_BYTES, more=more),
        Middleware(TimeLimit, seconds=settings.request_timeout_s),
    ]


def _telemetry(*, is_on: bool) -> Any:  # noqa: ANN401 - FastAPI's TypedDict, imported with OpenTelemetry
    """Return FastAPI's OpenTelemetry choices. Errors are never exported: their texts may hold a question."""
    return {"tracing": is_on, "metrics": is_on, "logs": False, "operation_spans": is_on, "auto_configure": is_on}


def listen(settings: Settings) -> socket.socket:
    """Take the address to serve on, before anything that lasts.

    Raises:
        SettingsError: It is taken, or not one of this machine's.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((settings.host, settings.port))
        taken.listen(_BACKLOG)
    except OSError as error:
        taken.close()
        raise SettingsError(
            f"cannot serve on {settings.host} port {settings.port}: {error.strerror or error}; "
            "choose another with --host and --port (0 takes any free port)"
        ) from error
    return taken


def run(app: FastAPI, settings: Settings, taken: socket.socket) -> None:
    """Serve until interrupted, saying where.

    Args:
        app: From `create_app`.
        settings: How to serve.
        taken: From `listen`.

    Raises:
        KeyboardInterrupt: Interrupted from the keyboard; a request to terminate just ends it.
    """
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                host = "localhost" if settings.is_local else settings.host
                at = f"http://{host}:{taken.getsockname()[1]}"
                sys.stderr.write(f"celac-qa answers at {at} (stop it with Ctrl+C)\n")

    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=LAST_WORDS_S,
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # uvicorn raises it again once all is closed
    Server(config).run(sockets=[taken])
