"""What a visitor can take along from a result: its citations in every format, a review's draft, files.

All of it is made when the result is, and lives in the visitor's page: nothing is kept here, nothing is checked twice.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.evidence.review import draft_review, sign_review
from app.evidence.rows import beside, csv_file
from app.schemas import Answer, ArticleResult, ArticleSpan, ClaimResult, QuoteResult
from app.service import Service
from app.ui.templating import render
from app.ui.texts import page_texts

FORMATS = {
    "plain": "txt",
    "markdown": "md",
    "html": "html",
    "apa": "txt",
    "chicago": "txt",
    "bibtex": "bib",
    "csl": "json",
    "permalink": "txt",
    "annotation": "jsonld",
    "review": "jsonld",
}
"""In the order in which they are offered, with the usual ending of a file in each."""
_NAMES = {
    "markdown": "Markdown",
    "html": "HTML",
    "apa": "APA",
    "chicago": "Chicago",
    "bibtex": "BibTeX",
    "csl": "CSL-JSON",
    "annotation": "W3C Web Annotation",
}
"""Formats whose names are the same in every language."""
Held = dict[str, Any] | None
"""What the page holds between choices: citations by format, a review's draft. It comes back from there, untrusted."""


@dataclass(frozen=True, slots=True)
class Keepsake:
    """What can be taken along.

    Attributes:
        file: Name and contents, in Base64, of the file that keeps the whole result.
        formats: The citations as one text, by format; empty where nothing is cited.
        draft: Of a ClaimReview, for claims.
    """

    file: Mapping[str, str]
    formats: Mapping[str, str] = field(default_factory=dict)
    draft: Mapping[str, Any] | None = None


def keepsake(
    service: Service,
    asked: Mapping[str, Any],
    result: Answer | ClaimResult | QuoteResult,
    *,
    language: str,
    base: str = "",
) -> Keepsake | None:
    """Return what can be taken along from a result; nothing from what is no question.

    Args:
        service: Cites and packs.
        asked: What was put: `question` and `history`, `claim`, or `quote`.
        result: What came out.
        language: Of the page.
        base: Address of the server, for permalinks.
    """
    if isinstance(result, Answer) and result.reason not in {None, "not_found"}:
        return None
    return Keepsake(
        file=_file("evidence.zip", service.pack(asked, result, language=language)),
        formats=service.references(result, language=language, base=base),
        draft=draft_review(str(asked["claim"]), result, base=base) if isinstance(result, ClaimResult) else None,
    )


def article_keepsake(result: ArticleResult) -> Keepsake | None:
    """Return what was found in an article as a table, a row each; nothing where nothing was."""
    if not result.spans:
        return None
    places = [{"start": s.start, "end": s.end, "kind": s.kind, "words": s.text} for s in result.spans]
    rows, _ = beside(places, [_found(span) for span in result.spans])
    return Keepsake(file=_file("findings.csv", csv_file(rows, 0)))


def held(kept: Keepsake) -> dict[str, Any]:
    """Return what the page holds of it."""
    return {"formats": dict(kept.formats), "draft": kept.draft}


def names_of(holding: Held) -> list[str]:
    """Return the formats that there are, as they are offered."""
    there = {**((holding or {}).get("formats") or {}), "review": (holding or {}).get("draft")}
    return [name for name in FORMATS if there.get(name)]


def format_name(form: str, language: str) -> str:
    """Return what a format is called."""
    return _NAMES.get(form) or page_texts(language)[f"format_{form}"]


def text_of(form: str, holding: Held, reviewer: str, published: str) -> str:
    """Return what is to be copied: citations, or a review that is a draft until a person is named.

    Args:
        form: Of the formats there are.
        holding: From the page.
        reviewer: As typed.
        published: Address as typed, maybe half of one.
    """
    holding = holding or {}
    if form != "review":
        return str(holding["formats"][form])
    review = dict(holding["draft"])
    if _is_name(reviewer):
        url = published.strip() if _is_address(published) else ""
        review = sign_review(review, reviewer=reviewer, url=url, date=dt.datetime.now(dt.UTC).date())
    return json.dumps(review, ensure_ascii=False, indent=2)


def standing(reviewer: str, published: str, language: str) -> str:
    """Return what a review still lacks."""
    words = page_texts(language)
    if not _is_name(reviewer):
        return words["review_draft"]
    return words["review_signed" if _is_address(published) else "review_unpublished"]


def take_html(language: str, file: Mapping[str, str]) -> str:
    """Return the button that saves the file of a result."""
    return render("take.html", language, file=file)


def copy_html(language: str, form: str, text: str, note: str = "") -> str:
    """Return a text with the buttons that copy and save it.

    Args:
        language: Of the page.
        form: Name of its format.
        text: What is copied.
        note: Shown below it.
    """
    name = f"{'review' if form == 'review' else 'citations'}.{FORMATS[form]}"
    return render(
        "copy.html", language, text=text, name=format_name(form, language), file=_file(name, text.encode()), note=note
    )


def _file(name: str, contents: bytes) -> dict[str, str]:
    return {"name": name, "base64": base64.b64encode(contents).decode()}


def _is_name(reviewer: str) -> bool:
    return any(char.isalpha() for char in reviewer)


def _is_address(published: str) -> bool:
    return published.strip().startswith(("http://", "https://"))


def _found(span: ArticleSpan) -> dict[str, Any]:
    found = span.quotation or span.claim
    return found.model_dump(mode="json", exclude_none=True) if found else {}
