"""What can be taken along from a result: citations in a format, a review that is a draft until signed, one file."""

import base64
import csv
import io
import json
from typing import Any

import pytest
from lxml import html

from app.schemas import ArticleResult, ArticleSpan, QuoteResult
from app.ui.keep import updates
from app.ui.keepsake import (
    FORMATS,
    Keepsake,
    article_keepsake,
    copy_html,
    format_name,
    names_of,
    standing,
    take_html,
    text_of,
)
from app.ui.texts import LANGUAGES

FILE = {"name": "evidence.zip", "base64": base64.b64encode(b"PK\x03").decode()}
DRAFT: dict[str, Any] = {"@type": "ClaimReview", "creativeWorkStatus": "Draft", "abstract": "Incomplete draft"}
HELD: dict[str, Any] = {"formats": {"bibtex": "@misc{x}", "plain": "“a” (b)"}, "draft": DRAFT}


def test_formats_are_offered_in_one_order_and_only_where_there_are_any() -> None:
    assert names_of(HELD) == ["plain", "bibtex", "review"]
    assert names_of({"formats": {"oral": "x"}, "draft": None}) == []
    assert names_of(None) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_has_a_name_in_every_language(language: str) -> None:
    names = [format_name(form, language) for form in FORMATS]
    assert len(set(names)) == len(FORMATS)


def test_review_stays_an_incomplete_draft_until_a_person_is_named() -> None:
    for nobody in ("", "   ", "42"):
        assert json.loads(text_of("review", HELD, nobody, "https://news.example/1")) == DRAFT
        assert standing(nobody, "https://news.example/1", "en").startswith("A draft, not a review: it stays incomplete")


def test_review_is_published_only_with_a_whole_address() -> None:
    half = json.loads(text_of("review", HELD, "Ana Reyes", "http"))
    assert (half["author"]["name"], half["creativeWorkStatus"], "abstract" in half) == ("Ana Reyes", "Draft", False)
    assert "still a draft" in standing("Ana Reyes", "http", "en")
    assert json.loads(text_of("review", HELD, "Ana Reyes", "https://n.example"))["creativeWorkStatus"] == "Published"


def test_citations_are_shown_copied_and_saved_as_text() -> None:
    hostile = "</pre><script>alert(1)</script> & “quoted”"
    shown = html.fromstring(f"<div>{copy_html('en', 'bibtex', hostile)}</div>")
    assert not shown.findall(".//script")
    assert shown.find(".//pre").text == hostile
    copied, saved = shown.findall(".//button")
    assert copied.get("data-copy") == hostile
    assert (saved.get("data-name"), base64.b64decode(saved.get("data-file")).decode()) == ("citations.bib", hostile)


def test_file_of_a_result_comes_with_the_page() -> None:
    (button,) = html.fromstring(f"<div>{take_html('es', FILE)}</div>").findall(".//button")
    assert (button.get("data-name"), base64.b64decode(button.get("data-file"))) == ("evidence.zip", b"PK\x03")
    assert button.text == "Descargar el paquete de pruebas"


def test_findings_of_an_article_are_rows_that_hold_no_formula() -> None:
    span = ArticleSpan(
        start=3,
        end=9,
        text="=SUM(1)",
        kind="quotation",
        quotation=QuoteResult(status="not_found", warnings=("Look\nhere",), corpus="sha256:0"),
    )
    kept = article_keepsake(ArticleResult(spans=(span,), language="en", characters=20))
    assert kept
    text = base64.b64decode(kept.file["base64"]).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["start"], row["words"], row["result"], row["notes"]) == ("3", "'=SUM(1)", "not_found", "Look\nhere")
    assert article_keepsake(ArticleResult(spans=(), language="en", characters=20)) is None


def test_chosen_format_stays_where_there_is_one_and_a_signature_does_not() -> None:
    kept = Keepsake(FILE, HELD["formats"], DRAFT)
    panel, held, _, reviewer, published, _, form, signing, text = updates(kept, "bibtex", "en")
    assert (panel["visible"], held, reviewer, published) == (True, HELD, "", "")
    assert (form["value"], signing["visible"]) == ("bibtex", False)
    assert "@misc{x}" in text
    assert updates(Keepsake(FILE, HELD["formats"]), "review", "en")[6]["value"] == "plain"


def test_refusal_offers_its_pack_and_no_format() -> None:
    panel, _, _, _, _, take, form, _, text = updates(Keepsake(FILE), "bibtex", "en")
    assert (panel["visible"], form["visible"], text) == (True, False, "")
    assert "evidence.zip" in take
    assert updates(None, "bibtex", "en")[0]["visible"] is False
