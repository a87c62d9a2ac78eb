"""A draft written by a language model: the model writes, this module only reads what it wrote.

The model is given numbered evidence as data and asked for sentences with quotations, one JSON object a line. A sentence
is passed on as proven only when `Proof` finds the quotation that it stands on. If the model fails or nothing stands,
the extractive draft answers, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from typing import Any, Protocol

from app.chain.condense import Request
from app.chain.draft import MARKER, DraftSentence
from app.chain.evidence import Evidence
from app.chain.pipeline import Drafter, Notice
from app.chain.proof import Proof, has_only_exact_quotations, is_clean
from app.chain.records import Record, read_records
from app.errors import ModelStoppedError
from app.wording import say
from corpus.model import Citation, Paragraph

_MAX_SENTENCES = 8
_MAX_PARAGRAPHS = 12
_LETTER_OR_DIGIT = re.compile(r"\w")


class Writer(Protocol):
    """A language model within its limits."""

    name: str

    def write(self, task: str, language: str, data: Mapping[str, Any]) -> Generator[str, None, None]:
        """Yield what it writes, as it comes.

        Raises:
            ModelStoppedError: It is down, slow or over budget; what was yielded before still stands.
        """


class WrittenDrafter:
    """Lets a language model write, with the extractive draft to fall back on.

    Args:
        writer: The model.
        fallback: Answers where the model gives nothing that stands.
        proof: Finds what a sentence stands on.
        show_unverified: Also pass on sentences with an exact quotation that does not prove them, marked as such.
    """

    def __init__(self, writer: Writer, *, fallback: Drafter, proof: Proof, show_unverified: bool = False) -> None:
        self.name = writer.name
        self._writer = writer
        self._fallback = fallback
        self._proof = proof
        self._show_unverified = show_unverified

    def draft(self, request: Request, evidence: Evidence) -> Iterator[DraftSentence | Notice]:
        """Yield the sentences that are proven; the extractive draft instead of, or after, what fails."""
        paragraphs = evidence.sources[:_MAX_PARAGRAPHS]
        sources = {f"E{number}": paragraph for number, paragraph in enumerate(paragraphs, start=1)}
        proven: list[str] = []
        reason = ""
        try:
            for sentence in self._sentences(request, sources):
                if sentence.is_verified:
                    proven.append(sentence.text)
                yield sentence
                if len(proven) == _MAX_SENTENCES:
                    break
        except ModelStoppedError as error:
            reason = say(error.reason, request.language, **error.values)
        if reason or not proven:
            reason = reason or say("unproven", request.language)
            text = say("model_down", request.language, model=self.name, reason=reason)
            yield Notice(text, model=self.name if proven else self._fallback.name)
            yield from self._fallback.draft(request, evidence)

    def _sentences(self, request: Request, sources: Mapping[str, Paragraph]) -> Iterator[DraftSentence]:
        data = {
            "question": request.standalone,
            "evidence": [{"id": key, "section": p.section, "text": p.text} for key, p in sources.items()],
        }
        seen: set[str] = set()
        with closing(self._writer.write("draft", request.language, data)) as pieces:
            for record in read_records(pieces):
                sentence = None if record.sentence in seen else self._sentence(record, sources, request.language)
                seen.add(record.sentence)
                if sentence is not None:
                    yield sentence

    def _sentence(self, record: Record, sources: Mapping[str, Paragraph], language: str) -> DraftSentence | None:
        """Return a sentence that may be shown, or None."""
        citations = [cite(sources.get(source), quote) for source, quote in record.quotes]
        exact = [citation for citation in citations if citation is not None]
        if len(exact) < len(citations):
            return None
        found = self._proof.find(record.sentence, exact, language)
        if found is not None:
            return DraftSentence(f"{record.sentence} {MARKER}", (found,))
        quoted = "\n".join(citation.quote for citation in exact)
        if not self._show_unverified or not is_clean(record.sentence):
            return None
        if not has_only_exact_quotations(record.sentence, quoted):
            return None
        text = say("unverified", language, sentence=record.sentence, marker=MARKER)
        return DraftSentence(text, tuple(exact), is_verified=False)


def cite(paragraph: Paragraph | None, quote: str) -> Citation | None:
    """Return the citation of a quotation that is in a paragraph character for character, else None."""
    quote = quote.strip()
    if paragraph is None or not _LETTER_OR_DIGIT.search(quote):
        return None
    start = paragraph.text.find(quote)
    return Citation(paragraph, quote, start) if start >= 0 else None
