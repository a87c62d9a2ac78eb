"""`sync` against a web server on loopback: pins, conditional requests, changed bytes, kill -9."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.acquire.sync import Outcome, Terms, sync
from corpus.catalogue import Catalogue
from corpus.errors import UnknownDocumentError
from corpus.library import open_library, remove_document
from tests.integration.corpus.web import TEXT, Reply, Web, a_web

ID = "celac-2019-quimera"
TERMS = Terms(allow_private=True, pause=lambda _seconds: None)


@pytest.fixture
def web() -> Iterator[Web]:
    with a_web() as served:
        yield served


def a_catalogue(*addresses: dict[str, str], **facts: object) -> Catalogue:
    entry = {
        "id": ID,
        "titles": {"en": "Declaration of Quimera", "es": "Declaración de Quimera"},
        "body": "celac",
        "date": "2019-05-03",
        "language": "en",
        "status": "adopted",
        "numbering": "numbered",
        "paragraphs": {"count": 3, "seen": "document"},
        "source": {"seen": "document", "where": "here"},
        "addresses": [{"language": "en", **address} for address in addresses],
        **facts,
    }
    names = {"subjects": {}, "bodies": {"celac": {"en": "CELAC"}}, "events": {}, "places": {}}
    return Catalogue.model_validate({**names, "entry": [entry]})


def one(catalogue: Catalogue, folder: Path, terms: Terms = TERMS) -> Outcome:
    (outcome,) = sync(catalogue, folder, (), terms)
    return outcome


def test_a_text_is_fetched_with_its_facts_and_provenance(web: Web, tmp_path: Path) -> None:
    url = web.serve("/q", Reply(headers={"ETag": '"v1"'}))
    assert one(a_catalogue({"url": url}), tmp_path).state == "fetched"
    document = open_library(tmp_path).document(ID)
    assert (document.origin, document.status, document.source, len(document)) == ("fetched", "adopted", url, 4)
    assert document.warnings == ()
    assert document.titles["es"] == "Declaración de Quimera"


def test_what_has_not_changed_is_asked_for_once_more_and_not_sent_again(web: Web, tmp_path: Path) -> None:
    url = web.serve("/q", Reply(headers={"ETag": '"v1"'}), Reply(304))
    catalogue = a_catalogue({"url": url})
    one(catalogue, tmp_path)
    assert one(catalogue, tmp_path).state == "unchanged"
    assert web.seen[1][1]["if-none-match"] == '"v1"'


def test_a_silent_change_is_refused_until_it_is_accepted(web: Web, tmp_path: Path) -> None:
    url = web.serve("/q", Reply(), Reply(body=TEXT.replace(b"four thousand", b"nine thousand")))
    catalogue = a_catalogue({"url": url})
    one(catalogue, tmp_path)
    refused = one(catalogue, tmp_path)
    assert refused.state == "changed"
    assert "--accept-change" in (refused.advice or "")
    assert "four thousand" in open_library(tmp_path).paragraph(ID, "p1").text
    assert one(catalogue, tmp_path, replace(TERMS, accept_change=True)).state == "fetched"
    assert "nine thousand" in open_library(tmp_path).paragraph(ID, "p1").text


def test_a_change_is_noticed_even_after_the_text_was_removed(web: Web, tmp_path: Path) -> None:
    url = web.serve("/q", Reply(), Reply(body=TEXT.replace(b"four thousand", b"nine thousand")))
    catalogue = a_catalogue({"url": url})
    one(catalogue, tmp_path)
    remove_document(tmp_path, ID)
    assert one(catalogue, tmp_path).state == "changed"


def test_the_next_address_is_tried_and_the_failures_are_told(web: Web, tmp_path: Path) -> None:
    page = b"<html><body><p>Sorry, this page cannot be found.</p><p>Go to the start.</p></body></html>"
    spanish = "".join(f"{n}. Invitamos a los fareros de la región a compartir sus cuadernos.\n\n" for n in (1, 2, 3))
    catalogue = a_catalogue(
        {"url": web.url("/gone")},
        {"url": web.serve("/error.pdf", Reply(headers={"Content-Type": "application/pdf"}, body=page))},
        {"url": web.serve("/error", Reply(headers={"Content-Type": "text/html"}, body=page))},
        {"url": web.serve("/es", Reply(body=spanish.encode()))},
        {"url": web.serve("/q", Reply())},
    )
    assert one(catalogue, tmp_path).address == web.url("/q")
    web.serve("/q", Reply(500))
    remove_document(tmp_path, ID)
    failed = one(catalogue, tmp_path)
    assert failed.state == "failed"
    reasons = {tried.address.rpartition("/")[2]: tried.reason for tried in failed.tried}
    assert "404" in reasons["gone"]
    assert "is called application/pdf" in reasons["error.pdf"]
    assert "0 numbered paragraphs where about 3" in reasons["error"]
    assert "in es instead of en" in reasons["es"]
    assert "corpus add FILE" in (failed.advice or "")


def test_a_text_at_hand_stays_when_it_cannot_be_asked_for(web: Web, tmp_path: Path) -> None:
    url = web.serve("/q", Reply(), Reply(500))
    catalogue = a_catalogue({"url": url})
    one(catalogue, tmp_path)
    assert one(catalogue, tmp_path).state == "kept"
    assert open_library(tmp_path).document(ID)


def test_another_language_becomes_a_version_of_the_text(web: Web, tmp_path: Path) -> None:
    spanish = "".join(f"{n}. Invitamos a los fareros de la región a compartir sus cuadernos.\n\n" for n in (1, 2, 3))
    catalogue = a_catalogue(
        {"url": web.serve("/q", Reply())}, {"url": web.serve("/es", Reply(body=spanish.encode())), "language": "es"}
    )
    assert [outcome.id for outcome in sync(catalogue, tmp_path, (), TERMS)] == [ID, f"{ID}-es"]
    assert open_library(tmp_path).document(f"{ID}-es").version_of == ID
    assert [outcome.id for outcome in sync(catalogue, tmp_path, [f"{ID}-es"], TERMS)] == [f"{ID}-es"]


def test_an_entry_without_an_address_says_how_to_bring_it(tmp_path: Path) -> None:
    outcome = one(a_catalogue({"url": "https://example.org/list", "holds": "several"}), tmp_path)
    assert outcome.state == "unlisted"
    assert "https://example.org/list" in (outcome.advice or "")


def test_an_unknown_entry_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownDocumentError, match="celac-1999-x"):
        list(sync(a_catalogue(), tmp_path, ["celac-1999-x"], TERMS))


def test_requests_to_one_host_keep_a_distance(web: Web, tmp_path: Path) -> None:
    waits: list[float] = []
    catalogue = a_catalogue({"url": web.url("/gone")}, {"url": web.serve("/q", Reply())})
    one(catalogue, tmp_path, replace(TERMS, pause=waits.append))
    assert len(waits) == 1
    assert 0 < waits[0] <= 1


SCRIPT = """
import sys
from pathlib import Path
from corpus.acquire.sync import Terms, sync
from tests.integration.corpus.test_sync import a_catalogue
print([o.state for o in sync(a_catalogue({"url": sys.argv[1]}), Path(sys.argv[2]), (), Terms(allow_private=True))])
"""


def test_a_killed_download_leaves_the_library_whole_and_goes_on(web: Web, tmp_path: Path) -> None:
    """The server stalls half-way; the process is killed with SIGKILL; the next run asks only for the rest."""
    whole = TEXT + b"\n" * 400_000

    def answer(headers: dict[str, str]) -> Reply:
        start = int(headers.get("range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        if start:
            where = f"bytes {start}-{len(whole) - 1}/{len(whole)}"
            return Reply(206, {"ETag": '"v1"', "Content-Range": where}, whole[start:])
        return Reply(headers={"ETag": '"v1"'}, body=whole, stall=100_000)

    web.routes["/q"] = answer
    command = [sys.executable, "-c", SCRIPT, web.url("/q"), str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(command, env=environment)  # noqa: S603 - our own script
    deadline = time.monotonic() + 60
    part = tmp_path / "downloads"
    while time.monotonic() < deadline and not any(p.stat().st_size for p in part.glob("*.part")):
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert [document.origin for document in open_library(tmp_path).documents] == ["bundled"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603 - as above
    assert "fetched" in done.stdout
    assert web.seen[-1][1]["range"].startswith("bytes=")
    assert open_library(tmp_path).document(ID).source_sha256
