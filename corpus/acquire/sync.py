"""Gets the texts that the catalogue lists: address by address, one request at a time, pinned at first sight.

A process killed at any point leaves the library as it was; the next run goes on where it stopped. What cannot be had
is reported with the reason and what to do, and stops nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from corpus.acquire.addresses import Resolve, resolve
from corpus.acquire.facts import by_hand, document_facts
from corpus.acquire.fetch import Fetched, Patience, fetch
from corpus.acquire.looks import check_looks
from corpus.acquire.partial import KeptPartial
from corpus.acquire.pins import Pins
from corpus.adding import Facts, Reading, keep, read_document
from corpus.catalogue import Address, Catalogue, Entry, languages_of
from corpus.errors import AcquisitionError, CorpusError, InvalidDocumentError, UnknownDocumentError, UnreachableError
from corpus.extract.sandbox import DEFAULT_LIMITS, Limits
from corpus.library import Library, open_library, remove_document
from corpus.records import Provenance
from corpus.store import Store

State = Literal["fetched", "unchanged", "kept", "changed", "failed", "unlisted"]
BETWEEN_REQUESTS_S = 1.0
"""Least time between two requests to one host."""


@dataclass(frozen=True, slots=True)
class Tried:
    """An address that did not give the text, and why."""

    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one text in one language.

    Attributes:
        id: Id of the document.
        state: `fetched` now; `unchanged` since it was fetched; `kept` because it is the user's own, bundled, or cannot
            be asked for now; `changed` at its address and refused; `failed`; `unlisted` without an address to fetch.
        address: Where it came from.
        reason: Why it is not there, or not asked for.
        advice: What to do.
        tried: Addresses that failed.
    """

    id: str
    language: str
    state: State
    address: str | None = None
    reason: str | None = None
    advice: str | None = None
    tried: tuple[Tried, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """How texts are fetched.

    Attributes:
        limits: What reading one may cost.
        accept_change: Take what an address gives now, although it gave something else before.
        allow_private: Let addresses be on this machine or its network. Only for tests.
        resolver: Finds the IP addresses of a name.
        pause: Waits.
        on_bytes: Told the document, the bytes that arrived and of how many.
    """

    limits: Limits = DEFAULT_LIMITS
    accept_change: bool = False
    allow_private: bool = False
    resolver: Resolve = resolve
    pause: Callable[[float], None] = time.sleep
    on_bytes: Callable[[str, int, int | None], None] = lambda _id, _done, _total: None


def sync(
    catalogue: Catalogue, data_dir: Path, wanted: Sequence[str] = (), terms: Terms | None = None
) -> Iterator[Outcome]:
    """Fetch the texts that are not there yet, and ask whether those fetched before have changed.

    Args:
        catalogue: What there is.
        data_dir: Folder of the library.
        wanted: Ids of entries or of their language versions; none means all.
        terms: How to fetch.

    Returns:
        One outcome per text and language, as it becomes known.

    Raises:
        UnknownDocumentError: The catalogue has no such entry.
        InvalidDocumentError: Another process is fetching.
    """
    from filelock import FileLock, Timeout

    chosen = [item for entry, languages in _choose(catalogue, wanted) for item in _items(catalogue, entry, languages)]
    folder = data_dir / "downloads"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / ".lock", timeout=0):
            getting = _Getting(data_dir, terms or Terms())
            for item in chosen:
                yield getting.get(item)
    except Timeout:
        raise InvalidDocumentError("another process is fetching texts; wait until it is done") from None


@dataclass(frozen=True, slots=True)
class _Item:
    entry: Entry
    facts: Facts
    language: str
    addresses: tuple[Address, ...]


def _choose(catalogue: Catalogue, wanted: Sequence[str]) -> Iterator[tuple[Entry, list[str] | None]]:
    if not wanted:
        yield from ((entry, None) for entry in catalogue.entries)
    for name in wanted:
        entry = catalogue.find(name)
        if entry is None:
            raise UnknownDocumentError(name, tuple(e.id for e in catalogue.entries))
        yield entry, None if name == entry.id else [name[-2:]]


def _items(catalogue: Catalogue, entry: Entry, languages: list[str] | None) -> Iterator[_Item]:
    listed = languages_of(entry.addresses)
    for language in languages or listed or [entry.language]:
        addresses = tuple(a for a in entry.addresses if a.language == language)
        yield _Item(entry, document_facts(catalogue, entry, language), language, addresses)


class _Getting:
    def __init__(self, data_dir: Path, terms: Terms) -> None:
        self._data_dir = data_dir
        self._terms = terms
        self._downloads = data_dir / "downloads"
        self._pins = Pins(self._downloads / "pins.json")
        self._origins = {document.id: document.origin for document in open_library(data_dir).documents}
        self._last_request: dict[str, float] = {}
        self._unreachable: dict[str, str] = {}

    def get(self, item: _Item) -> Outcome:
        """Get one text, or say why not."""
        name = item.facts.id
        origin = self._origins.get(name)
        if origin not in {None, "fetched"}:
            return Outcome(name, item.language, "kept", reason=f"it is {origin}, not fetched")
        ranked = [address for address in item.addresses if address.holds == "text"]
        if not ranked:
            return Outcome(
                name,
                item.language,
                "unlisted",
                reason=_NO_ADDRESS,
                advice=by_hand(item.entry, item.facts, item.addresses),
            )
        if origin is not None:
            first = Store(self._data_dir / "library").metadata(name).source
            ranked.sort(key=lambda address: address.url != first)
            return self._again(item, ranked[0].url)
        tried: list[Tried] = []
        for address in ranked:
            try:
                return self._first(item, address.url)
            except _ChangedError as error:
                return Outcome(name, item.language, "changed", address.url, str(error), _TO_ACCEPT.format(id=name))
            except CorpusError as error:
                tried.append(Tried(address.url, str(error)))
        return Outcome(
            name,
            item.language,
            "failed",
            None,
            tried[-1].reason,
            by_hand(item.entry, item.facts, item.addresses),
            tuple(tried),
        )

    def _first(self, item: _Item, url: str) -> Outcome:
        fetched, partial = self._fetch(item, url, known=None)
        self._check_pin(url, fetched)
        reading = self._read(item, fetched)
        self._pins.set(url, fetched.provenance)
        self._keep(item, reading, fetched, url)
        partial.discard()
        return Outcome(item.facts.id, item.language, "fetched", url)

    def _again(self, item: _Item, url: str) -> Outcome:
        """Ask whether a text that was fetched has changed; without an answer it stays as it is."""
        name = item.facts.id
        kept = Store(self._data_dir / "library").metadata(name).source_sha256
        pin = self._pins.get(url)
        try:
            fetched, partial = self._fetch(item, url, known=pin if pin and pin.sha256 == kept else None)
            state: State = "unchanged"
            if not fetched.is_unchanged and fetched.provenance.sha256 != kept:
                self._check_pin(url, fetched)
                reading = self._read(item, fetched)
                self._pins.set(url, fetched.provenance)
                remove_document(self._data_dir, name)
                self._keep(item, reading, fetched, url)
                state = "fetched"
            partial.discard()
            return Outcome(name, item.language, state, url)
        except _ChangedError as error:
            return Outcome(name, item.language, "changed", url, str(error), _TO_ACCEPT.format(id=name))
        except CorpusError as error:
            return Outcome(name, item.language, "kept", url, f"it could not be asked for: {error}")

    def _fetch(self, item: _Item, url: str, *, known: Provenance | None) -> tuple[Fetched, KeptPartial]:
        terms = self._terms
        host = urlsplit(url).netloc
        if host in self._unreachable:
            raise AcquisitionError(self._unreachable[host])
        if host in self._last_request:
            terms.pause(max(0.0, self._last_request[host] + BETWEEN_REQUESTS_S - time.monotonic()))
        partial = KeptPartial(self._downloads, url)
        try:
            fetched = fetch(
                url,
                limit_bytes=terms.limits.size_bytes,
                known=known,
                partial=partial,
                on_bytes=lambda done, total: terms.on_bytes(item.facts.id, done, total),
                allow_private=terms.allow_private,
                resolver=terms.resolver,
                patience=Patience(pause=terms.pause),
            )
        except UnreachableError as error:
            self._unreachable[host] = str(error)
            raise
        finally:
            self._last_request[host] = time.monotonic()
        return fetched, partial

    def _read(self, item: _Item, fetched: Fetched) -> Reading:
        where = fetched.provenance
        try:
            reading = read_document(
                fetched.data,
                item.facts,
                name=where.final_address.partition("?")[0],
                declared=where.content_type,
                limits=self._terms.limits,
            )
            check_looks(reading, item.entry, item.language)
        except CorpusError:
            KeptPartial(self._downloads, where.address).discard()
            raise
        return reading

    def _check_pin(self, url: str, fetched: Fetched) -> None:
        pin = self._pins.get(url)
        if pin is not None and pin.sha256 != fetched.provenance.sha256 and not self._terms.accept_change:
            KeptPartial(self._downloads, url).discard()
            raise _ChangedError(
                f"the bytes at {url} are not those of {pin.fetched_at:%Y-%m-%d} "
                f"(SHA-256 {pin.sha256[:12]}… then, {fetched.provenance.sha256[:12]}… now)"
            )

    def _keep(self, item: _Item, reading: Reading, fetched: Fetched, url: str) -> None:
        keep(
            Library((), self._data_dir),
            reading,
            item.facts,
            titles=item.facts.titles,
            origin="fetched",
            source=url,
            provenance=fetched.provenance,
        )


class _ChangedError(AcquisitionError):
    """An address gives other bytes than at first sight."""


_NO_ADDRESS = "no official address of the text alone is known"
_TO_ACCEPT = "compare the two; if the new text is right: celac-qa corpus sync {id} --accept-change"
