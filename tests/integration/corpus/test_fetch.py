"""Fetching from a server that redirects, stalls, lies, breaks off and sends too much."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.acquire.fetch import Patience, fetch
from corpus.acquire.partial import KeptPartial
from corpus.errors import AcquisitionError
from tests.integration.corpus.web import TEXT, Reply, Web, a_web


@pytest.fixture
def web() -> Iterator[Web]:
    with a_web() as served:
        yield served


def get(url: str, **options: object) -> bytes:
    waits = options.pop("waits", [])
    assert isinstance(waits, list)
    return fetch(url, allow_private=True, patience=Patience(pause=waits.append), **options).data  # type: ignore[arg-type]


def test_fetch_says_honestly_who_asks_and_records_where_bytes_came_from(web: Web) -> None:
    web.serve("/old", Reply(301, {"Location": "/new"}, b""))
    fetched = fetch(web.serve("/new", Reply()) and web.url("/old"), allow_private=True)
    assert fetched.data == TEXT
    assert fetched.provenance.address == web.url("/old")
    assert fetched.provenance.final_address == web.url("/new")
    assert web.seen[0][1]["user-agent"].startswith("celac-qa/")


def test_a_redirect_to_a_private_address_is_not_followed(web: Web) -> None:
    """Only names of the first server are public here; what it points to is not."""
    url = web.serve("/x", Reply(302, {"Location": "http://metadata.example/latest"}, b""))
    port = int(url.split(":")[2].split("/")[0])

    def resolver(host: str, _port: int) -> list[str]:
        return ["169.254.169.254"] if host == "metadata.example" else ["127.0.0.1"]

    with pytest.raises(AcquisitionError, match="port"):
        fetch(f"http://public.example:{port}/x", resolver=resolver)
    with pytest.raises(AcquisitionError, match="not a public address"):
        fetch("http://metadata.example/latest", resolver=resolver)


def test_each_hop_of_a_redirect_is_checked_again(web: Web) -> None:
    url = web.serve("/x", Reply(302, {"Location": "http://user:secret@127.0.0.1/y"}, b""))
    with pytest.raises(AcquisitionError, match="password"):
        get(url)


def test_endless_redirects_end(web: Web) -> None:
    with pytest.raises(AcquisitionError, match="redirects more than"):
        get(web.serve("/loop", Reply(302, {"Location": "/loop"}, b"")))
    assert len(web.seen) == 6


def test_a_body_over_the_limit_is_refused_before_it_is_read(web: Web) -> None:
    with pytest.raises(AcquisitionError, match="more than 100 bytes"):
        get(web.serve("/big", Reply(body=b"x" * 5000)), limit_bytes=100)


def test_a_packed_body_that_unpacks_over_the_limit_is_refused(web: Web) -> None:
    bomb = gzip.compress(b"\0" * 20_000_000)
    url = web.serve("/bomb", Reply(headers={"Content-Encoding": "gzip"}, body=bomb))
    with pytest.raises(AcquisitionError, match="more than 1,000,000 bytes"):
        get(url, limit_bytes=1_000_000)


def test_a_packed_body_is_unpacked_though_unasked(web: Web) -> None:
    url = web.serve("/gz", Reply(headers={"Content-Encoding": "gzip"}, body=gzip.compress(TEXT)))
    assert get(url) == TEXT


def test_a_packed_body_that_breaks_off_is_not_taken_for_whole(web: Web) -> None:
    url = web.serve("/gz", Reply(headers={"Content-Encoding": "gzip"}, body=gzip.compress(TEXT)[:-20]))
    with pytest.raises(AcquisitionError, match="ends in the middle"):
        get(url)


def test_a_busy_server_is_asked_again_after_the_time_it_names(web: Web) -> None:
    waits: list[float] = []
    assert get(web.serve("/busy", Reply(429, {"Retry-After": "7"}, b""), Reply()), waits=waits) == TEXT
    assert waits == [7.0]


def test_a_server_that_asks_for_an_hour_is_not_waited_for(web: Web) -> None:
    waits: list[float] = []
    with pytest.raises(AcquisitionError, match="3600 seconds"):
        get(web.serve("/busy", Reply(503, {"Retry-After": "3600"}, b"")), waits=waits)
    assert waits == []


def test_a_broken_server_is_asked_three_times_with_growing_pauses(web: Web) -> None:
    waits: list[float] = []
    with pytest.raises(AcquisitionError, match="after 3 attempts"):
        get(web.serve("/down", Reply(500, body=b"")), waits=waits)
    assert waits == sorted(waits)
    assert len(web.seen) == 3


def test_a_connection_that_breaks_off_goes_on_where_it_was(web: Web, tmp_path: Path) -> None:
    def answer(headers: dict[str, str]) -> Reply:
        asked = headers.get("range", "")
        if not asked:
            return Reply(headers={"ETag": '"v1"'}, cut=100)
        start = int(asked.removeprefix("bytes=").rstrip("-"))
        where = f"bytes {start}-{len(TEXT) - 1}/{len(TEXT)}"
        return Reply(206, {"ETag": '"v1"', "Content-Range": where}, TEXT[start:])

    web.routes["/part"] = answer
    url = web.url("/part")
    assert get(url, partial=KeptPartial(tmp_path, url)) == TEXT
    assert [headers.get("range") for _, headers in web.seen] == [None, "bytes=100-"]
    assert web.seen[1][1]["if-range"] == '"v1"'


def test_a_part_that_does_not_fit_is_thrown_away(web: Web, tmp_path: Path) -> None:
    url = web.serve("/part", Reply(206, {"Content-Range": "bytes 3-9/10"}, b"xxxxxxx"), Reply())
    partial = KeptPartial(tmp_path, url)
    partial.begin('"v1"')
    partial.append(TEXT[:50])
    assert get(url, partial=partial) == TEXT


def test_what_a_server_no_longer_has_in_parts_is_fetched_anew(web: Web, tmp_path: Path) -> None:
    url = web.serve("/part", Reply(416, body=b""), Reply())
    partial = KeptPartial(tmp_path, url)
    partial.begin('"v1"')
    partial.append(TEXT)
    assert get(url, partial=partial) == TEXT


def test_a_page_that_is_gone_says_what_to_do(web: Web) -> None:
    with pytest.raises(AcquisitionError, match="answers 404; look for another address"):
        get(web.url("/gone"))
    assert len(web.seen) == 1


def test_a_silent_server_is_left_after_the_time_it_has(web: Web) -> None:
    url = web.serve("/slow", Reply(stall=10))
    patience = Patience(read_s=0.1, pause=lambda _seconds: None)
    with pytest.raises(AcquisitionError, match="after 3 attempts"):
        fetch(url, allow_private=True, patience=patience)


def test_a_download_that_never_ends_is_left(web: Web) -> None:
    patience = Patience(whole_s=0.0, pause=lambda _seconds: None)
    with pytest.raises(AcquisitionError, match="takes more than"):
        fetch(web.serve("/long", Reply()), allow_private=True, patience=patience)
