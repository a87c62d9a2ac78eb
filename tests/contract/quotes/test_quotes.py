"""Quotations on the bundled declaration, as CONTRACT.md words them."""

from __future__ import annotations

import pytest

from app.quotes.check import QuoteChecker
from app.quotes.dictionary import dictionary
from corpus.library import open_library

LIBRARY = open_library()
CHECKER = QuoteChecker(LIBRARY, dictionary=dictionary)
SAFE = "safe, orderly and regular migration jointly managed between the countries of origin"


@pytest.mark.parametrize(
    ("quote", "status"),
    [
        (SAFE, "verbatim"),
        (SAFE.replace("safe", "Safe"), "verbatim"),
        (f"“{SAFE}”", "verbatim"),
        (
            SAFE.replace("regular migration", "regular … managed").replace("managed jointly managed", "managed"),
            "elided",
        ),
        (SAFE.replace("regular", "mandatory"), "altered"),
        ("to maximize resources and to duplicate efforts", "altered"),
        ("held on March 1, 2025, in Kingstown", "altered"),
        ("Every State will build a wall along its borders within ten years", "not_found"),
        ("regular migration", "too_short"),
    ],
)
def test_quote_has_the_status_of_the_contract(quote: str, status: str) -> None:
    assert CHECKER.check(quote).status == status


def test_every_paragraph_is_verbatim_and_whole() -> None:
    for paragraph in LIBRARY.paragraphs():
        match = CHECKER.check(paragraph.text).matches[0]
        assert (match.paragraph, match.quote) == (paragraph.id, paragraph.text)


def test_every_number_and_negation_of_the_text_counts() -> None:
    for paragraph in LIBRARY.paragraphs():
        words = paragraph.text.split()
        for at, word in enumerate(words):
            if any(char.isdigit() for char in word) or word == "not":
                for other in ("", word.translate(str.maketrans("0123456789n", "1234567890m"))):
                    changed = " ".join([*words[:at], *([other] if other else []), *words[at + 1 :]])
                    if at not in {0, len(words) - 1}:
                        assert CHECKER.check(changed).status == "altered", changed


def test_matches_carry_the_fields_of_the_contract() -> None:
    result = CHECKER.check(SAFE.replace("regular", "mandatory")).model_dump(mode="json", exclude_none=True)
    match = result["matches"][0]
    assert {"document", "paragraph", "label", "quote", "start", "end", "language", "url", "sha256"} <= match.keys()
    assert {"op": "replace", "source": "regular", "quoted": "mandatory", "kind": "word"} in match["diff"]
    assert 0 < match["similarity"] < 1
    assert result["corpus"].startswith("sha256:")
