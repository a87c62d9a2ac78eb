"""One polite download: checked address, connection pinned to it, limits on size and time, retries with back-off."""

from __future__ import annotations

import datetime as dt
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from corpus.acquire.addresses import Resolve, Target, check_address, resolve
from corpus.acquire.partial import Partial
from corpus.errors import AcquisitionError, UnreachableError
from corpus.records import Provenance, sha256_of

if TYPE_CHECKING:
    import httpx
    from tenacity import RetryCallState

_REDIRECTS = 5
_ATTEMPTS = 3
_LONGEST_WAIT_S = 60.0
_MOVED, _NOT_MODIFIED, _PARTIAL, _NO_SUCH_RANGE, _BUSY, _BROKEN = {301, 302, 303, 307, 308}, 304, 206, 416, 429, 500
OnBytes = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a download may take, in seconds.

    Attributes:
        connect_s: For reaching the server.
        read_s: Between two pieces of the answer.
        whole_s: For all attempts together.
        pause: Waits between attempts.
    """

    connect_s: float = 10.0
    read_s: float = 30.0
    whole_s: float = 300.0
    pause: Callable[[float], None] = time.sleep


_PATIENCE = Patience()


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
    """The server is busy or broken; trying again may help, after the seconds it asks for."""

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


@dataclass(frozen=True, slots=True)
class _Request:
    limit_bytes: int
    allow_private: bool
    resolver: Resolve
    known: Provenance | None
    partial: Partial
    on_bytes: OnBytes
    patience: Patience
    deadline: float


def fetch(
    url: str,
    *,
    limit_bytes: int = 50_000_000,
    known: Provenance | None = None,
    partial: Partial | None = None,
    on_bytes: OnBytes = lambda _done, _total: None,
    allow_private: bool = False,
    resolver: Resolve = resolve,
    patience: Patience = _PATIENCE,
) -> Fetched:
    """Download an address.

    Args:
        url: Where from.
        limit_bytes: Most bytes that are taken, unpacked.
        known: Record of an earlier download; the server is asked only for what changed since.
        partial: What an earlier attempt left; filled as bytes arrive, so that an interrupted download can go on.
        on_bytes: Told how many bytes have arrived, and of how many, if the server says.
        allow_private: Let it be on this machine or its network. Only for tests.
        resolver: Finds the IP addresses of a name.
        patience: How long it may take.

    Raises:
        AcquisitionError: It could not, or must not, be fetched; the message says why and what to do.
    """
    import httpx
    from tenacity import RetryError, Retrying, retry_if_exception_type, stop_after_attempt

    deadline = time.monotonic() + patience.whole_s
    request = _Request(limit_bytes, allow_private, resolver, known, partial or Partial(), on_bytes, patience, deadline)
    attempts = Retrying(
        stop=stop_after_attempt(_ATTEMPTS),
        wait=_wait,
        retry=retry_if_exception_type((_BusyError, httpx.TransportError)),
        sleep=patience.pause,
    )
    try:
        return attempts(_follow, url, request)
    except RetryError as error:
        cause = error.last_attempt.exception()
        raise UnreachableError(f"{url} could not be fetched after {_ATTEMPTS} attempts ({cause}); try later") from cause
    except (httpx.InvalidURL, httpx.HTTPError, zlib.error) as error:
        raise AcquisitionError(f"{url} could not be fetched ({error})") from error


def _wait(state: RetryCallState) -> float:
    """Return how long to wait: what the server asks for, else longer each time."""
    from tenacity import wait_exponential

    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, _BusyError) and error.retry_after_s is not None:
        return error.retry_after_s
    return float(wait_exponential(multiplier=1, max=20)(state))


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

    timeout = httpx.Timeout(request.patience.read_s, connect=request.patience.connect_s)
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
    elif request.partial.size and request.partial.etag:
        headers["Range"] = f"bytes={request.partial.size}-"
        headers["If-Range"] = request.partial.etag
    return headers


def _take(url: str, target: Target, request: _Request, answer: httpx.Response) -> Fetched | str:
    if answer.status_code in _MOVED and "location" in answer.headers:
        return urljoin(target.url, answer.headers["location"])
    if answer.status_code == _NOT_MODIFIED and request.known is not None:
        return Fetched(b"", request.known, is_unchanged=True)
    if answer.status_code == _BUSY or answer.status_code >= _BROKEN:
        raise _BusyError(f"the server answers {answer.status_code}", _retry_after(url, answer))
    if answer.status_code == _NO_SUCH_RANGE:
        request.partial.discard()
        raise _BusyError("what arrived earlier no longer fits; it is fetched anew")
    if not answer.is_success:
        raise AcquisitionError(f"{target.url} answers {answer.status_code}; look for another address of this text")
    data = _receive(target, request, answer)
    provenance = Provenance(
        address=url,
        final_address=target.url,
        fetched_at=dt.datetime.now(dt.UTC),
        content_type=answer.headers.get("content-type", ""),
        sha256=sha256_of(data),
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
    )
    return Fetched(data, provenance)


def _receive(target: Target, request: _Request, answer: httpx.Response) -> bytes:
    """Take the body into the partial, after what is there already where the server goes on from it."""
    partial = request.partial
    if answer.status_code == _PARTIAL:
        if not answer.headers.get("content-range", "").startswith(f"bytes {partial.size}-"):
            partial.discard()
            raise _BusyError("the server sends another part than was asked for")
    else:
        is_plain = answer.headers.get("content-encoding", "identity").lower() in {"identity", ""}
        partial.begin(_strong(answer.headers.get("etag")) if is_plain else None)
    length = answer.headers.get("content-length", "")
    total = partial.size + int(length) if length.isdecimal() else None
    if total is not None and total > request.limit_bytes:
        raise _oversize(target, request)
    for chunk in _chunks(answer, request):
        partial.append(chunk)
        request.on_bytes(partial.size, total)
        if partial.size > request.limit_bytes:
            raise _oversize(target, request)
    return partial.read()


def _oversize(target: Target, request: _Request) -> AcquisitionError:
    request.partial.discard()
    return AcquisitionError(f"{target.url} has more than {request.limit_bytes:,} bytes; no declaration does")


def _retry_after(url: str, answer: httpx.Response) -> float | None:
    """Return the seconds a server asks to wait (RFC 9110, section 10.2.3).

    Raises:
        AcquisitionError: They are too many to wait for now.
    """
    asked = answer.headers.get("retry-after", "")
    try:
        seconds = (
            float(asked)
            if asked.isdecimal()
            else (parsedate_to_datetime(asked) - dt.datetime.now(dt.UTC)).total_seconds()
        )
    except (ValueError, TypeError):
        return None
    if seconds > _LONGEST_WAIT_S:
        raise AcquisitionError(f"{url}: the server asks to come back in {seconds:.0f} seconds; try again then")
    return max(0.0, seconds)


def _strong(etag: str | None) -> str | None:
    return None if etag is None or etag.startswith("W/") else etag


def _chunks(answer: httpx.Response, request: _Request) -> Iterator[bytes]:
    """Yield the body, unpacked within the limit where the server packs it unasked."""
    encoding = answer.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"identity", "", "gzip", "deflate"}:
        raise AcquisitionError(f"the server packs its answer as {encoding}, which was not asked for")
    unpack = zlib.decompressobj(wbits=47) if encoding in {"gzip", "deflate"} else None
    for raw in answer.iter_raw():
        if time.monotonic() > request.deadline:
            raise AcquisitionError(
                f"the download takes more than {request.patience.whole_s:.0f} seconds; try later or fetch it by hand"
            )
        yield unpack.decompress(raw, request.limit_bytes + 1) if unpack else raw
    if unpack is not None and not unpack.eof and request.partial.size <= request.limit_bytes:
        raise _BusyError("the server's answer ends in the middle")
