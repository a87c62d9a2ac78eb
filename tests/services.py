"""Builds the whole product for tests, on an encoder that needs no weights, and serves it on loopback."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from app.bootstrap import Services, assemble
from app.settings import Settings
from corpus.library import Library, open_library
from tests.builders import WordEncoder


def some_services(folder: Path, *, library: Library | None = None, **settings: object) -> Services:
    """Return services over the bundled declaration, or another library, with their data in a folder."""
    chosen = Settings(_env_file=None, data_dir=folder, **settings)  # type: ignore[call-arg]
    return assemble(chosen, library or open_library(), WordEncoder())


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port of loopback and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
