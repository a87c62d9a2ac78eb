"""The check of a claim as a draft of schema.org's ClaimReview. A machine reviews nothing: a person has to sign it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.schemas import ClaimResult

_RATINGS = {
    "supported": (5, "Supported by the texts"),
    "partly_supported": (3, "Partly supported by the texts"),
    "contradicted": (1, "Contradicted by the texts"),
    "not_found": (None, "Not addressed in the texts"),
}


def claim_review(
    claim: str,
    result: ClaimResult,
    *,
    reviewer: str | None = None,
    url: str = "",
    date: dt.date | None = None,
    base: str = "",
) -> dict[str, Any]:
    """Return ClaimReview JSON-LD: a draft without a rating of a reviewer until a person is named.

    Args:
        claim: What was claimed.
        result: What the texts say of it.
        reviewer: Name of the person who has read the evidence and stands for the verdict.
        url: Where the review is published.
        date: Day of the review.
        base: Address of the server.
    """
    value, name = _RATINGS[result.verdict]
    rating = {"@type": "Rating", "alternateName": name}
    review: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": claim,
        "reviewRating": rating | ({"ratingValue": value, "worstRating": 1, "bestRating": 5} if value else {}),
        "itemReviewed": {
            "@type": "Claim",
            "appearance": [
                {"@type": "CreativeWork", "url": f"{base}{e.url}", "text": e.quote} for e in result.evidence
            ],
        },
        "url": url or None,
        "datePublished": date.isoformat() if date else None,
    }
    if reviewer and reviewer.strip():
        review["author"] = {"@type": "Person", "name": reviewer.strip()}
        review["creativeWorkStatus"] = "Published" if url and date else "Draft"
    else:
        review["creativeWorkStatus"] = "Draft"
        review["abstract"] = "Incomplete: a named person has to read the evidence before this is a review."
    return {key: value for key, value in review.items() if value is not None}
