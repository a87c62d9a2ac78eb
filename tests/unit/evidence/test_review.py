"""A ClaimReview is a draft, and says so, until a person stands for it."""

from __future__ import annotations

import datetime as dt

import pytest

from app.errors import InputError
from app.evidence.review import draft_review, sign_review
from app.schemas import ClaimPart, ClaimResult, ClaimVerdict, Evidence, Stance

DAY = dt.date(2026, 1, 2)


def some_evidence(stance: Stance) -> Evidence:
    return Evidence(
        marker=1,
        document="d",
        paragraph="p1",
        label="Declaration, ¶ 1",
        quote=f"words that it {stance}",
        start=0,
        end=5,
        language="en",
        url="/documents/d#p1",
        sha256="0",
        stance=stance,
    )


def a_verdict(verdict: ClaimVerdict, *evidence: Evidence, language: str = "en") -> ClaimResult:
    part = ClaimPart(claim="x", verdict=verdict, reasons=("2023 against 2024.",), confidence=0.9)
    return ClaimResult(
        verdict=verdict, confidence=0.9, parts=(part,), evidence=evidence, language=language, corpus="sha256:0"
    )


def test_review_that_nobody_stands_for_is_an_incomplete_draft() -> None:
    draft = draft_review("x", a_verdict("supported"))
    assert draft["creativeWorkStatus"] == "Draft"
    assert draft["abstract"].startswith("Incomplete draft: a named person has to read the evidence")
    assert not {"author", "datePublished", "url"} & set(draft)


def test_review_is_rated_and_explained_in_the_language_of_the_claim() -> None:
    draft = draft_review("x", a_verdict("contradicted", language="es"))
    assert draft["reviewRating"]["alternateName"] == "Contradicha por los textos"
    assert draft["reviewRating"]["ratingExplanation"] == "2023 against 2024."
    assert draft["abstract"].startswith("Borrador incompleto")


def test_review_gives_no_rating_where_the_texts_are_silent() -> None:
    assert "ratingValue" not in draft_review("x", a_verdict("not_found"))["reviewRating"]


def test_review_quotes_what_proves_and_not_what_is_only_near() -> None:
    result = a_verdict("contradicted", some_evidence("contradicts"), some_evidence("related"))
    (quoted,) = draft_review("x", result, base="https://qa.example")["citation"]
    assert quoted["text"] == "words that it contradicts"
    assert quoted["url"] == "https://qa.example/documents/d#p1"
    assert "url" not in draft_review("x", result)["citation"][0]


def test_review_that_a_person_signed_stays_a_draft_until_it_says_where_it_is_published() -> None:
    signed = sign_review(draft_review("x", a_verdict("supported")), reviewer=" Ana Reyes ", date=DAY)
    assert signed["author"] == {"@type": "Person", "name": "Ana Reyes"}
    assert (signed["creativeWorkStatus"], signed["datePublished"]) == ("Draft", "2026-01-02")
    assert "abstract" not in signed
    published = sign_review(signed, reviewer="Ana Reyes", url="https://news.example/1", date=DAY)
    assert published["creativeWorkStatus"] == "Published"


@pytest.mark.parametrize(("reviewer", "url"), [("", ""), ("  ", ""), ("123 !", ""), ("Ana", "javascript:alert(1)")])
def test_review_is_not_signed_without_a_name_or_with_a_strange_address(reviewer: str, url: str) -> None:
    with pytest.raises(InputError):
        sign_review(draft_review("x", a_verdict("supported")), reviewer=reviewer, url=url, date=DAY)
