"""A web server on loopback whose answers a test scripts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TEXT = b"""We, the ministers gathered in Quimera, agree as follows:

1. We resolve to plant four thousand jacaranda trees along the railway before the next meeting.

2. We invite the lighthouse keepers of the region to share their logbooks with the public libraries.

3. We thank the people of Quimera for the warmth of their welcome.
"""


@dataclass
class Reply:
    """One answer: status, headers, body; `cut` hangs up after so many bytes of the body, `stall` falls silent."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = TEXT
    cut: int | None = None
    stall: int | None = None


@dataclass
class Web:
    """The server.

    Attributes:
        address: Where it listens.
        routes: What each path answers, made from the request's headers.
        seen: Path and headers of every request, in order.
    """

    address: str
    routes: dict[str, Callable[[dict[str, str]], Reply]] = field(default_factory=dict)
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"{self.address}{path}"

    def serve(self, path: str, *replies: Reply) -> str:
        """Answer a path with these, one after another, the last one for ever; return its address."""
        left = list(replies)
        self.routes[path] = lambda _headers: left.pop(0) if len(left) > 1 else left[0]
        return self.url(path)


@contextmanager
def a_web() -> Iterator[Web]:
    """Serve until the block ends."""
    web = Web("")
    silence = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            web.seen.append((self.path, headers))
            reply = web.routes.get(self.path, lambda _headers: Reply(404, body=b"no such page"))(headers)
            self.send_response(reply.status)
            for name, value in {"Content-Type": "text/plain", **reply.headers}.items():
                self.send_header(name, value)
            if reply.status != 304:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if reply.status != 304:
                self.wfile.write(reply.body[: reply.cut or reply.stall])
            if reply.stall is not None:
                self.wfile.flush()
                silence.wait(60)
            if reply.cut is not None:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    web.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        silence.set()
        server.shutdown()
        server.server_close()
