from __future__ import annotations

import json

import pytest

from app.chain.shape import Shaper
from app.errors import InputError
from app.evidence.annotation import annotation
from app.evidence.citing import reference_list
from app.evidence.desk import EvidenceDesk
from app.evidence.permalink import permalink
from app.schemas import CitationFormats, ClaimResult, Evidence
from corpus.model import Citation
from tests.builders import a_document, a_library

TEXT = "We call for open, co-operative dialogue on migration & asylum_law [now]."


def formats(language: str = "en", **facts: object) -> CitationFormats:
    document = a_document(TEXT, title="Declaration of Somewhere & Elsewhere", **facts)  # type: ignore[arg-type]
    desk = EvidenceDesk(a_library(document))
    return desk.cite(document.id, "p1", language=language, base="https://qa.example")


def test_permalink_marks_short_words_whole_and_long_ones_by_their_ends() -> None:
    assert permalink("/documents/x#p1", "a, well-known") == "/documents/x#p1:~:text=a%2C%20well%2Dknown"
    long = permalink("/documents/x#p1", " ".join(f"w{n}" for n in range(20)))
    assert long.endswith(":~:text=w0%20w1%20w2%20w3,w16%20w17%20w18%20w19")


def test_cite_names_text_place_and_paragraph_in_every_format() -> None:
    shown = formats()
    assert TEXT in shown.plain
    assert "¶ 1" in shown.plain
    assert shown.apa == (
        "CELAC. (2020). Declaration of Somewhere & Elsewhere, ¶ 1. https://qa.example/documents/celac-2020-somewhere#p1"
    )
    assert shown.chicago.startswith("CELAC. 2020. Declaration of Somewhere & Elsewhere, ¶ 1. Somewhere.")
    assert json.loads(json.dumps(shown.csl))["issued"] == {"date-parts": [[2020, 1, 2]]}


def test_cite_escapes_what_a_format_gives_a_meaning() -> None:
    shown = formats()
    assert r"Somewhere \& Elsewhere" in shown.bibtex
    assert r"asylum\_law \[now\]" in shown.markdown
    assert "migration &amp; asylum" in shown.html


def test_cite_takes_a_text_without_a_date() -> None:
    shown = formats(date=None)
    assert "n.d." in shown.apa
    assert "year" not in shown.bibtex


def test_cite_gives_no_address_where_there_is_none() -> None:
    document = a_document(TEXT)
    shown = EvidenceDesk(a_library(document)).cite(document.id, "p1")
    assert "/documents" not in shown.plain + shown.apa + shown.bibtex + shown.html
    assert "URL" not in shown.csl


def test_cite_gives_the_text_s_own_address_where_no_server_is_named() -> None:
    document = a_document(TEXT, source="https://celac.example/text.pdf")
    assert EvidenceDesk(a_library(document)).cite(document.id, "p1").apa.endswith("https://celac.example/text.pdf")


@pytest.mark.parametrize(("start", "end"), [(5, 5), (-1, 3), (0, 10_000), (7, 3)])
def test_cite_refuses_offsets_outside_the_paragraph(start: int, end: int) -> None:
    document = a_document(TEXT)
    with pytest.raises(InputError, match="offsets"):
        EvidenceDesk(a_library(document)).cite(document.id, "p1", start=start, end=end)


def test_cite_uses_the_quotation_marks_of_the_language() -> None:
    assert formats("fr").plain.startswith("« We call")


def test_annotation_selects_words_by_text_and_position() -> None:
    document = a_document(TEXT)
    citation = Citation(document.paragraph("p1"), TEXT[12:16], 12)
    made = annotation(Shaper(a_library(document)).citation(citation, 1, "en"), TEXT)
    quote, position = made["target"]["selector"]
    assert (quote["prefix"], quote["exact"]) == ("We call for ", "open")
    assert TEXT[position["start"] : position["end"]] == "open"


def test_reference_list_names_a_paragraph_once_and_every_quotation_of_it() -> None:
    document = a_document(TEXT)
    desk = EvidenceDesk(a_library(document))
    cited = [desk.cite(document.id, "p1", start=start, end=start + 7, base="https://qa.example") for start in (0, 12)]
    listed = reference_list(cited)
    assert listed["bibtex"].count("@misc") == 1
    assert len(json.loads(listed["csl"])) == 1
    assert (listed["apa"].count("CELAC."), listed["permalink"].count("https://")) == (1, 2)
    assert len(listed["plain"].split("\n\n")) == len(json.loads(listed["annotation"])) == 2
    assert reference_list([]) == {}


def test_references_leave_out_what_is_only_near_a_claim() -> None:
    document = a_document(TEXT, TEXT + " Again.")
    desk = EvidenceDesk(a_library(document))
    shaper = Shaper(a_library(document))
    found = [
        Evidence(
            **shaper.citation(Citation(document.paragraph(id_), "We call", 0), 1, "en").model_dump(), stance=stance
        )
        for id_, stance in (("p1", "supports"), ("p2", "related"))
    ]
    result = ClaimResult(
        verdict="supported", confidence=1, parts=(), evidence=tuple(found), language="en", corpus="sha256:0"
    )
    assert "¶ 1" in desk.references(result, language="en")["apa"]
    assert "¶ 2" not in desk.references(result, language="en")["apa"]
