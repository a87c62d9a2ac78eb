"""The chain: condense, retrieve, draft, ground, abstain. Streamed or not, it is the same chain.

Knows nothing of settings, HTTP or terminals. A language model takes the place of the default draft by implementing
`Drafter`; the gate after it is the same for both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from typing_extensions import TypedDict

from app.chain.calibration import Calibration
from app.chain.catalogue import Records, asks_adoption
from app.chain.condense import Request, condense
from app.chain.draft import DraftSentence, draft_answer, draft_outline, draft_paragraphs
from app.chain.draft import Evidence as Quotable
from app.chain.evidence import Evidence
from app.chain.ground import Grounded, ground
from app.chain.rank import RelevanceReader
from app.chain.retrieve import EvidenceSearch
from app.chain.shape import Shaper
from app.schemas import Answer, Filters, Turn
from corpus.labels import paragraph_label
from corpus.library import Library
from corpus.model import Citation
from embeddings.retriever import Hit, Retriever

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable


class State(TypedDict, total=False):
    """What the steps of the chain hand on."""

    question: str
    history: Sequence[Turn]
    filters: Filters | None
    request: Request
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Notice:
    """Something other than the chosen model answers from here on, and why."""

    text: str
    model: str


Rewrite = Callable[[Request, Sequence[Turn]], Request]
"""Puts a question that leans on a conversation into words that stand alone."""
Translate = Callable[[Sequence[Citation], str], Mapping[int, str]]
"""Gives unofficial translations of quotations, by marker."""


class Drafter(Protocol):
    """Writes an answer from evidence, sentence by sentence."""

    name: str

    def draft(self, request: Request, evidence: Evidence) -> Iterator[DraftSentence | Notice]:
        """Yield sentences; none of them is trusted before it is grounded."""


@dataclass(frozen=True, slots=True)
class SourcesEvent:
    """The paragraphs an answer will draw on, before its text."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextEvent:
    """The next piece of the answer's text; what has been sent is never taken back."""

    text: str


@dataclass(frozen=True, slots=True)
class AnswerEvent:
    """The whole answer, last."""

    answer: Answer


StreamEvent = SourcesEvent | TextEvent | AnswerEvent


class ExtractiveDrafter:
    """The default: the texts' own words."""

    name = "extractive"

    def __init__(self, retriever: Retriever, shaper: Shaper) -> None:
        self._retriever = retriever
        self._shaper = shaper

    def draft(self, request: Request, evidence: Evidence) -> Iterator[DraftSentence | Notice]:
        """Yield quotations of the evidence with brief frames."""
        language = request.language
        namer = self._shaper.namer(language)
        if evidence.is_outline:
            yield from draft_outline(
                evidence.paragraphs,
                language=language,
                title=lambda paragraph: self._shaper.title(paragraph, language),
                label=lambda paragraph: paragraph_label(paragraph.id, language),
            )
            return
        yield from draft_paragraphs(evidence.paragraphs, language=language, label=namer)
        terms = evidence.found.terms if evidence.found else ()
        quotable = [
            Quotable(hit.passage.paragraph, self._retriever.passages_found(hit, terms))
            for hit in evidence.hits
            if hit.passage.paragraph not in evidence.paragraphs
        ]
        yield from draft_answer(quotable, language=language, label=namer, is_listing=request.is_listing)


class Pipeline:
    """The chain over one library and one index."""

    def __init__(
        self,
        library: Library,
        retriever: Retriever,
        *,
        drafter: Drafter | None = None,
        fit: Calibration | None = None,
        reader: RelevanceReader | None = None,
        records: Records | None = None,
        rewrite: Rewrite | None = None,
        translate: Translate | None = None,
    ) -> None:
        self._rewrite = rewrite
        self._translate = translate
        self._library = library
        self._records = records
        self._shaper = Shaper(library)
        self.search_evidence = EvidenceSearch(library, retriever, fit=fit, reader=reader, asks_adoption=asks_adoption)
        self._drafter = drafter or ExtractiveDrafter(retriever, self._shaper)

    def answer(self, question: str, history: Sequence[Turn] = (), filters: Filters | None = None) -> Answer:
        """Answer a question; the last event of `stream`."""
        return next(e.answer for e in self.stream(question, history, filters) if isinstance(e, AnswerEvent))

    def stream(
        self, question: str, history: Sequence[Turn] = (), filters: Filters | None = None
    ) -> Iterator[StreamEvent]:
        """Answer a question: the sources, then the text as it is proven, then the whole answer."""
        state = State(question=question, history=history, filters=filters)
        state = self._prepare.invoke(state)
        request, evidence = state["request"], state["evidence"]
        records = None if filters else self._records
        if records and (known := records.answer(request)):
            yield from (SourcesEvent(()), TextEvent(known.answer), AnswerEvent(known))
            return
        yield SourcesEvent(tuple(paragraph.key for paragraph in evidence.sources))
        draft: list[DraftSentence] = []
        grounded = Grounded((), ())
        notice: Notice | None = None
        if request.kind == "question" and evidence.sources:
            for drafted in self._drafter.draft(request, evidence):
                if isinstance(drafted, Notice):
                    notice = drafted
                    continue
                draft.append(drafted)
                longer = ground(draft, self._library)
                for proven in longer.sentences[len(grounded.sentences) :]:
                    yield TextEvent(proven.text if not grounded.sentences else f"\n{proven.text}")
                grounded = longer
        model = notice.model if notice else self._drafter.name
        if grounded.sentences:
            translations = self._translate(grounded.citations, request.language) if self._translate else {}
            for silence in self._shaper.silences(request, evidence):
                yield TextEvent(f"\n{silence}")
            answer = self._shaper.answer(
                request,
                evidence,
                grounded,
                model=model,
                notice=notice.text if notice else None,
                translations=translations,
            )
        else:
            answer = self._shaper.refusal(request, evidence, model=model)
            yield TextEvent(answer.answer)
        yield AnswerEvent(answer)

    def search(self, query: str, k: int, filters: Filters | None = None) -> list[Hit]:
        """Find paragraphs in the order that answers use, best first."""
        return self.search_evidence.ranked(query, k, filters)

    @cached_property
    def _prepare(self) -> Runnable[Any, Any]:
        """The steps before the draft; made when first needed, since LangChain takes half a second to import."""
        from langchain_core.runnables import RunnableLambda

        # A sequence and no `assign`, which starts a thread for every step of every question.
        return RunnableLambda(self._condense, name="condense") | RunnableLambda(self._retrieve, name="retrieve")

    def _condense(self, state: State) -> State:
        request = condense(state["question"], state["history"])
        return {**state, "request": self._rewrite(request, state["history"]) if self._rewrite else request}

    def _retrieve(self, state: State) -> State:
        if state["request"].kind != "question":
            return {**state, "evidence": Evidence()}
        evidence = self.search_evidence.gather(state["request"], state["history"], state["filters"])
        return {**state, "evidence": evidence}
