"""The colours of the page can be read: WCAG 2.2 contrast, in light and in dark."""

import re

import pytest

from app.ui.templating import STATIC_FOLDER

BASE = (STATIC_FOLDER / "base.css").read_text(encoding="utf-8")
TEXT = ("ink", "soft", "accent", "bad", "good", "warn")


def colours(scheme: int) -> dict[str, str]:
    pairs = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\)", BASE)
    return {name: (light, dark)[scheme] for name, light, dark in pairs}


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card", "hover"])
@pytest.mark.parametrize("text", TEXT)
def test_text_stands_out_from_its_ground(text: str, ground: str, scheme: int) -> None:
    chosen = colours(scheme)
    assert contrast(chosen[text], chosen[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_marked_words_and_edges_of_fields_stand_out(scheme: int) -> None:
    chosen = colours(scheme)
    assert contrast(chosen["mark-ink"], chosen["mark"]) >= 4.5
    assert contrast(chosen["edge"], chosen["paper"]) >= 3
