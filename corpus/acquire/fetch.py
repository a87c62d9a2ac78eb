"""One polite download: checked address, connection pinned to it, limits on size and time, retries with back-off."""

from __future__ import annotations

import datetime as dt
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from corpus.acquire.addresses import Resolve, Target, check_address, resolve
from corpus.errors import AcquisitionError
from corpus.records import Provenance, sha256_of

if TYPE_CHECKING:
    import httpx

_REDIRECTS = 5
_ATTEMPTS = 3
_CONNECT_S, _READ_S, _WHOLE_S = 10.0, 30.0, 300.0
_MOVED, _NOT_MODIFIED, _PARTIAL, _BUSY, _BROKEN = {301, 302, 303, 307, 308}, 304, 206, 429, 500
_CHUNK = 65_536
Clock = Callable[[], float]


@dataclass(slots=True)
class Partial:
    """What an interrupted download left: its bytes, and the mark that says whether they still fit."""

    data: bytes = b""
    etag: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A download.

    Attributes:
        data: The bytes; empty if nothing has changed since `known`.
        is_unchanged: The server says so.
    """

    data: bytes
    provenance: Provenance
    is_unchanged: bool = False


class _BusyError(Exception):
    """The server is busy or broken; trying again may help."""


@dataclass(frozen=True, slots=True)
class _Request:
    limit_bytes: int
    allow_private: bool
    resolver: Resolve
    known: Provenance | None
    partial: Partial
    deadline: float = field(default_factory=lambda: time.monotonic() + _WHOLE_S)


def fetch(
    url: str,
    *,
    limit_bytes: int = 50_000_000,
    known: Provenance | None = None,
    partial: Partial | None = None,
    allow_private: bool = False,
    resolver: Resolve = resolve,
    pause: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Download an address.

    Args:
        url: Where from.
        limit_bytes: Most bytes that are taken, unpacked.
        known: Record of an earlier download; the server is asked only for what changed since.
        partial: What an earlier attempt left; filled as bytes arrive, so that an interrupted download can go on.
        allow_private: Let it be on this machine or its network. Only for tests.
        resolver: Finds the IP addresses of a name.
        pause: Waits between attempts.

    Raises:
        AcquisitionError: It could not, or must not, be fetched; the message says why and what to do.
    """
    import httpx
    from tenacity import RetryError, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

    request = _Request(limit_bytes, allow_private, resolver, known, partial or Partial())
    attempts = Retrying(
        stop=stop_after_attempt(_ATTEMPTS),
        wait=wait_exponential(multiplier=1, max=20),
        retry=retry_if_exception_type((_BusyError, httpx.TransportError)),
        sleep=pause,
    )
    try:
        return attempts(_follow, url, request)
    except RetryError as error:
        cause = error.last_attempt.exception()
        raise AcquisitionError(f"{url} could not be fetched after {_ATTEMPTS} attempts ({cause}); try later") from cause
    except (httpx.InvalidURL, httpx.HTTPError, zlib.error) as error:
        raise AcquisitionError(f"{url} could not be fetched ({error})") from error


def user_agent() -> str:
    """Return how this program names itself to servers."""
    try:
        number = version("celac-qa")
    except PackageNotFoundError:
        number = "0"
    return f"celac-qa/{number} (fetches official declarations on a reader's request; one request at a time)"


def _follow(url: str, request: _Request) -> Fetched:
    """Follow redirects, checking each address before connecting to it."""
    here = url
    for _ in range(_REDIRECTS + 1):
        target = check_address(here, allow_private=request.allow_private, resolver=request.resolver)
        answer = _ask(url, target, request)
        if isinstance(answer, Fetched):
            return answer
        if here.startswith("https:") and answer.startswith("http:"):
            raise AcquisitionError(
                f"{here} leads from a secure to an insecure address; give the final address yourself"
            )
        here = answer
    raise AcquisitionError(f"{url} redirects more than {_REDIRECTS} times")


def _ask(url: str, target: Target, request: _Request) -> Fetched | str:
    """Ask one server once; return the download, or the address it redirects to."""
    import httpx

    timeout = httpx.Timeout(_READ_S, connect=_CONNECT_S)
    with httpx.Client(timeout=timeout, trust_env=False, follow_redirects=False) as client:
        pinned = httpx.URL(target.url).copy_with(host=target.ip)
        outgoing = client.build_request(
            "GET", pinned, headers=_headers(target, request), extensions={"sni_hostname": target.host}
        )
        answer = client.send(outgoing, stream=True)
        try:
            return _take(url, target, request, answer)
        finally:
            answer.close()


def _headers(target: Target, request: _Request) -> dict[str, str]:
    is_usual = target.port in {80, 443}
    host = f"[{target.host}]" if ":" in target.host else target.host
    headers = {
        "Host": host if is_usual else f"{host}:{target.port}",
        "User-Agent": user_agent(),
        "Accept": "application/pdf, text/html, text/plain, */*;q=0.5",
        "Accept-Encoding": "identity",
    }
    if request.known is not None:
        if request.known.etag:
            headers["If-None-Match"] = request.known.etag
        if request.known.last_modified:
            headers["If-Modified-Since"] = request.known.last_modified
    elif request.partial.data and request.partial.etag:
        headers["Range"] = f"bytes={len(request.partial.data)}-"
        headers["If-Range"] = request.partial.etag
    return headers


def _take(url: str, target: Target, request: _Request, answer: httpx.Response) -> Fetched | str:
    if answer.status_code in _MOVED and "location" in answer.headers:
        return urljoin(target.url, answer.headers["location"])
    if answer.status_code == _NOT_MODIFIED and request.known is not None:
        return Fetched(b"", request.known, is_unchanged=True)
    if answer.status_code == _BUSY or answer.status_code >= _BROKEN:
        raise _BusyError(f"the server answers {answer.status_code}")
    if not answer.is_success:
        raise AcquisitionError(f"{target.url} answers {answer.status_code}; look for another address of this text")
    partial = request.partial
    if answer.status_code != _PARTIAL:
        partial.data = b""
    partial.etag = _strong(answer.headers.get("etag"))
    for chunk in _chunks(answer, request):
        partial.data += chunk
        if len(partial.data) > request.limit_bytes:
            partial.data = b""
            raise AcquisitionError(f"{target.url} has more than {request.limit_bytes:,} bytes; no declaration does")
    provenance = Provenance(
        address=url,
        final_address=target.url,
        fetched_at=dt.datetime.now(dt.UTC),
        content_type=answer.headers.get("content-type", ""),
        sha256=sha256_of(partial.data),
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
    )
    return Fetched(partial.data, provenance)


def _strong(etag: str | None) -> str | None:
    return None if etag is None or etag.startswith("W/") else etag


def _chunks(answer: httpx.Response, request: _Request) -> Iterator[bytes]:
    """Yield the body, unpacked within the limit where the server packs it unasked."""
    encoding = answer.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"identity", "", "gzip", "deflate"}:
        raise AcquisitionError(f"the server packs its answer as {encoding}, which was not asked for")
    unpack = zlib.decompressobj(wbits=47) if encoding in {"gzip", "deflate"} else None
    for raw in answer.iter_raw(_CHUNK):
        if time.monotonic() > request.deadline:
            raise AcquisitionError(
                f"the download takes more than {_WHOLE_S:.0f} seconds; try later or fetch it by hand"
            )
        yield unpack.decompress(raw, request.limit_bytes + 1) if unpack else raw
