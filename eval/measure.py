"""A whole measurement: the product or a baseline over the cases of a split, and the report of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from platformdirs import user_cache_path
from rich.console import Console

from app.bootstrap import assemble
from app.settings import load_settings
from corpus.library import Library, open_library
from embeddings.encoder import open_encoder
from eval.adaptors.public_set import PublicSet
from eval.baselines.ranker import rows_of_ranker
from eval.baselines.registry import make_ranker
from eval.dataset import AnyCase, Split
from eval.errors import MissingTextError
from eval.gates import BASELINE
from eval.libraries import known_libraries, open_services, prepare_data
from eval.record import Row, Run, read_run
from eval.report.page import render
from eval.report.table import print_figures
from eval.runner import quotes_of, rows_of
from eval.summary import summarise

PRODUCT = "celac-qa"


def measure_product(
    cases: Sequence[AnyCase],
    *,
    split: Split,
    texts: Path | None = None,
    encoder: str | None = None,
    with_quotes: bool = True,
    on_row: Callable[[Row], None] = lambda _: None,
) -> Run:
    """Ask the product every case.

    Args:
        cases: Of any libraries.
        split: Theirs.
        texts: Folder of the texts beside the bundled one.
        encoder: As `CELAC_QA_ENCODER`; None is the setting.
        with_quotes: Whether to make quotations from the texts and check them as well.
        on_row: Called with each row as it is there.
    """
    rows: list[Row] = []
    corpus: dict[str, str] = {}
    skipped: dict[str, str] = {}
    facts: dict[str, str] = {}
    for library, inside in _by_library(cases):
        try:
            services = open_services(_prepared(library, texts), encoder)
        except MissingTextError as error:
            skipped[library] = str(error)
            continue
        corpus[library] = services.library.digest
        facts = {"encoder": services.encoder.name, "model": services.settings.llm}
        made = quotes_of(services, library) if with_quotes else ()
        for case in (*inside, *(case for case in made if case.split == split)):
            for row in rows_of(case, services):
                rows.append(row)
                on_row(row)
    return Run(
        name=PRODUCT, split=split, corpus=corpus, facts=facts, rows=tuple(sorted(rows, key=_id)), skipped=skipped
    )


def measure_public(
    found: PublicSet, name: str, *, encoder: str | None = None, on_row: Callable[[Row], None] = lambda _: None
) -> Run:
    """Ask the product a public set over the passages that come with it.

    Args:
        found: The set.
        name: Of its format.
        encoder: As `CELAC_QA_ENCODER`; None is the setting.
        on_row: Called with each row as it is there.
    """
    library = Library(found.documents)
    rows: list[Row] = []
    with TemporaryDirectory() as folder:
        settings = load_settings(data_dir=Path(folder), encoder=encoder)
        services = assemble(settings, library, open_encoder(settings.encoder))
        for case in found.cases:
            for row in rows_of(case, services):
                rows.append(row)
                on_row(row)
    return Run(name=PRODUCT, split="test", corpus={name: library.digest}, facts={}, rows=tuple(sorted(rows, key=_id)))


def measure_baseline(
    name: str, cases: Sequence[AnyCase], *, split: Split, texts: Path | None = None, encoder: str | None = None
) -> Run:
    """Ask a baseline the questions among the cases.

    Args:
        name: Of the baseline.
        cases: Of any libraries.
        split: Theirs.
        texts: Folder of the texts beside the bundled one.
        encoder: The one that the product uses.

    Raises:
        BaselineError: No such baseline, or its packages are not installed.
    """
    rows: list[Row] = []
    corpus: dict[str, str] = {}
    skipped: dict[str, str] = {}
    vectors = open_encoder(encoder or load_settings().encoder)
    for library, inside in _by_library(cases):
        try:
            texts_of = open_library(_prepared(library, texts))
        except MissingTextError as error:
            skipped[library] = str(error)
            continue
        corpus[library] = texts_of.digest
        rows += rows_of_ranker(make_ranker(name, texts_of.documents, vectors), inside)
    return Run(name=name, split=split, corpus=corpus, facts={}, rows=tuple(sorted(rows, key=_id)), skipped=skipped)


def write_report(runs: Sequence[Run], out: Path, *, console: Console) -> None:
    """Print the tables and write `figures.jsonl` and `report.html`.

    Args:
        runs: The product first.
        out: Folder.
        console: To print on.
    """
    baseline = read_run(BASELINE) if BASELINE.is_file() else None
    out.mkdir(parents=True, exist_ok=True)
    figures = [figure for run in runs for figure in summarise(run)]
    for run in runs:
        is_comparable = baseline is not None and baseline.split == run.split and baseline.name == run.name
        print_figures(console, run, [f for f in figures if f.system == run.name], baseline if is_comparable else None)
    (out / "figures.jsonl").write_text("".join(f"{f.model_dump_json()}\n" for f in figures), encoding="utf-8")
    page = out / "report.html"
    page.write_text(render(runs, figures), encoding="utf-8")
    console.print(f"report: {page}")


def _by_library(cases: Sequence[AnyCase]) -> Iterator[tuple[str, list[AnyCase]]]:
    for library in sorted({case.library for case in cases}):
        yield library, [case for case in cases if case.library == library]


def _prepared(library: str, texts: Path | None) -> Path:
    return prepare_data(library, known_libraries()[library], texts=texts, work=user_cache_path("celac-qa") / "eval")


def _id(row: Row) -> str:
    return row.id
