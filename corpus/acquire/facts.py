"""What the catalogue knows of a document before it is read, and how to bring one that cannot be fetched."""

from __future__ import annotations

import shlex

from corpus.adding import Facts
from corpus.catalogue import Address, Catalogue, Entry


def document_facts(catalogue: Catalogue, entry: Entry, language: str) -> Facts:
    """Return what the catalogue knows of a text in one of its languages."""
    is_main = language == entry.language
    count = entry.paragraphs
    return Facts(
        id=entry.document_id(language),
        titles=entry.titles,
        date=entry.date,
        language=language,
        event=catalogue.event_name(entry, "en"),
        place=catalogue.place_name(entry, "en"),
        status=entry.status,
        translation=entry.translation if is_main else "official",
        version_of=None if is_main else entry.id,
        expected=count.count if count and not count.is_minimum else None,
    )


def by_hand(entry: Entry, facts: Facts, addresses: tuple[Address, ...]) -> str:
    """Say how to bring a text that could not be fetched."""
    pages = [address.url for address in addresses or entry.addresses]
    look = f"look at {pages[-1]}; " if pages else ""
    title = facts.titles.get(facts.language or "") or entry.title(facts.language or "en")
    version = f" --version-of {facts.version_of}" if facts.version_of else ""
    return (
        f"{look}get the text yourself and run: celac-qa corpus add FILE --id {facts.id} "
        f"--title {shlex.quote(title)} --date {facts.date}{version}"
    )
