"""How a claim departs from a passage in hard facts, given which of their words correspond.

Every rule can only object. A fact of the claim that the passage has is no finding; one that it has otherwise in the
same place `differs`; one that it does not have at all is `absent`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.claims.facts.dates import dates_agree, dates_compare
from app.claims.facts.fact import Fact, Finding, FindingKind
from app.claims.facts.reading import Reading, names_in
from app.claims.words import pattern, words_of

NEAR = 4
"""Tokens between words that belong together at most."""
_PHRASE = 6
"""Tokens between "only" and what it limits."""
_CLAUSE = 12
"""Tokens that a clause runs over."""


@dataclass(frozen=True, slots=True)
class Links:
    """Which words of a claim and a passage correspond.

    Attributes:
        pairs: Position in the claim to positions in the passage, the likeliest first.
        opposites: Position in the claim to the position of a word of opposite meaning in the passage.
    """

    pairs: Mapping[int, Sequence[int]]
    opposites: Mapping[int, int]

    def are_in_place(self, claim: int, source: int, *, near: int = NEAR) -> bool:
        """Whether a place in the claim and one in the passage have corresponding words beside them."""
        return any(
            0 < abs(own - claim) <= near and any(0 < abs(other - source) <= near for other in others)
            for own, others in self.pairs.items()
        )


def compare(claim: Reading, source: Reading, links: Links) -> list[Finding]:
    """Return how a claim departs from a passage in its hard facts.

    Args:
        claim: What is claimed.
        source: The passage that it is held against.
        links: Which of their words correspond.

    Returns:
        Differences first, then what is absent or overstated; none where nothing speaks against the claim.
    """
    rules: tuple[Callable[[Reading, Reading, Links], Iterator[Finding]], ...] = (
        _dates, _counts, _ordinals, _countries, _negations, _opposites, _exclusives, _shares, _modals, _names,
    )  # fmt: skip
    found = [finding for rule in rules for finding in rule(claim, source, links)]
    return sorted(dict.fromkeys(found), key=lambda finding: finding.bearing != "differs")


def _dates(claim: Reading, source: Reading, links: Links) -> Iterator[Finding]:
    del links
    others = source.of_kind("date")
    for fact in claim.of_kind("date"):
        if any(dates_agree(_day(fact), _day(other)) and _covers(_day(other), _day(fact)) for other in others):
            continue
        rivals = [other for other in others if dates_compare(_day(fact), _day(other))]
        yield _finding("date", fact, _closest_day(fact, rivals))


def _counts(claim: Reading, source: Reading, links: Links) -> Iterator[Finding]:
    for kind in ("number", "percent"):
        others = source.of_kind(kind)
        for fact in claim.of_kind(kind):
            if any(other.value == fact.value for other in others):
                continue
            place = claim.position(fact)
            strangers = [o for o in others if all(own.value != o.value for own in claim.of_kind(kind))]
            rivals = [o for o in strangers if links.are_in_place(place, source.position(o))]
            rivals = rivals or [o for o in strangers if _is_degree(claim, fact) and _is_degree(source, o)]
            yield _finding(fact.kind, fact, rivals[0] if rivals else None)


def _is_degree(reading: Reading, fact: Fact) -> bool:
    """Whether a number counts degrees, by sign or by word."""
    after = [token for token in reading.tokens if token.start >= fact.end][:1]
    return any(token.text == "°" or token.lower in words_of(reading.language).degrees for token in after)


def _ordinals(claim: Reading, source: Reading, links: Links) -> Iterator[Finding]:
    for kind in ("summit", "ordinal"):
        others = source.of_kind(kind)
        for fact in claim.of_kind(kind):
            if any(other.value == fact.value for other in source.of_kind("summit", "ordinal")):
                continue
            place = claim.position(fact)
            rivals = [o for o in others if kind == "summit" or links.are_in_place(place, source.position(o), near=2)]
            yield _finding(fact.kind, fact, rivals[0] if rivals else None)


def _countries(claim: Reading, source: Reading, links: Links) -> Iterator[Finding]:
    others = source.of_kind("country")
    for fact in claim.of_kind("country"):
        if any(_codes(fact) & _codes(other) for other in others):
            continue
        place = claim.position(fact)
        rivals = [
            other
            for other in others
            if links.are_in_place(place, source.position(other))
            and not any(_codes(own) & _codes(other) for own in claim.of_kind("country"))
        ]
        yield _finding("country", fact, rivals[0] if len(rivals) == 1 else None)


def _negations(claim: Reading, source: Reading, links: Links) -> Iterator[Finding]:
    """Words that one of the two denies and the other states; where both deny something near, nothing is said."""
    linked = {own: others[0] for own, others in links.pairs.items() if others and own in claim.content}
    denied = {own: other for own, other in linked.items() if own in claim.negated}
    stated = {own: other for own, other in linked.items() if own not in claim.negated}
    scope = [own for own in claim.content if own in claim.negated]
    if scope and 2 * len(denied) >= len(scope) and not _is_denied_near(source, denied.values()):
        own, other = min(denied.items())
        yield Finding("negation", "differs", _span(claim, claim.negated[own], own), source.tokens[other].text)
    lost = {own: other for own, other in stated.items() if other in source.negated}
    if not denied and len(lost) > 1 and 2 * len(lost) >= len(linked):
        own, other = min(lost.items())
        yield Finding("negation", "differs", claim.tokens[own].text, _span(source, source.negated[other], other))


def _is_denied_near(source: Reading, places: Iterable[int]) -> bool:
    """Whether the passage denies anything within a sentence's reach of some places."""
    return any(abs(denied - place) <= _CLAUSE for place in places for denied in source.negated)


def _opposites(claim: Reading, source: Reading, links: Links) -> Iterator[Finding]:
    for own, other in links.opposites.items():
        is_flipped = (own in claim.negated) != (other in source.negated)
        if links.are_in_place(own, other, near=3) and not is_flipped:
            yield Finding("opposite", "differs", claim.tokens[own].text, source.tokens[other].text)


def _exclusives(claim: Reading, source: Reading, links: Links) -> Iterator[Finding]:
    """Find "only X" where the passage names X among others, or says nothing of only."""
    words, other_words = words_of(claim.language), words_of(source.language)
    for match in pattern(words.only).finditer(claim.text):
        if pattern(other_words.only).search(source.text):
            return
        place = claim.around(*match.span())[0]
        beside = [own for own in links.pairs if 0 < abs(own - place) <= _PHRASE]
        listed = next((hit for own in beside for hit in links.pairs[own] if _is_listed(source, hit)), None)
        if listed is not None:
            yield Finding("only", "differs", match[0], _stretch(source, listed))
        elif beside:
            yield Finding("only", "absent", match[0])


def _is_listed(reading: Reading, place: int) -> bool:
    """Whether a word stands in a series: marked off by commas or "and" on either side within a few words."""
    window = reading.tokens[max(0, place - NEAR) : place + NEAR + 1]
    joins = set(words_of(reading.language).and_)
    return sum(token.text == "," or token.lower in joins for token in window) > 1


def _shares(claim: Reading, source: Reading, links: Links) -> Iterator[Finding]:
    """Find "all" where the passage says "some", and the reverse of a "none"."""
    for place, match in _marks(claim, words_of(claim.language).all):
        for rival, other in _marks(source, words_of(source.language).some):
            if links.are_in_place(place, rival) and not _has_mark_in_place(source, place, links):
                yield Finding("all", "differs", match, other)
                return


def _has_mark_in_place(source: Reading, place: int, links: Links) -> bool:
    return any(links.are_in_place(place, other) for other, _ in _marks(source, words_of(source.language).all))


def _modals(claim: Reading, source: Reading, links: Links) -> Iterator[Finding]:
    """A duty where the passage has advice or a possibility."""
    own, other = words_of(claim.language), words_of(source.language)
    for place, match in _marks(claim, own.must):
        if any(links.are_in_place(place, rival) for rival, _ in _marks(source, other.must)):
            continue
        for rival, weaker in _marks(source, (*other.may, *other.should)):
            if links.are_in_place(place, rival):
                yield Finding("modality", "overstated", match, weaker)
                return


def _names(claim: Reading, source: Reading, links: Links) -> Iterator[Finding]:
    frame = words_of(claim.language).names
    countries = claim.of_kind("country")
    for place in names_in(claim):
        token = claim.tokens[place]
        is_country = any(fact.start <= token.start < fact.end for fact in countries)
        is_known = place in links.pairs or token.lower in source.text.lower()
        if not (is_country or is_known or token.lower in frame):
            yield Finding("name", "absent", token.text)


def _marks(reading: Reading, phrases: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for match in pattern(phrases).finditer(reading.text):
        yield reading.around(*match.span())[-1], match[0]


def _finding(kind: FindingKind, fact: Fact, rival: Fact | None) -> Finding:
    return Finding(kind, "differs" if rival else "absent", fact.text, rival.text if rival else "")


def _closest_day(fact: Fact, rivals: Sequence[Fact]) -> Fact | None:
    return min(rivals, key=lambda other: _day_distance(fact, other), default=None)


def _day(fact: Fact) -> tuple[int | None, int | None, int | None]:
    assert isinstance(fact.value, tuple)  # noqa: S101 - the kind says so
    return fact.value


def _covers(source: tuple[int | None, ...], claim: tuple[int | None, ...]) -> bool:
    """Whether a date says all that another does."""
    return all(theirs is not None for ours, theirs in zip(claim, source, strict=True) if ours is not None)


def _day_distance(fact: Fact, other: Fact) -> int:
    """Return how many of the parts that both dates give differ."""
    pairs = zip(_day(fact), _day(other), strict=True)
    return sum(a != b for a, b in pairs if a is not None and b is not None)


def _codes(fact: Fact) -> frozenset[str]:
    assert isinstance(fact.value, frozenset)  # noqa: S101 - the kind says so
    return fact.value


def _span(reading: Reading, first: int, last: int) -> str:
    first, last = min(first, last), max(first, last)
    return reading.text[reading.tokens[first].start : reading.tokens[last].end]


def _stretch(reading: Reading, place: int) -> str:
    return _span(reading, max(0, place - 2), min(len(reading.tokens) - 1, place + NEAR))
