"""Small libraries of UN resolutions that calibration is fitted to beside the development cases.

Their cases are what was written on paragraphs held back from training. The texts are read from a data folder and not
kept here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from app.bootstrap import Services, assemble
from app.settings import load_settings
from corpus.library import Library
from corpus.model import Document, Paragraph
from embeddings.encoder import open_encoder
from embeddings.training.written import Written, is_development, read_written
from eval.dataset import ClaimCase, QuestionCase

NAME = "resolutions"
DOCUMENTS = 4
"""Texts of a library."""
_LANGUAGES = ("en", "es", "pt", "fr")
_QUESTIONS = {"question": "paraphrase", "near_miss": "absent"}
_CLAIMS = {
    "supported": ("restated", "supported"),
    "contradicted": ("reversal", "contradicted"),
    "not_addressed": ("invented_detail", "not_found"),
}
_KINDS = tuple(_CLAIMS)


@dataclass(frozen=True, slots=True)
class Cases:
    """The product over one library, and what it is asked."""

    services: Services
    questions: tuple[QuestionCase, ...]
    claims: tuple[ClaimCase, ...]


def resolutions(data: Path, *, encoder: str | None = None) -> Iterator[Cases]:
    """Yield small libraries with their cases; nothing where the data folder has no UN documents.

    Args:
        data: Holds `un/un_documents.jsonl.gz`.
        encoder: As `CELAC_QA_ENCODER`.
    """
    if not (data / "un" / "un_documents.jsonl.gz").is_file():
        return
    held_back = sorted((w for w in read_written(data) if is_development(w)), key=lambda w: w.document)
    groups = [list(group) for _, group in groupby(held_back, key=lambda w: w.document)]
    opened = open_encoder(load_settings(encoder=encoder).encoder)
    for first in range(0, len(groups), DOCUMENTS):
        chosen = groups[first : first + DOCUMENTS]
        library = Library(tuple(_document(group) for group in chosen))
        written = [one for group in chosen for one in group]
        with TemporaryDirectory() as folder:
            services = assemble(load_settings(data_dir=Path(folder)), library, opened)
            cases = list(_cases(written, library))
            questions = tuple(case for case in cases if isinstance(case, QuestionCase))
            yield Cases(services, questions, tuple(case for case in cases if isinstance(case, ClaimCase)))


def _document(group: Sequence[Written]) -> Document:
    symbol = group[0].document
    id_ = re.sub(r"[^a-z0-9]+", "-", symbol.lower())
    texts = sorted({one.passage for one in group})
    return Document(
        id=id_,
        titles={"en": symbol},
        date=dt.date(2000, 1, 1),
        language="en",
        paragraphs=tuple(Paragraph(id_, f"p{n}", "operative", text) for n, text in enumerate(texts, start=1)),
    )


def _cases(written: Sequence[Written], library: Library) -> Iterator[QuestionCase | ClaimCase]:
    key_of = {paragraph.text: paragraph.key for paragraph in library.paragraphs()}
    for number, one in enumerate(written):
        family = f"{NAME}/{one.document}"
        common = {"origin": "written", "language": one.language, "split": "dev", "family": family, "library": NAME}
        id_ = re.sub(r"[^a-z0-9]+", "-", f"{one.document}-{number}".lower())
        gold = (key_of[one.passage],)
        if one.kind in _QUESTIONS:
            is_answered = one.kind == "question"
            if is_answered and one.language != _LANGUAGES[int(gold[0].rpartition("/p")[2]) % len(_LANGUAGES)]:
                continue  # one question of a paragraph, so that there are as many near misses
            yield QuestionCase.model_validate(
                common
                | {"id": id_, "kind": _QUESTIONS[one.kind], "question": one.text}
                | {"expected": "answer" if is_answered else "refusal", "gold": gold if is_answered else ()}
            )
        else:
            if one.kind != _KINDS[int(gold[0].rpartition("/p")[2]) % len(_KINDS)]:
                continue  # one claim of a paragraph: enough, and three times as fast
            kind, verdict = _CLAIMS[one.kind]
            yield ClaimCase.model_validate(
                common
                | {"id": id_, "kind": kind, "claim": one.text, "verdict": verdict}
                | {"gold": () if verdict == "not_found" else gold}
            )
