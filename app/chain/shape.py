"""From what the chain found to the shapes that leave the product."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from app.chain.condense import Request
from app.chain.evidence import Evidence
from app.chain.ground import Grounded
from app.evidence.force import force_of
from app.schemas import (
    Answer,
    CitationOut,
    Language,
    NearestOut,
    ParallelOut,
    Searched,
    SentenceOut,
    TranslationOut,
)
from app.wording import say
from corpus.labels import citation_label, paragraph_label
from corpus.library import Library
from corpus.model import Citation, Paragraph
from corpus.versions import Versions
from embeddings.lexical import QueryTerm
from embeddings.retriever import Hit


class Shaper:
    """Names and shapes things of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._versions = Versions(library)

    def namer(self, language: str) -> Callable[[Paragraph], str]:
        """Return how paragraphs are called in running text: by number, with the title where there are several texts."""

        def name(paragraph: Paragraph) -> str:
            if len(self._library.documents) == 1:
                return paragraph_label(paragraph.id, language)
            return self.label(paragraph, language)

        return name

    def title(self, paragraph: Paragraph, language: str) -> str:
        """Return what the text of a paragraph is called."""
        return self._library.document(paragraph.document).title(language)

    def label(self, paragraph: Paragraph, language: str) -> str:
        """Return the full label of a paragraph for people."""
        return citation_label(self._library.document(paragraph.document), paragraph.id, language)

    def answer(
        self,
        request: Request,
        evidence: Evidence,
        grounded: Grounded,
        *,
        model: str,
        notice: str | None = None,
        translations: Mapping[int, str] = MappingProxyType({}),
    ) -> Answer:
        """Shape an answer; `translations` of quotations are by marker."""
        citations = self.citations(grounded, request.language)
        if translations:
            citations = tuple(_with_translation(c, translations.get(c.marker), request.language) for c in citations)
        return Answer(
            outcome="answer",
            answer="\n".join((*(s.text for s in grounded.sentences), *self.silences(request, evidence))),
            sentences=tuple(
                SentenceOut(text=s.text, citations=s.markers, verified=s.is_verified) for s in grounded.sentences
            ),
            citations=citations,
            question=request.question,
            standalone_question=request.standalone,
            language=request.language,
            confidence=evidence.confidence,
            model=model,
            corpus=self._library.digest,
            notice=notice,
        )

    def silences(self, request: Request, evidence: Evidence) -> tuple[str, ...]:
        """Say for which parts of a question, or texts that it compares, nothing was found."""
        return tuple(say("not_found_part", request.language, part=part) for part in evidence.silent)

    def refusal(self, request: Request, evidence: Evidence, *, model: str) -> Answer:
        """Shape a refusal with its search trail."""
        reason = "not_found" if request.kind == "question" else request.kind
        searched = self._searched(evidence) if reason == "not_found" else None
        return Answer(
            outcome="refusal",
            answer=self._refusal_text(request, evidence, searched),
            nearest=tuple(self._nearest(hit, request.language) for hit in evidence.nearest),
            reason=reason,
            searched=searched,
            question=request.question,
            standalone_question=request.standalone,
            language=request.language,
            confidence=evidence.confidence,
            model=model,
            corpus=self._library.digest,
        )

    def citations(self, grounded: Grounded, language: str) -> tuple[CitationOut, ...]:
        """Shape citations; marker n is the nth."""
        return tuple(
            self.citation(citation, marker, language) for marker, citation in enumerate(grounded.citations, start=1)
        )

    def citation(self, citation: Citation, marker: int, language: str) -> CitationOut:
        """Shape one citation."""
        paragraph = citation.paragraph
        document = self._library.document(paragraph.document)
        return CitationOut(
            marker=marker,
            document=document.id,
            paragraph=paragraph.id,
            label=self.label(paragraph, language),
            quote=citation.quote,
            start=citation.start,
            end=citation.end,
            language=document.language,
            url=paragraph_url(paragraph),
            sha256=paragraph.sha256,
            force=force_of(paragraph, document.language),
            parallel=self._parallel(paragraph),
        )

    def _parallel(self, paragraph: Paragraph) -> tuple[ParallelOut, ...]:
        return tuple(
            ParallelOut(
                document=same.document,
                paragraph=same.id,
                language=self._library.document(same.document).language,
                text=same.text,
                url=paragraph_url(same),
            )
            for same in self._versions.counterparts(paragraph)
        )

    def _nearest(self, hit: Hit, language: str) -> NearestOut:
        paragraph = hit.passage.paragraph
        return NearestOut(
            document=paragraph.document,
            paragraph=paragraph.id,
            label=self.label(paragraph, language),
            text=paragraph.text,
            url=paragraph_url(paragraph),
            score=hit.score,
        )

    def _searched(self, evidence: Evidence) -> Searched:
        found = evidence.found
        return Searched(
            terms=tried(found.terms if found else ()),
            paragraphs=found.paragraphs if found else len(self._library),
            documents=tuple(document.id for document in self._library.documents),
        )

    def _refusal_text(self, request: Request, evidence: Evidence, searched: Searched | None) -> str:
        language = request.language
        if evidence.missing is not None and evidence.document is not None:
            numbers = [paragraph.id for paragraph in evidence.document if paragraph.kind in {"operative", "unnumbered"}]
            return say(
                "missing_paragraph",
                language,
                document=evidence.document.title(language),
                number=evidence.missing,
                first=paragraph_label(numbers[0], language) if numbers else "-",
                last=paragraph_label(numbers[-1], language) if numbers else "-",
            )
        if searched is None:
            return say(request.kind, language)
        words = dict.fromkeys(term.word for term in evidence.found.terms) if evidence.found else {}
        return say(
            "not_found",
            language,
            count=searched.paragraphs,
            terms=", ".join(words) or say("nothing_to_search", language),
        )


def _with_translation(citation: CitationOut, text: str | None, language: Language) -> CitationOut:
    if text is None:
        return citation
    return citation.model_copy(
        update={"translation": TranslationOut(language=language, text=text, note=say("unofficial", language))}
    )


def paragraph_url(paragraph: Paragraph) -> str:
    """Return the address of a paragraph in the web interface."""
    return f"/documents/{paragraph.document}#{paragraph.id}"


def tried(terms: Iterable[QueryTerm]) -> dict[str, tuple[str, ...]]:
    """Return the words that a search tried, by language code."""
    words: dict[str, dict[str, None]] = {}
    for term in terms:
        for language, shown in term.shown.items():
            words.setdefault(language, {}).update(dict.fromkeys(shown))
    return {language: tuple(shown) for language, shown in sorted(words.items())}
