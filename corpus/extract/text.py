"""Plain text: decoding, and the joining of wrapped lines into blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.blocks import Block, Extracted
from corpus.headings import is_date_line
from corpus.marks import BULLET, RULE, is_ended, read_dotted, read_item, read_mark
from corpus.normalize import LineJoiner

_LONGEST_WRAP = 160
_LONG_WORDS = 25
_TYPICAL = 0.9
_ENDED_SHARE = 0.6
_PAGE_LINES, _REPEATS = 3, 3
_PAGE_WORD = re.compile(
    r"^(?:page|página|pág\.?|p\.)?\s*[-–—\[(]?\s*(\d{1,4})\s*[-–—\])]?(?:\s*(?:/|of|de|sur)\s*\d{1,4})?$", re.IGNORECASE
)


@dataclass(slots=True)
class _Run:
    """Lines that belong together."""

    lines: list[str]
    is_soft: bool = False
    is_rule: bool = False
    words: int = field(default=0)


def extract_text(data: bytes) -> Extracted:
    """Read a plain text."""
    return Extracted(tuple(text_blocks(decode(data))), "text/plain")


def decode(data: bytes) -> str:
    """Decode text by its byte order mark, as UTF-8, or as the most plausible encoding."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        guess = from_bytes(data).best()
        return str(guess) if guess else data.decode("cp1252", errors="replace")


def text_blocks(text: str) -> list[Block]:
    """Cut lines into blocks; page numbers on lines of their own are left out.

    Args:
        text: Lines in reading order, wrapped or not; blank lines separate blocks; form feeds separate pages.
    """
    lines = _without_furniture(re.sub(r"\r\n?|[\x0b\u2028\u2029\x85]", "\n", text).replace("\f", "\n\f"))
    joiner = LineJoiner(lines)
    width = _wrap_width(lines)
    runs: list[_Run] = []
    blank = 0
    is_new_page = False
    for index, raw in enumerate(lines):
        line = raw.strip()
        is_new_page |= raw.startswith("\f")
        if not line:
            blank += 1
            continue
        is_end = not any(after.strip() for after in lines[index + 1 : index + 2])
        if is_end and runs and is_ended(runs[-1].lines[-1]) and is_date_line(line):
            runs.append(_Run([line]))
        else:
            _place(runs, line, blank=blank, width=width, is_new_page=is_new_page)
        blank, is_new_page = 0, False
    return [
        Block(joined, role="rule" if run.is_rule else "text", is_soft=run.is_soft)
        for run in runs
        if (joined := joiner.join(run.lines))
    ]


def begins_list_item(line: str) -> bool:
    """Tell whether a line begins with what may be a list mark."""
    return bool(BULLET.match(line) or read_mark(line) or read_item(line) or read_dotted(line))


def _place(runs: list[_Run], line: str, *, blank: int, width: int, is_new_page: bool) -> None:
    if RULE.match(line):
        runs.append(_Run([line], is_rule=True))
    elif begins_list_item(line):
        is_soft = not blank and bool(runs) and not runs[-1].is_rule
        runs.append(_Run([line], is_soft=is_soft, words=len(line.split())))
    elif runs and not runs[-1].is_rule and _goes_on(runs[-1], line, blank=blank, width=width, is_new_page=is_new_page):
        runs[-1].lines.append(line)
        runs[-1].words += len(line.split())
    else:
        runs.append(_Run([line], words=len(line.split())))


def _goes_on(run: _Run, line: str, *, blank: int, width: int, is_new_page: bool) -> bool:
    last = run.lines[-1]
    if _is_lone_mark(last) and len(run.lines) == 1:
        return True
    is_open = not is_ended(last)
    is_lower = next((c.islower() for c in line if c.isalpha()), False)
    if is_open and is_lower:
        return True
    if blank:
        return is_new_page and is_open and not last.endswith(",") and run.words > _LONG_WORDS
    if not width or last.isupper() != line.isupper():
        return False
    return len(last) + 1 + len(line.split(maxsplit=1)[0]) > width


def _is_lone_mark(line: str) -> bool:
    mark = read_mark(line)
    if mark is not None and mark.family != "article":
        return mark.end == len(line)
    item = read_item(line)
    return item is not None and item.end == len(line) and len(line) > 1


def _wrap_width(lines: Sequence[str]) -> int:
    """Return the width at which lines are wrapped, or 0 if every line is a paragraph."""
    printed = [line.strip() for line in lines if line.strip()]
    lengths = sorted(len(line) for line in printed)
    is_whole = sum(is_ended(line) for line in printed) > _ENDED_SHARE * len(printed)
    if not lengths or lengths[-1] > _LONGEST_WRAP or is_whole:
        return 0
    return lengths[int((len(lengths) - 1) * _TYPICAL)]


def _without_furniture(text: str) -> list[str]:
    """Drop page numbers that count up on lines of their own, and what repeats at the edges of pages."""
    lines = text.split("\n")
    numbers = {i: int(m[1]) for i, line in enumerate(lines) if (m := _PAGE_WORD.match(line.strip("\f ")))}
    counted = _counting_up(numbers)
    pages = "\n".join(lines).split("\f")
    repeated: set[str] = set()
    if len(pages) >= _REPEATS:
        edges = Counter(edge for page in pages for edge in _edges(page))
        repeated = {edge for edge, times in edges.items() if times >= max(_REPEATS, len(pages) // 2)}
    return [
        ("\f" if line.startswith("\f") else "") if i in counted or _masked(line) in repeated else line
        for i, line in enumerate(lines)
    ]


def _edges(page: str) -> set[str]:
    lines = [_masked(line) for line in page.split("\n") if line.strip()]
    return {line for line in (*lines[:2], *lines[-2:]) if line and not begins_list_item(line.replace("#", "1"))}


def _masked(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip("\f ")) or ""


def _counting_up(numbers: dict[int, int]) -> set[int]:
    """Return the lines of the longest count 1, 2, 3 ... among lone numbers, if it is long enough to number pages."""
    run: list[int] = []
    for index, number in numbers.items():
        expected = numbers[run[-1]] + 1 if run else number
        if number == expected:
            run.append(index)
    return set(run) if len(run) >= _PAGE_LINES else set()
