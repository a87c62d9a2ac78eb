"""A model may say where a claim is cut; it may not change what is claimed."""

import pytest

from app.claims.written_split import exact_parts

CLAIM = "It condemns racism and it creates a fund for victims."


@pytest.mark.parametrize(
    ("claim", "written", "expected"),
    [
        (CLAIM, ["It condemns racism", "it creates a fund for victims."], 2),
        (CLAIM, [CLAIM], 1),
        (CLAIM, ["It condemns racism"], 0),
        (CLAIM, ["It condemns racism", "it creates a bank for victims."], 0),
        (CLAIM, ["it creates a fund for victims.", "It condemns racism"], 0),
        (CLAIM, [], 0),
        (CLAIM, ["", 7, None], 0),
        ("It does not ban smoking and drinking.", ["It does not ban smoking", "drinking."], 0),
        ("It does not ban smoking.", ["It does", "ban smoking."], 0),
        ("The text never expires at all. It bans smoking in ports.", ["expires at all. It bans smoking in ports."], 0),
    ],
)
def test_only_a_cut_that_changes_nothing_is_taken(claim: str, written: list[object], expected: int) -> None:
    parts = exact_parts(claim, written, "en")
    assert len(parts) == expected
    assert all(claim[part.start : part.end] == part.text for part in parts)
