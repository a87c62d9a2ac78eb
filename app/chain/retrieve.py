"""From a request to the paragraphs that may answer it, best first, with how likely they do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from app.chain.abstain import confidence, rating
from app.chain.calibration import Calibration, shipped_calibration
from app.chain.condense import Request, question_language
from app.chain.evidence import Evidence
from app.chain.named import AsksAdoption, Named
from app.chain.parts import split_parts
from app.chain.rank import RelevanceReader, ranked
from app.chain.scope import Mention, Scope
from app.grammar import has_any
from app.schemas import Filters, Turn
from corpus.library import Library
from corpus.model import Paragraph
from corpus.versions import Versions
from embeddings.retriever import Found, Hit, Retriever

CANDIDATES = 30
"""Hits that are put in order by relevance."""
MOST_COMPARED = 4
"""Texts that are put side by side where a question names none."""
_SUBJECT_WORDS = 2
"""Content words that make a subject of its own."""
_COVERED = 0.6
"""Share of a part's information that the paragraph found for the whole question has, for it to answer the part."""
_BESIDE = 0.5
"""Share of the threshold that does for a text beside another one that answers."""
_LIMIT, _MARGIN = 2, 0.02
_WIDE_LIMIT, _WIDE_MARGIN = 4, 0.05


class EvidenceSearch:
    """Looks for evidence in one library."""

    def __init__(
        self,
        library: Library,
        retriever: Retriever,
        *,
        fit: Calibration | None = None,
        reader: RelevanceReader | None = None,
        asks_adoption: AsksAdoption = lambda _request, _names: False,
    ) -> None:
        self._library = library
        self._versions = Versions(library)
        self._retriever = retriever
        self._reader = reader
        self._scope = Scope(library.documents)
        self._named = Named(library, self._scope, asks_adoption)
        self.fit = fit or shipped_calibration()

    def gather(self, request: Request, history: Sequence[Turn] = (), filters: Filters | None = None) -> Evidence:
        """Find the paragraphs that answer a request.

        Args:
            request: What is asked.
            history: The conversation, for "the next one" and for which text it is about.
            filters: Limits set by the caller.
        """
        documents = self._allowed(filters)
        mention = self._scope.mentioned(request.question, request.language)
        straight = self._straight(request, mention, history, documents)
        if straight is not None:
            return straight
        compared = self._compared(request, mention, documents)
        if compared:
            return self._compare(request, mention, compared)
        if request.context and mention.groups and not self._own_words(request, mention):
            return self._same_of(request, documents, mention)
        if not mention.groups:
            mention = self._spoken_of(history)
        alone = self._whole(request.alone(), documents, mention)
        if not request.context:
            return alone
        spoken = mention if mention.groups else self._scope.mentioned(request.standalone, request.language)
        leaning = self._whole(request, documents, spoken)
        if alone.confidence > leaning.confidence or self._is_foreign(request, mention, alone, leaning):
            return alone
        return leaning

    def _straight(
        self, request: Request, mention: Mention, history: Sequence[Turn], documents: Sequence[str] | None
    ) -> Evidence | None:
        """Return the paragraphs that a request leads to without a search, if it does."""
        if request.reference:
            named = self._named.named(request, self.focus(history), documents)
            if named.paragraphs or named.missing is not None:
                return named
        spoken = self._spoken_of(history)
        if adopted := self._named.adopted(request, mention, spoken, documents):
            return Evidence(confidence=1.0, paragraphs=adopted)
        if told := self._named.outlined(request, mention, spoken, documents):
            return Evidence(confidence=1.0, paragraphs=told, is_outline=True)
        return None

    def _same_of(self, request: Request, documents: Sequence[str] | None, mention: Mention) -> Evidence:
        """Ask the earlier question of another text: "And the Buenos Aires one?"."""
        before = self._scope.mentioned(" ".join(request.context), request.language)
        asked = Mention(mention.groups, mention.names | before.names, is_explicit=True)
        return self._whole(request, documents, asked)

    def _spoken_of(self, history: Sequence[Turn]) -> Mention:
        """Return the texts that the conversation named last; they are favoured, not the only ones searched."""
        for turn in reversed(history):
            if turn.role == "user":
                mention = self._scope.mentioned(turn.content, question_language(turn.content, ()))
                if mention.groups:
                    return Mention(mention.groups[:1])
        return Mention()

    def _own_words(self, request: Request, mention: Mention) -> list[str]:
        """Return what a message asks by itself, without the names of texts and the words of conversation."""
        rules = request.grammar
        known = {*mention.names, *rules.frame, *rules.pronouns, *rules.interrogatives}
        known |= {word for phrase in rules.starters for word in phrase.split()}
        return [word for word in rules.content_words(request.question) if word not in known]

    def _is_foreign(self, request: Request, mention: Mention, alone: Evidence, leaning: Evidence) -> bool:
        """Whether a message brings a subject of its own that the paragraph found with the earlier question lacks."""
        if len(self._own_words(request, mention)) < _SUBJECT_WORDS or alone.found is None or not leaning.hits:
            return False
        best = leaning.hits[0].passage.paragraph.key
        return all(hit.coverage == 0 for hit in alone.found.hits if hit.passage.paragraph.key == best)

    def ranked(self, query: str, k: int, filters: Filters | None = None) -> list[Hit]:
        """Find paragraphs for a query as it stands, in the order that answers use, best first."""
        mention = self._scope.mentioned(query)
        documents = self._within(mention, self._allowed(filters))
        found = self._retriever.find(query, k=max(k, CANDIDATES), documents=documents, names=mention.names)
        ordered = ranked(query, found.hits, self.fit, self._reader, mention.documents)[:k]
        return [replace(hit, score=score) for hit, score in zip(ordered, _falling(ordered, self.fit), strict=True)]

    def focus(self, history: Sequence[Turn]) -> Paragraph | None:
        """Return the paragraph that the conversation is at: the first one that its last question leads to."""
        asked = [position for position, turn in enumerate(history) if turn.role == "user"]
        if not asked:
            return None
        from app.chain.condense import condense

        earlier = history[: asked[-1]]
        evidence = self.gather(condense(history[asked[-1]].content, earlier), earlier)
        if evidence.paragraphs:
            return evidence.paragraphs[0]
        return evidence.nearest[0].passage.paragraph if evidence.nearest else None

    def _whole(self, request: Request, documents: Sequence[str] | None, mention: Mention) -> Evidence:
        """Search for a message, and for each part of it that the paragraphs found for the whole leave open."""
        whole = self._search(request, documents, mention)
        parts = split_parts(request.question, request.grammar) if not request.context else ()
        if len(parts) < 2:  # noqa: PLR2004 - one part is the whole
            return whole
        found = [self._part(replace(request, question=part), documents, mention) for part in parts]
        if not any(part.sources for part in found) or (whole.hits and all(self._covers(whole, part) for part in found)):
            return whole
        hits = tuple({hit.passage.paragraph.key: hit for part in found for hit in part.hits[:1]}.values())
        adopted = tuple(dict.fromkeys(paragraph for part in found for paragraph in part.paragraphs))
        silent = tuple(text for text, part in zip(parts, found, strict=True) if not part.sources)
        best = max(part.confidence for part in found)
        return replace(whole, hits=hits, paragraphs=adopted, confidence=best, silent=silent)

    def _covers(self, whole: Evidence, part: Evidence) -> bool:
        """Whether the text of the paragraph found for a whole message, its heading aside, has the words of a part."""
        paragraph = whole.hits[0].passage.paragraph
        terms = part.found.terms if part.found else ()
        language = self._library.document(paragraph.document).language
        share = self._retriever.index.lexical.share_inside(terms, paragraph.text, language)
        return bool(terms) and share >= _COVERED

    def _part(self, request: Request, documents: Sequence[str] | None, mention: Mention) -> Evidence:
        """Search for a part of a message, or go to where its text tells of its adoption if that is asked."""
        adopted = self._named.adopted(request, mention, Mention(), documents)
        return Evidence(confidence=1.0, paragraphs=adopted) if adopted else self._search(request, documents, mention)

    def _search(
        self, request: Request, documents: Sequence[str] | None, mention: Mention, *, ease: float = 1.0
    ) -> Evidence:
        found = self._found(request, documents, mention)
        hits = self._one_version(found.hits, request.language)
        ordered = ranked(request.standalone, hits, self.fit, self._reader, mention.documents)
        chance = confidence(ordered, self.fit, request)
        answering = self._answering(ordered, request) if chance >= self.fit.threshold * ease else []
        return Evidence(tuple(answering), tuple(ordered[:3]), chance, found)

    def candidates(self, request: Request) -> tuple[Found, Mention]:
        """Return what a search brings for a request before it is put in order; what calibration is fitted to."""
        mention = self._scope.mentioned(request.question, request.language)
        return self._found(request, None, mention), mention

    def _found(self, request: Request, documents: Sequence[str] | None, mention: Mention) -> Found:
        return self._retriever.find(
            request.question,
            k=CANDIDATES,
            documents=self._within(mention, documents),
            language=request.language,
            context=request.context,
            names=mention.names,
        )

    def _compared(self, request: Request, mention: Mention, documents: Sequence[str] | None) -> Sequence[Sequence[str]]:
        """Return the texts that a question wants side by side, those of one name together."""
        if not has_any(request.question, request.grammar.comparing) and not (
            mention.is_explicit and len(mention.groups) > 1
        ):
            return ()
        allowed = [d.id for d in self._library.documents if documents is None or d.id in documents]
        groups = [[d for d in group if d in allowed] for group in mention.groups]
        if len(mention.groups) == 0 and len(allowed) <= MOST_COMPARED:
            groups = [[document] for document in allowed]
        groups = [group for group in groups if group]
        return groups if len(groups) > 1 else ()

    def _compare(self, request: Request, mention: Mention, groups: Sequence[Sequence[str]]) -> Evidence:
        names = mention.names | {word for phrase in request.grammar.comparing for word in phrase.split()}
        said = replace(mention, names=frozenset(names), is_explicit=False)
        parts = [self._search(request.alone(), group, said, ease=_BESIDE) for group in groups]
        hits = tuple(part.hits[0] for part in parts if part.hits)
        nearest = tuple(part.nearest[0] for part in parts if part.nearest)
        best = max(parts, key=lambda part: part.confidence)
        if best.confidence < self.fit.threshold:
            return replace(best, hits=(), nearest=nearest[:3])
        silent = tuple(
            self._library.document(group[0]).title(request.language)
            for group, part in zip(groups, parts, strict=True)
            if not part.hits
        )
        return Evidence(hits, nearest[:3], best.confidence, best.found, silent=silent if mention.groups else ())

    def _answering(self, ordered: Sequence[Hit], request: Request) -> list[Hit]:
        """Return the hits worth citing: the best, and those that answer nearly as well."""
        limit, margin = (_WIDE_LIMIT, _WIDE_MARGIN) if request.is_where else (_LIMIT, _MARGIN)
        bar = rating(ordered[0], self.fit) - margin
        return [hit for hit in ordered[:limit] if hit is ordered[0] or rating(hit, self.fit) >= bar]

    def _within(self, mention: Mention, documents: Sequence[str] | None) -> list[str] | None:
        """Narrow the documents searched to those that the question names as such."""
        if not mention.is_explicit:
            return None if documents is None else list(documents)
        return [d for d in mention.documents if documents is None or d in documents]

    def _one_version(self, hits: Iterable[Hit], language: str) -> list[Hit]:
        """Keep one language version of a paragraph: the question's language, else the first found."""
        kept: dict[tuple[str, str], Hit] = {}
        for hit in hits:
            document = self._library.document(hit.passage.paragraph.document)
            key = self._versions.key(hit.passage.paragraph)
            if key not in kept or document.language == language:
                kept[key] = hit
        return list(kept.values())

    def _allowed(self, filters: Filters | None) -> list[str] | None:
        if filters is None or not (filters.documents or filters.years or filters.languages):
            return None
        return [
            document.id
            for document in self._library.documents
            if (not filters.documents or document.id in filters.documents)
            and (not filters.years or document.year in filters.years)
            and (not filters.languages or document.language in filters.languages)
        ]


def _falling(ordered: Sequence[Hit], fit: Calibration) -> list[float]:
    """Return a score of each hit that falls with its place, also from those that were read to those that were not."""
    return np.minimum.accumulate([rating(hit, fit) for hit in ordered]).tolist() if ordered else []
