"""What a model wrote, in whatever wrapping."""

import json

import pytest

from app.chain.records import LONGEST_RECORD, Record, read_records

LINE = json.dumps({"sentence": "It rains.", "quotes": [{"id": "E1", "quote": "rain {x}"}]})
RECORD = Record("It rains.", (("E1", "rain {x}"),))


def read(text: str, size: int = 5) -> list[Record]:
    return list(read_records(text[at : at + size] for at in range(0, len(text), size)))


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize(
    "wrapping",
    [
        "%s",
        "%s\n%s",
        "%s%s",
        "```json\n%s\n```",
        "Here you are:\n%s\nI hope that helps {really}!",
        "[%s, %s]",
        '{"sentences": [%s]}',
        '{"answer": {"items": [%s]}}',
        '{"sentence": "cut off at the end of a li\n%s',
        '{"sentence": "He said "no" twice", "quotes": 5}\n%s',
        "}}}{{{\n%s",
        "\\%s",
    ],
)
def test_record_is_read_in_any_wrapping(wrapping: str, size: int) -> None:
    count = wrapping.count("%s")
    assert read(wrapping % ((LINE,) * count), size) == [RECORD] * count


def test_record_over_several_lines_is_read() -> None:
    assert read(json.dumps(json.loads(LINE), indent=2)) == [RECORD]


@pytest.mark.parametrize(
    "text",
    [
        '{"sentence": "It rains.", "quotes": [{"id": "E1", "quote": "rain"},]}',
        "{'sentence': 'It rains.', 'quotes': [{'id': 'E1', 'quote': 'rain'}]}",
        '{sentence: "It rains.", quotes: [{id: "E1", quote: "rain"}]}',
    ],
)
def test_slip_in_the_form_is_mended(text: str) -> None:
    assert read(text) == [Record("It rains.", (("E1", "rain"),))]


def test_record_is_given_the_moment_it_closes() -> None:
    pieces = iter(['{"sentences": [', LINE, ", "])
    assert next(read_records(pieces)) == RECORD
    assert next(pieces) == ", "


@pytest.mark.parametrize(
    "text",
    [
        LINE[:-1],
        LINE[:-20],
        '{"sentence": "", "quotes": [{"id": "E1", "quote": "x"}]}',
        '{"sentence": 5, "quotes": [{"id": "E1", "quote": "x"}]}',
        '{"sentence": "x", "quotes": []}',
        '{"sentence": "x", "quotes": "E1"}',
        '{"sentence": "x", "quotes": [{"id": 1, "quote": "x"}]}',
        '{"sentence": "x", "quotes": [7]}',
        '{"sentence": "x"}\n{"quotes": [{"id": "E1", "quote": "x"}]}',
        '{"sentence": "a", "sentence": "b", "quotes": [{"id": "E1", "quote": "x"}]}',
        '{"sentence": "a", "quotes": [{"id": "E1", "id": "E2", "quote": "x"}]}',
        '["sentence", "quotes"]\n"sentence"\nnull\n5',
        json.dumps({"sentence": "x", "quotes": [{"id": "E1", "quote": "y" * LONGEST_RECORD}]}),
        json.dumps({"sentence": "x", "quotes": [{"id": "E1", "quote": "y"}] * 9}),
        '{"a":' * 5_000,
    ],
)
def test_what_is_not_a_whole_record_is_skipped(text: str) -> None:
    assert read(text, 50) == []


def test_record_after_a_flood_is_still_read() -> None:
    assert read("{" * 30_000 + "\n" + LINE, 1_000) == [RECORD]
