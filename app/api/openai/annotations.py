"""Citations as OpenAI's `url_citation` annotations."""

from __future__ import annotations

from typing import Any

from app.schemas import Answer, CitationOut


def annotate(answer: Answer, base_url: str) -> list[dict[str, Any]]:
    """Return one annotation per citation, in order of their markers.

    Args:
        answer: What is annotated.
        base_url: Of this server, without a slash at the end.

    Returns:
        `{type, start_index, end_index, title, url}`; the indices span the marker where it first stands in the text.
    """
    return [_annotation(answer, citation, base_url) for citation in answer.citations]


def nested(flat: dict[str, Any]) -> dict[str, Any]:
    """Return an annotation in the shape that chat completions have; the responses protocol has it flat."""
    return {"type": flat["type"], flat["type"]: {name: value for name, value in flat.items() if name != "type"}}


def _annotation(answer: Answer, citation: CitationOut, base_url: str) -> dict[str, Any]:
    mark = f"[{citation.marker}]"
    start = _place(answer, citation.marker, mark)
    return {
        "type": "url_citation",
        "start_index": start,
        "end_index": start + len(mark),
        "title": citation.label,
        "url": f"{base_url}{citation.url}",
    }


def _place(answer: Answer, marker: int, mark: str) -> int:
    """Return where the first sentence with a marker has it; last in it, since a quotation may hold the same signs."""
    begins = 0
    for sentence in answer.sentences:
        if marker in sentence.citations:
            return begins + max(sentence.text.rfind(mark), 0)
        begins += len(sentence.text) + 1
    return 0
