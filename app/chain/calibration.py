"""The figures fitted to development questions by `celac-qa-eval calibrate`: the weights of relevance and confidence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.errors import InputError

PATH = Path(__file__).with_name("calibration.toml")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of linear models.

    Attributes:
        relevance: Weight of each signal of a paragraph, adding up to 1.
        reading: Weight of relevance and of what reading a paragraph says, adding up to 1.
        confidence: Weight of each sign that the first of the ordered paragraphs answers.
        bias: Constant of the confidence.
        languages: What is added to the bias for a question in that language.
        threshold: Confidence from which an answer is given.
    """

    relevance: Mapping[str, float]
    reading: Mapping[str, float]
    confidence: Mapping[str, float]
    bias: float
    languages: Mapping[str, float]
    threshold: float


@lru_cache(maxsize=1)
def shipped_calibration() -> Calibration:
    """Read the shipped figures."""
    return read_calibration(PATH)


def read_calibration(path: Path) -> Calibration:
    """Read figures from a file.

    Raises:
        InputError: It is not a file of figures.
    """
    try:
        return Calibration(**tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, TypeError, ValueError) as error:
        raise InputError(f"{path} holds no calibration: {error}; make it anew with celac-qa-eval calibrate") from error


def write_calibration(fit: Calibration, path: Path) -> None:
    """Write figures as TOML, rounded, so that versions of the file can be compared by eye."""
    lines = [
        "# Written by `celac-qa-eval calibrate`, fitted to the development questions only.",
        f"bias = {fit.bias:.3f}",
        f"threshold = {fit.threshold:.3f}",
    ]
    for name in ("relevance", "reading", "confidence", "languages"):
        lines += ["", f"[{name}]", *(f"{key} = {value:.3f}" for key, value in getattr(fit, name).items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
