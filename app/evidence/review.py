"""The check of a claim as a draft of schema.org's ClaimReview. A machine reviews nothing: a person has to sign it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from app.errors import InputError
from app.schemas import ClaimResult, Evidence
from app.wording import say

_RATINGS = {"supported": 5, "partly_supported": 3, "contradicted": 1}
"""What the texts do not address has none."""
_BOUNDS = {"worstRating": 1, "bestRating": 5}
_WEB = ("http://", "https://")


def draft_review(claim: str, result: ClaimResult, *, base: str = "") -> dict[str, Any]:
    """Return ClaimReview JSON-LD that nobody stands for yet: an incomplete draft, which says so.

    Args:
        claim: What was claimed.
        result: What the texts say of it.
        base: Address of the server; without one, quotations are named but not linked.
    """
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": claim,
        "inLanguage": result.language,
        "reviewRating": _rating(result),
        "itemReviewed": {"@type": "Claim", "text": claim},
        "citation": [_quotation(e, base) for e in result.evidence if e.stance != "related"],
        "creativeWorkStatus": "Draft",
        "abstract": say("review_incomplete", result.language),
    }


def sign_review(draft: Mapping[str, Any], *, reviewer: str, url: str = "", date: dt.date) -> dict[str, Any]:
    """Return a review that a person stands for; published where it says where, else still a draft.

    Args:
        draft: From `draft_review`.
        reviewer: Name of the person who has read the evidence.
        url: Where the review is published.
        date: Day of the review.

    Raises:
        InputError: The reviewer's name holds no letter, or the address is none of the web.
    """
    if not any(char.isalpha() for char in reviewer):
        raise InputError("the reviewer is a person: give a name")
    if url and not url.startswith(_WEB):
        raise InputError("the address of a review begins with http:// or https://")
    return {key: value for key, value in draft.items() if key != "abstract"} | {
        "author": {"@type": "Person", "name": reviewer.strip()},
        "datePublished": date.isoformat(),
        "creativeWorkStatus": "Published" if url else "Draft",
        **({"url": url} if url else {}),
    }


def _rating(result: ClaimResult) -> dict[str, Any]:
    value = _RATINGS.get(result.verdict)
    rating = {"@type": "Rating", "alternateName": say(f"review_{result.verdict}", result.language)}
    reasons = " ".join(dict.fromkeys(reason for part in result.parts for reason in part.reasons))
    explained = {"ratingExplanation": reasons} if reasons else {}
    return rating | explained | ({"ratingValue": value, **_BOUNDS} if value else {})


def _quotation(evidence: Evidence, base: str) -> dict[str, Any]:
    linked = {"url": f"{base}{evidence.url}"} if base else {}
    return {
        "@type": "Quotation",
        "name": evidence.label,
        "text": evidence.quote,
        "inLanguage": evidence.language,
    } | linked
