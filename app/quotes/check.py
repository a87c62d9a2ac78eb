"""Whether a quotation stands in the texts: word for word, with marked omissions, altered, or not at all.

The order is strict: first everything that is true character by character (`places`), and only if nothing is, what is
near (`near`). So no likeness can pass a changed word.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from app.chain.shape import Shaper
from app.evidence.force import force_of
from app.quotes.attribution import Attributions
from app.quotes.cues import cues
from app.quotes.cuts import find_cuts
from app.quotes.divisions import IsWord
from app.quotes.index import PassageIndex
from app.quotes.lookalikes import find_lookalikes
from app.quotes.near import Near, Nearest, is_close
from app.quotes.pasted import Pasted, readings
from app.quotes.places import Place, Places
from app.schemas import CitationOut, DiffOp, QuoteMatch, QuoteResult, QuoteStatus
from app.wording import say
from corpus.language import detect_language
from corpus.library import Library
from corpus.model import Citation, Paragraph

SHORTEST = 3
"""Words from which a verdict means anything."""
MOST_MATCHES = 10
_OVER_PARAGRAPHS = 60
"""Characters from which a quotation may run over the end of a paragraph."""

Closest = Callable[[str, str], Paragraph | None]
"""From a quotation and its language to the paragraph that it reads like a translation of."""
Dictionary = Callable[[str], IsWord | None]
"""From a language to what tells its words; None where there is no dictionary."""


class QuoteChecker:
    """Checks quotations against one library; the index of it is built when first needed.

    Args:
        library: The texts.
        dictionary: Tells words from broken pieces of words.
        closest: Finds what a quotation in another language translates; None for no such search.
    """

    def __init__(
        self, library: Library, *, dictionary: Dictionary = lambda _: None, closest: Closest | None = None
    ) -> None:
        self._library = library
        self._dictionary = lru_cache(maxsize=16)(dictionary)
        self._closest = closest
        self._shaper = Shaper(library)
        self._attributions = Attributions(library)
        self._building = threading.Lock()

    def __call__(self, quote: str, language: str | None = None) -> QuoteResult:
        """Check a quotation.

        Args:
            quote: As pasted, with or without wrapping and attribution.
            language: Of labels and warnings; the quotation's own when not given.
        """
        return self.check(quote, language)

    def check(self, quote: str, language: str | None = None) -> QuoteResult:
        """Check a quotation; see `__call__`."""
        quote = quote.encode(errors="replace").decode()  # half a character is none
        spoken = language or detect_language(quote)
        ways = [way for way in readings(quote) if self._is_credible(way)]
        if min((way.words for way in ways), default=0) < SHORTEST:
            return self._result("too_short", (), [say("quote_too_short", spoken)])
        for way in ways:
            if found := self._exact(way, spoken):
                return found
        return self._altered(ways, quote, spoken) or self._not_found(quote, spoken)

    @property
    def index(self) -> PassageIndex:
        """The index of all paragraphs, built once."""
        with self._building:
            return self._index

    @cached_property
    def _index(self) -> PassageIndex:
        return PassageIndex(self._library.paragraphs())

    @cached_property
    def _places(self) -> Places:
        return Places(self.index, dictionary=self._dictionary, language_of=self._language_of)

    def _is_credible(self, way: Pasted) -> bool:
        return way.attribution is None or self._attributions.is_reference(way.attribution)

    def _exact(self, way: Pasted, spoken: str) -> QuoteResult | None:
        """Return the result of a reading that is true, or None."""
        if len(way.pieces) == 1:
            return self._exact_piece(way, spoken)
        if chain := self._places.in_order(way.pieces):
            return self._true("elided", way, [chain], spoken)
        if chain := self._places.over_paragraphs(way.pieces):
            return self._true("elided", way, self._by_row(chain), spoken, "quote_spliced")
        return None

    def _exact_piece(self, way: Pasted, spoken: str) -> QuoteResult | None:
        status: QuoteStatus = "elided" if way.is_open else "verbatim"
        places = list(itertools.islice(self._places.whole(way.pieces[0]), MOST_MATCHES * MOST_MATCHES))
        if places:
            fitting = sorted(places, key=lambda place: not self._fits(way, place))[:MOST_MATCHES]
            return self._true(status, way, [[self._with_stop(place, way.stop)] for place in fitting], spoken)
        if len(way.pieces[0]) >= _OVER_PARAGRAPHS and (chain := self._places.across(way.pieces[0])):
            chain[-1] = self._with_stop(chain[-1], way.stop)
            return self._true(status, way, self._by_row(chain), spoken, "quote_runs_over")
        return None

    def _true(
        self, status: QuoteStatus, way: Pasted, chains: Sequence[Sequence[Place]], spoken: str, note: str | None = None
    ) -> QuoteResult:
        """Shape a true quotation: a match for each chain of places in one paragraph."""
        matches = [self._match(chain, number, spoken) for number, chain in enumerate(chains, start=1)]
        warnings = [say(note, spoken, labels="; ".join(match.label for match in matches))] if note else []
        warnings += self._misplaced(way, [chain[0].row for chain in chains], matches, spoken)
        for chain in chains if note else chains[:1]:
            warnings += self._cuts(chain, spoken)
        return self._result(status, matches, warnings)

    def _altered(self, ways: Sequence[Pasted], quote: str, spoken: str) -> QuoteResult | None:
        """Return what a quotation that is not true is nearest to, or None if nothing is near."""
        way = min(reversed(ways), key=lambda way: way.words)
        if len(way.pieces) > 1 and (scattered := self._places.anywhere(way.pieces)):
            matches = [self._match([place], number, spoken) for number, place in enumerate(scattered, start=1)]
            note = "quote_order" if len({match.document for match in matches}) == 1 else "quote_documents"
            labels = "; ".join(dict.fromkeys(match.label for match in matches))
            return self._result("altered", matches, [say(note, spoken, labels=labels)])
        nearest = Nearest(self.index, dictionary=self._dictionary, language_of=self._language_of)
        found = [near for near in nearest.find(way.text, has_gaps=len(way.pieces) > 1) if near.place.end]
        if not is_close(found, way.text):
            return None
        matches = [self._near_match(near, number, spoken) for number, near in enumerate(found, start=1)]
        warnings = [*self._nature(found, matches, spoken), *self._strange(quote, spoken)]
        warnings += self._misplaced(way, [near.place.row for near in found], matches, spoken)
        return self._result("altered", matches, warnings)

    def _nature(self, found: Sequence[Near], matches: Sequence[QuoteMatch], spoken: str) -> Iterator[str]:
        kinds = {step.kind for near in found for step in near.diff if step.op != "equal"} - {"elision"}
        if len(matches) > 1:
            yield say("quote_joined", spoken, labels="; ".join(match.label for match in matches))
        elif kinds <= {"punctuation", "case"}:
            yield say("quote_only_marks", spoken)

    def _not_found(self, quote: str, spoken: str) -> QuoteResult:
        warnings = list(self._strange(quote, spoken))
        tongue = detect_language(quote)
        paragraph = self._closest(quote, tongue) if self._closest else None
        if paragraph is None:
            return self._result("not_found", (), warnings)
        citation = self._shaped(Citation.of_text(paragraph), 1, spoken)
        warnings.append(say("quote_translation", spoken, label=citation.label))
        return self._result("not_found", (), warnings, translation_of=citation)

    def _match(self, chain: Sequence[Place], number: int, spoken: str) -> QuoteMatch:
        paragraph = self.index.paragraphs[chain[0].row]
        steps: list[DiffOp] = []
        for place, following in itertools.zip_longest(chain, chain[1:]):
            steps.append(DiffOp(op="equal", text=paragraph.text[place.start : place.end]))
            if following and (left_out := paragraph.text[place.end : following.start].strip()):
                steps.append(DiffOp(op="delete", source=left_out, kind="elision"))
        return self._shape_match(paragraph, chain[0].start, chain[-1].end, number, spoken, steps, 1.0)

    def _near_match(self, near: Near, number: int, spoken: str) -> QuoteMatch:
        paragraph = self.index.paragraphs[near.place.row]
        return self._shape_match(
            paragraph, near.place.start, near.place.end, number, spoken, near.diff, near.similarity
        )

    def _shape_match(
        self,
        paragraph: Paragraph,
        start: int,
        end: int,
        number: int,
        spoken: str,
        diff: Iterable[DiffOp],
        similarity: float,
    ) -> QuoteMatch:
        citation = self._shaped(Citation(paragraph, paragraph.text[start:end], start), number, spoken)
        return QuoteMatch(**citation.model_dump(), diff=tuple(diff), similarity=similarity)

    def _shaped(self, citation: Citation, number: int, spoken: str) -> CitationOut:
        paragraph = citation.paragraph
        shaped = self._shaper.citation(citation, number, spoken)
        return shaped.model_copy(update={"force": force_of(paragraph, self._language_of(paragraph))})

    def _cuts(self, chain: Sequence[Place], spoken: str) -> list[str]:
        paragraph = self.index.paragraphs[chain[0].row]
        stretches = [(place.start, place.end) for place in chain]
        found = find_cuts(paragraph.text, stretches, cues(self._language_of(paragraph)))
        return [say(f"quote_cut_{cut.where}", spoken, words=cut.words) for cut in found]

    def _misplaced(self, way: Pasted, rows: Iterable[int], matches: Sequence[QuoteMatch], spoken: str) -> Iterator[str]:
        places = [self.index.paragraphs[row] for row in rows]
        if way.attribution and self._attributions.misplaced(way.attribution, places):
            labels = "; ".join(dict.fromkeys(match.label for match in matches))
            yield say("quote_misplaced", spoken, attribution=way.attribution, labels=labels)

    def _strange(self, quote: str, spoken: str) -> Iterator[str]:
        for word in find_lookalikes(quote):
            yield say("quote_lookalike", spoken, word=word)

    def _fits(self, way: Pasted, place: Place) -> bool:
        return way.attribution is None or self._attributions.fits(way.attribution, self.index.paragraphs[place.row])

    def _with_stop(self, place: Place, stop: str) -> Place:
        text = self.index.paragraphs[place.row].text
        has_stop = bool(stop) and text[place.end : place.end + 1] == stop
        return Place(place.row, place.start, place.end + 1) if has_stop else place

    def _by_row(self, chain: Iterable[Place]) -> list[list[Place]]:
        return [list(group) for _, group in itertools.groupby(chain, key=lambda place: place.row)]

    def _language_of(self, paragraph: Paragraph) -> str:
        return self._library.document(paragraph.document).language

    def _result(
        self,
        status: QuoteStatus,
        matches: Sequence[QuoteMatch],
        warnings: Sequence[str],
        translation_of: CitationOut | None = None,
    ) -> QuoteResult:
        return QuoteResult(
            status=status,
            matches=tuple(matches),
            warnings=tuple(dict.fromkeys(warnings)),
            translation_of=translation_of,
            corpus=self._library.digest,
        )
