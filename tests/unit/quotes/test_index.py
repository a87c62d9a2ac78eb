from __future__ import annotations

import statistics
import time

from app.quotes.check import QuoteChecker
from app.quotes.index import PassageIndex
from app.quotes.normalize import canonical
from corpus.model import Paragraph
from eval.bench_quotes import made_up, quotations


def an_index(*texts: str) -> PassageIndex:
    return PassageIndex(Paragraph("d", f"p{number}", "operative", text) for number, text in enumerate(texts, start=1))


def test_holding_finds_short_and_long_runs() -> None:
    index = an_index("we call for dialogue", "nothing here", "they call for dialogue too")
    assert list(index.holding("call")) == [0, 2]
    assert list(index.holding(canonical("call for dialogue").folded)) == [0, 2]


def test_holding_does_not_match_over_the_end_of_a_paragraph() -> None:
    assert list(an_index("we call for", "dialogue with all").holding("callfordialogue")) == []


def test_closest_prefers_the_rarest_runs() -> None:
    index = an_index(*["the member States of the Community"] * 5, "the member States and the zebra enclosure")
    assert index.closest(canonical("the member States zebra enclosure").folded)[0] == 5


def test_closest_of_nothing_is_nothing() -> None:
    assert an_index("we call for dialogue").closest("") == []
    assert an_index().closest("wecallfordialogue") == []


def test_check_costs_little_more_in_a_larger_library() -> None:
    def cost(count: int) -> float:
        library = made_up(count)
        checker = QuoteChecker(library)
        checker.check("nothing of the kind stands here")
        times = []
        for kind, quotation in quotations(library):
            if kind == "verbatim":
                started = time.process_time()
                checker.check(quotation)
                times.append(time.process_time() - started)
        return statistics.median(times)

    assert cost(8_000) < 8 * cost(400)
