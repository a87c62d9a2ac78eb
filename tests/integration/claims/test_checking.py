"""Claims held against the bundled declaration, by the whole product on an encoder that needs no weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.service import Service
from tests.services import some_services

_ID = "celac-2024-kingstown-migration"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder: Path = tmp_path_factory.mktemp("claims")
    return some_services(folder).service


@pytest.mark.parametrize(
    ("claim", "verdict", "paragraph"),
    [
        ("The heads of state commit to combatting racism and xenophobia.", "supported", "p3"),
        ("The declaration speaks of the forced return of migrants.", "contradicted", "p1"),
        ("The declaration was adopted in Kingstown on 1 March 2023.", "contradicted", "post1"),
        ("According to paragraph 4 of the declaration, racism must be combatted.", "contradicted", "p3"),
        ("The leaders decided to promote open and transparent dialogue.", "partly_supported", "p4"),
        ("Los jefes de Estado se comprometen a combatir el racismo y la xenofobia.", "supported", "p3"),
        ("A declaração foi aprovada em Kingstown em 1º de março de 2023.", "contradicted", "post1"),
    ],
)
def test_a_claim_gets_its_verdict_and_its_paragraph(service: Service, claim: str, verdict: str, paragraph: str) -> None:
    result = service.check_claim(claim)
    assert result.verdict == verdict
    assert paragraph in {evidence.paragraph for evidence in result.evidence}


def test_evidence_is_an_exact_quotation(service: Service) -> None:
    for evidence in service.check_claim("The leaders call for open dialogue on migration.").evidence:
        text = service.paragraph(evidence.document, evidence.paragraph).text
        assert text[evidence.start : evidence.end] == evidence.quote


def test_a_claim_on_nothing_in_the_texts_is_not_found_with_the_proof_of_silence(service: Service) -> None:
    result = service.check_claim("The declaration sets a quota for work visas.")
    assert result.verdict == "not_found"
    searched = result.parts[0].searched
    assert searched is not None
    assert searched.paragraphs == len(service.library)
    assert {evidence.stance for evidence in result.evidence} <= {"related"}


def test_a_claim_true_in_half_is_partly_supported(service: Service) -> None:
    result = service.check_claim("The declaration speaks of voluntary return and creates a fund for victims.")
    assert result.verdict == "partly_supported"
    assert [part.verdict for part in result.parts] == ["supported", "not_found"]


def test_reasons_are_in_the_language_of_the_claim(service: Service) -> None:
    result = service.check_claim("La declaración se aprobó en Kingstown el 1 de marzo de 2023.")
    assert any("esta fecha" in reason for reason in result.parts[0].reasons)


def test_an_article_is_checked_in_place(service: Service) -> None:
    article = (
        "The declaration sets a quota for work visas.\n\n"
        "It speaks of “voluntary return based on full respect” and of “forced return based on full respect”."
    )
    result = service.check_article(article)
    assert all(article[span.start : span.end] == span.text for span in result.spans)
    assert [span.claim.verdict for span in result.spans if span.claim][:1] == ["not_found"]
    assert [span.quotation.status for span in result.spans if span.quotation] == ["verbatim", "altered"]
