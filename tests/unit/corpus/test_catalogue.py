"""The catalogue: its schema, the shipped facts, and an entry in words."""

from pathlib import Path

import pytest

from corpus.catalogue import load_catalogue
from corpus.catalogue_record import record_of
from corpus.errors import InvalidDocumentError

SMALL = """
[subjects.trees]
en = ["trees"]
[bodies]
celac = { en = "CELAC" }
[events]
meeting = { en = "Meeting" }
[places]
quimera = { country = "CO", en = "Quimera", es = "La Quimera" }
[[entry]]
id = "celac-2019-quimera"
titles = { en = "Declaration of Quimera" }
body = "celac"
event = "meeting"
place = "quimera"
date = 2019-05-03
language = "en"
source = { seen = "document", where = "here" }
"""


def a_catalogue(folder: Path, *changes: tuple[str, str]) -> Path:
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "catalogue.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_every_sentence_of_a_record_stands_in_its_text(language: str) -> None:
    catalogue = load_catalogue()
    for entry in catalogue.entries:
        record = record_of(catalogue, entry, language)
        for sentence in (record.adoption, record.count, *record.subjects.values()):
            assert sentence in record.text
        assert entry.title(language) in record.adoption


def test_every_shipped_title_and_name_is_there_in_four_languages() -> None:
    catalogue = load_catalogue()
    for names in [entry.titles for entry in catalogue.entries] + [*catalogue.events.values()]:
        assert set(names) == {"en", "es", "pt", "fr"}


def test_every_shipped_entry_says_where_its_facts_were_seen_and_checks_nothing_it_did_not_check() -> None:
    for entry in load_catalogue().entries:
        assert entry.source.where
        assert all(address.checked == "never" for address in entry.addresses)


def test_a_version_is_found_under_its_text() -> None:
    catalogue = load_catalogue()
    assert catalogue.find("eu-celac-2023-brussels-es") == catalogue.find("eu-celac-2023-brussels")
    assert catalogue.find("celac-1999-nowhere") is None


def test_a_record_tells_a_sure_count_from_a_hint() -> None:
    catalogue = load_catalogue()
    assert (
        "111 (counted in the document)" in record_of(catalogue, catalogue.entry("celac-2023-buenos-aires"), "en").text
    )
    assert "at least 28" in record_of(catalogue, catalogue.entry("celac-2011-caracas"), "en").text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('"celac-2019-quimera"', '"Quimera"'), "document id"),
        (('event = "meeting"', 'event = "party"'), "not listed"),
        (("date = 2019-05-03", "date = 2019-05-03\ncolour = 'red'"), "colour"),
        (("date = 2019-05-03", "date = 2019-05-03\nreferences = [{ from = 'p1', to = 'celac-1999-x' }]"), "not there"),
        (("date = 2019-05-03", "date = 2019-05-03\naddresses = [{ url = 'ftp://x', language = 'en' }]"), "url"),
        (("[subjects.trees]", "[subjects.trees"), "catalogue.toml"),
    ],
)
def test_a_wrong_catalogue_is_refused_with_the_reason(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    with pytest.raises(InvalidDocumentError, match=says):
        load_catalogue(a_catalogue(tmp_path, change))
