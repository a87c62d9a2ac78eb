"""A draft written by a language model: the model writes, this module only reads what it wrote.

The model is given numbered evidence as data and asked for sentences with quotations, one JSON object a line. A sentence
is passed on only when `Proof` finds that it stands: each quotation exact in its paragraph, nothing in the sentence that
the quotations do not carry. If the model fails or too little stands, the extractive draft answers, and says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from app.chain.condense import Request
from app.chain.draft import MARKER, DraftSentence
from app.chain.pipeline import Drafter, Notice
from app.chain.proof import Proof
from app.chain.retrieve import Evidence
from app.errors import ModelUnavailableError
from app.llm import Budget, stream_text
from app.prompts import prompt
from app.wording import say
from corpus.model import Citation, Paragraph

_MAX_LINE = 8_000
_MAX_SENTENCES = 8


class WrittenDrafter:
    """Lets a language model write, with the extractive draft to fall back on."""

    def __init__(
        self,
        model: BaseChatModel,
        *,
        name: str,
        fallback: Drafter,
        proof: Proof,
        timeout_s: float,
        budget: Budget,
    ) -> None:
        self.name = name
        self._model = model
        self._fallback = fallback
        self._proof = proof
        self._timeout_s = timeout_s
        self._budget = budget

    def draft(self, request: Request, evidence: Evidence) -> Iterator[DraftSentence | Notice]:
        """Yield the sentences that are proven; the extractive draft instead of, or after, what fails."""
        paragraphs = evidence.paragraphs or tuple(hit.passage.paragraph for hit in evidence.hits)
        sources = {f"E{number}": paragraph for number, paragraph in enumerate(paragraphs, start=1)}
        reason = ""
        count = 0
        try:
            pieces = stream_text(
                self._model, _messages(request, sources), timeout_s=self._timeout_s, budget=self._budget
            )
            for record in read_records(pieces):
                sentence = self._sentence(record, sources, request.language)
                if sentence is not None:
                    count += 1
                    yield sentence
                if count == _MAX_SENTENCES:
                    break
        except ModelUnavailableError as error:
            reason = str(error)
        if reason or not count:
            reason = reason or say("unproven", request.language)
            text = say("model_down", request.language, model=self.name, reason=reason)
            yield Notice(text, model=self._fallback.name if not count else self.name)
            yield from self._fallback.draft(request, evidence)

    def _sentence(self, record: Any, sources: dict[str, Paragraph], language: str) -> DraftSentence | None:  # noqa: ANN401
        """Return a proven sentence, or None for whatever does not stand."""
        read = read_sentence(record)
        if read is None:
            return None
        text, quotes = read
        citations = [cite(sources.get(source), quote) for source, quote in quotes]
        exact = [citation for citation in citations if citation is not None]
        if not exact or len(exact) < len(citations) or not self._proof.stands(text, exact, language):
            return None
        return DraftSentence(f"{text} {MARKER}", tuple(exact))


def read_records(pieces: Iterator[str]) -> Iterator[Any]:
    """Yield the JSON objects of a model's text, one a line, as soon as each line is whole; skip all else."""
    line = ""
    for piece in pieces:
        line += piece
        while "\n" in line:
            whole, line = line.split("\n", 1)
            yield from _objects(whole)
        if len(line) > _MAX_LINE:
            line = ""
    yield from _objects(line)


def _objects(line: str) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    at = line.find("{")
    while 0 <= at < len(line):
        try:
            record, end = decoder.raw_decode(line, at)
        except (json.JSONDecodeError, RecursionError):
            return
        yield from (record["sentences"] if isinstance(record.get("sentences"), list) else [record])
        at = line.find("{", end)


def read_sentence(record: Any) -> tuple[str, list[tuple[str, str]]] | None:  # noqa: ANN401 - whatever a model wrote
    """Return a sentence and its (evidence id, quotation) pairs, or None if the record has another shape."""
    if not isinstance(record, dict) or not isinstance(record.get("sentence"), str):
        return None
    quotes = record.get("quotes")
    if not isinstance(quotes, list):
        return None
    pairs = [(q.get("id"), q.get("quote")) for q in quotes if isinstance(q, dict)]
    text = " ".join(record["sentence"].split())
    if not text or len(pairs) < len(quotes):
        return None
    found = [(source, quote) for source, quote in pairs if isinstance(source, str) and isinstance(quote, str)]
    return (text, found) if found and len(found) == len(pairs) else None


def cite(paragraph: Paragraph | None, quote: str) -> Citation | None:
    """Return the citation of a quotation that is in a paragraph character for character, else None."""
    quote = quote.strip()
    if paragraph is None or not re.search(r"\w", quote):
        return None
    start = paragraph.text.find(quote)
    return Citation(paragraph, quote, start) if start >= 0 else None


def _messages(request: Request, sources: dict[str, Paragraph]) -> Sequence[BaseMessage]:
    evidence = [{"id": key, "section": p.section, "text": p.text} for key, p in sources.items()]
    data = {"question": request.standalone, "evidence": evidence}
    return [SystemMessage(prompt("draft", request.language)), HumanMessage(json.dumps(data, ensure_ascii=False))]
