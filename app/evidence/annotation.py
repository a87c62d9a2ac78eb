"""Quotations as W3C Web Annotations, so that other programs can mark them in the text."""

from __future__ import annotations

from typing import Any

from app.schemas import CitationOut

_CONTEXT = 32
"""Characters before and after a quotation that a selector carries."""


def annotation(citation: CitationOut, text: str, *, base: str = "") -> dict[str, Any]:
    """Return a Web Annotation of a quotation (W3C Recommendation, 23 February 2017).

    Args:
        citation: What is quoted.
        text: Of its paragraph.
        base: Address of the server.
    """
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:sha256:{citation.sha256}#char={citation.start},{citation.end}",
        "type": "Annotation",
        "motivation": "highlighting",
        "target": {
            "source": f"{base}{citation.url}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": citation.quote,
                    "prefix": text[max(0, citation.start - _CONTEXT) : citation.start],
                    "suffix": text[citation.end : citation.end + _CONTEXT],
                },
                {"type": "TextPositionSelector", "start": citation.start, "end": citation.end},
            ],
        },
    }
