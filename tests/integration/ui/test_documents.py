"""The pages of the texts, as a browser without any script gets them."""

import datetime as dt
import time
from typing import cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response
from lxml import html

from app.schemas import CatalogueOut, DocumentList
from app.service import Service, catalogue_out, documents_out
from app.ui.documents import documents_router
from corpus.catalogue import load_catalogue
from corpus.library import Library, open_library
from corpus.model import Document
from tests.builders import a_document

BUNDLED = "/documents/celac-2024-kingstown-migration"


class Shelf:
    """As much of a service as the pages of the texts need: the texts."""

    def __init__(self, *documents: Document) -> None:
        self.library = Library(documents) if documents else open_library()

    def documents(self, language: str | None = None) -> DocumentList:
        return documents_out(self.library, language)

    def catalogue(self, language: str | None = None) -> CatalogueOut:
        return catalogue_out(load_catalogue(), self.library, language or "en")


def a_client(*documents: Document) -> TestClient:
    app = FastAPI()
    app.include_router(documents_router(cast("Service", Shelf(*documents))))
    return TestClient(app)


def a_page(response: Response) -> html.HtmlElement:
    return html.fromstring(response.text)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return a_client()


def test_document_has_an_anchor_a_label_and_a_permalink_per_paragraph(client: TestClient) -> None:
    page = a_page(client.get(BUNDLED, headers={"accept-language": "en"}))
    ids = [section.get("id") for section in page.find_class("paragraph")]
    assert ids == ["pre1", "pre2", "pre3", "p1", "p2", "p3", "p4", "post1"]
    assert page.get_element_by_id("p2").find_class("number")[0].text == "¶ 2"
    assert page.get_element_by_id("p2").find_class("number")[0].get("href") == "#p2"


def test_document_shows_what_a_paragraph_does_in_the_language_of_the_page(client: TestClient) -> None:
    page = a_page(client.get(f"{BUNDLED}?lang=es"))
    assert page.get_element_by_id("p3").find_class("force")[0].text == "se compromete"
    assert page.get("lang") == "es"
    assert page.find(".//article").get("lang") == "en"


def test_document_follows_the_browsers_language_until_one_is_chosen(client: TestClient) -> None:
    french = {"accept-language": "fr-CA,fr;q=0.9"}
    assert client.get("/documents", headers=french).headers["content-language"] == "fr"
    assert client.get("/documents?lang=pt", headers=french).headers["content-language"] == "pt"


def test_document_is_not_sent_again_unchanged(client: TestClient) -> None:
    etag = client.get(BUNDLED).headers["etag"]
    again = client.get(BUNDLED, headers={"if-none-match": etag})
    assert again.status_code == 304
    assert again.content == b""
    assert client.get(f"{BUNDLED}?lang=fr").headers["etag"] != etag


def test_unknown_document_leads_to_the_ones_at_hand(client: TestClient) -> None:
    response = client.get("/documents/celac-1999-nowhere?lang=en")
    assert response.status_code == 404
    assert f'href="{BUNDLED}' in response.text


def test_words_of_a_text_are_never_markup() -> None:
    hostile = 'We <script>alert(1)</script> reaffirm & "quote" it\'s {{ 7*7 }}.'
    client = a_client(a_document(hostile, title="<b>Title</b>"))
    page = client.get("/documents/celac-2020-somewhere").text
    reader = client.get("/documents/celac-2020-somewhere/reader/p1").text
    assert "<script>alert" not in page + reader
    assert "<b>Title" not in page + reader
    assert html.fromstring(page).get_element_by_id("p1").find_class("text")[0].text == hostile


def test_cross_reference_leads_to_the_paragraphs_where_the_text_is_at_hand() -> None:
    pointing = a_document(*["We reaffirm."] * 84, id="celac-2024-kingstown", date=dt.date(2024, 3, 1))
    target = a_document(*["We commit."] * 70, id="celac-2023-buenos-aires", date=dt.date(2023, 1, 24))
    client = a_client(pointing, target)
    page = a_page(client.get("/documents/celac-2024-kingstown?lang=en"))
    reader = client.get("/documents/celac-2024-kingstown/reader/p84?lang=en").text
    addresses = [link.get("href") for link in page.get_element_by_id("p84").findall(".//p[@class='refers']/a")]
    assert addresses == [f"/documents/celac-2023-buenos-aires?lang=en#p{number}" for number in (67, 68, 69)]
    assert addresses[0] in reader


def test_cross_reference_leads_to_the_catalogue_where_the_text_is_not_at_hand() -> None:
    pointing = a_document(*["We reaffirm."] * 84, id="celac-2024-kingstown", date=dt.date(2024, 3, 1))
    client = a_client(pointing)
    page = a_page(client.get("/documents/celac-2024-kingstown?lang=en"))
    (link,) = page.get_element_by_id("p84").findall(".//p[@class='refers']/a")
    assert link.get("href") == "/catalogue?lang=en#celac-2023-buenos-aires"
    assert 'id="celac-2023-buenos-aires"' in client.get("/catalogue").text


def test_reader_marks_the_quotation_and_links_to_it_as_a_text_fragment(client: TestClient) -> None:
    text = open_library().paragraph("celac-2024-kingstown-migration", "p3").text
    start, end = text.index("racism"), text.index(", discrimination")
    page = a_page(client.get(f"{BUNDLED}/reader/p3?lang=en&start={start}&end={end}"))
    assert page.findall(".//mark")[0].text == text[start:end]
    assert page.find_class("document")[0].get("href").endswith("#p3:~:text=racism%2C%20xenophobia")


@pytest.mark.parametrize("offsets", ["start=5&end=2", "start=0&end=99999", "start=3"])
def test_reader_shows_the_whole_paragraph_where_offsets_mean_nothing(client: TestClient, offsets: str) -> None:
    page = a_page(client.get(f"{BUNDLED}/reader/p3?{offsets}"))
    assert not page.findall(".//mark")
    assert page.findall(".//blockquote")[0].text_content().startswith("We express our commitment")


def test_document_of_thousands_of_paragraphs_is_written_quickly_and_once() -> None:
    text = "We urge the States of the region to keep their promises to the people who move through them. "
    client = a_client(a_document(*(f"{text}Point {number}." for number in range(3000))))
    before = time.perf_counter()
    assert client.get("/documents/celac-2020-somewhere").text.count("<section") == 3000
    first, before = time.perf_counter() - before, time.perf_counter()
    client.get("/documents/celac-2020-somewhere")
    again = time.perf_counter() - before
    assert first < 5
    assert again < first / 2
