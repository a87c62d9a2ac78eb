"""What it costs to check a quotation against many paragraphs: `python -m eval.bench_quotes [PARAGRAPHS]`.

Processor time is measured, so that other programs on the machine do not count.

The library is made up from the words of the bundled text, so that common runs are as common as in real ones.
"""

from __future__ import annotations

import itertools
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from random import Random

from app.quotes.check import QuoteChecker
from app.quotes.dictionary import dictionary
from corpus.library import Library, open_library
from corpus.model import Document, Paragraph

WORDS = 20
REPEATS = 15
_PER_DOCUMENT = 200


def made_up(count: int, *, seed: int = 1) -> Library:
    """Return a library of that many paragraphs of 30 to 90 words.

    Args:
        count: Of paragraphs.
        seed: Another seed gives other paragraphs.
    """
    random = Random(seed)  # noqa: S311 - cases, not secrets
    words = [word for paragraph in open_library().paragraphs() for word in paragraph.text.split()]
    pairs = list(itertools.pairwise(words))
    documents = []
    for number in range(-(-count // _PER_DOCUMENT)):
        name = f"un-2000-made-{number}"
        size = min(_PER_DOCUMENT, count - number * _PER_DOCUMENT)
        texts = (_sentence(random, pairs) for _ in range(size))
        paragraphs = tuple(Paragraph(name, f"p{at}", "operative", text) for at, text in enumerate(texts, start=1))
        documents.append(Document(id=name, titles={"en": name}, date=None, language="en", paragraphs=paragraphs))
    return Library(tuple(documents))


def quotations(library: Library, *, seed: int = 2) -> Iterator[tuple[str, str]]:
    """Yield quotations of twenty words and what was done to them.

    Args:
        library: To quote from.
        seed: Another seed gives other quotations.
    """
    random = Random(seed)  # noqa: S311 - cases, not secrets
    long = [paragraph for paragraph in library.paragraphs() if len(paragraph.text.split()) > 2 * WORDS]
    for _ in range(REPEATS):
        words = random.choice(long).text.split()
        start = random.randrange(len(words) - WORDS)
        quoted = words[start : start + WORDS]
        yield "verbatim", " ".join(quoted)
        yield "elided", f"{' '.join(quoted[:8])} … {' '.join(quoted[11:])}"
        yield "altered", " ".join([*quoted[:9], "allegedly", *quoted[10:]])
        yield "not_found", " ".join(random.sample(words, WORDS))


def run(count: int, say: Callable[[str], object] = print) -> dict[str, float]:
    """Measure a library of that many paragraphs, and tell the figures as they come.

    Args:
        count: Of paragraphs.
        say: Told each figure.

    Returns:
        Median milliseconds by what was done to the quotation.
    """
    library = made_up(count)
    before = _peak_mb()
    checker = QuoteChecker(library, dictionary=dictionary)
    started = time.process_time()
    checker.check("nothing of the kind stands here")
    taken_s, peak = time.process_time() - started, _peak_mb() - before
    say(f"{count:,} paragraphs: index in {taken_s:.1f} s, {peak:.0f} MB at the peak")
    times: dict[str, list[float]] = {}
    for kind, quotation in quotations(library):
        started = time.process_time()
        checker.check(quotation)
        times.setdefault(kind, []).append((time.process_time() - started) * 1000)
    for kind, taken in times.items():
        say(f"{kind}: median {statistics.median(taken):.1f} ms, slowest {max(taken):.1f} ms")
    return {kind: statistics.median(taken) for kind, taken in times.items()}


def _sentence(random: Random, pairs: list[tuple[str, str]]) -> str:
    return " ".join(itertools.chain.from_iterable(random.choices(pairs, k=random.randint(15, 45))))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
