"""`celac-qa-eval`: run the cases, report, compare two runs, and say whether a change made things worse."""

from __future__ import annotations

import os
import shutil
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer
from rich.console import Console

from eval.dataset import AnyCase, ClaimCase, Language, QuestionCase, Split
from eval.errors import DatasetError, EvalError

if TYPE_CHECKING:
    from eval.record import Run

app = typer.Typer(
    name="celac-qa-eval",
    help="Measure how good the answers are.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
EXIT_WORSE = 1
EXIT_BAD_INPUT = 2
WIDTH = 140
"""Columns of a table that goes to a file."""
TEXTS = Path("../shared/texts")
DATA = Path("../shared/data")
OUT = Path("eval/results/latest")

Texts = Annotated[Path, typer.Option("--texts", help="Folder of the further texts; cases on absent ones are left out.")]
Data = Annotated[Path, typer.Option("--data", help="Folder of the training data, for its UN resolutions.")]
Out = Annotated[Path, typer.Option("--out", help="Folder that the run and its report are written to.")]
SplitName = Annotated[Split, typer.Option("--split", help="dev, or test: rarely, and never to tune on.")]
Libraries = Annotated[list[str] | None, typer.Option("--library", help="Only this library; may be repeated.")]
Tasks = Annotated[list[str] | None, typer.Option("--task", help="Only this task; may be repeated.")]
Beside = Annotated[list[str] | None, typer.Option("--beside", help="Run this baseline as well; may be repeated.")]
EncoderName = Annotated[str | None, typer.Option("--encoder", help="As CELAC_QA_ENCODER.")]


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; the exit code says how it went."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: threads only wait for each other
    try:
        app(sys.argv[1:] if arguments is None else arguments)
    except EvalError as error:
        Console(stderr=True).print(str(error), style="red", markup=False)
        sys.exit(EXIT_BAD_INPUT)


@app.command()
def run(
    *,
    split: SplitName = "dev",
    library: Libraries = None,
    task: Tasks = None,
    beside: Beside = None,
    texts: Texts = TEXTS,
    encoder: EncoderName = None,
    out: Out = OUT,
) -> None:
    """Ask every case, print the figures and write the report."""
    from eval.record import write_run

    cases = _cases(split, library, task)
    runs = [_measure(cases, texts=texts, encoder=encoder, split=split, with_quotes="quote" in (task or ["quote"]))]
    runs += [_measure_baseline(name, cases, texts=texts, encoder=encoder, split=split) for name in beside or ()]
    for path in out.glob("*.json"):
        path.unlink()
    for one in runs:
        write_run(one, out / f"{one.name}.json")
    _report(runs, out)


@app.command()
def report(paths: Annotated[list[Path], typer.Argument(help="Runs, the product's first.")], *, out: Out = OUT) -> None:
    """Write the report of runs made before."""
    from eval.record import read_run

    _report([read_run(path) for path in paths], out)


@app.command()
def compare(first: Path, second: Path) -> None:
    """Compare two runs, paired by case."""
    from eval.record import read_run
    from eval.report.table import print_differences

    print_differences(Console(), read_run(first), read_run(second))


@app.command()
def gate(
    path: Annotated[Path | None, typer.Argument(help="A run; without one the bundled text's cases are run.")] = None,
    *,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="Compare with this run.")] = None,
    encoder: EncoderName = None,
) -> None:
    """Fail if something has become worse beyond noise, or a promise is broken."""
    from eval.gates import BASELINE, check
    from eval.record import read_run

    console = Console()
    known = read_run(baseline or BASELINE)
    new = read_run(path) if path else _measure(_cases("dev", ["declaration"], None), encoder=encoder, split="dev")
    violations = check(new, known)
    for violation in violations:
        console.print(str(violation), style="red", markup=False)
    if violations:
        raise typer.Exit(EXIT_WORSE)
    console.print(f"{len(new.rows)} rows: nothing is worse than the baseline, every promise holds")


@app.command()
def public(
    name: Annotated[str, typer.Argument(help="Format: squad (XQuAD too), beir, canard or mtrag.")],
    path: Annotated[Path, typer.Argument(help="The set's file, or its folder for beir.")],
    *,
    language: Annotated[str, typer.Option("--language", help="Of its questions: en, es, pt or fr.")] = "en",
    limit: Annotated[int, typer.Option("--limit", help="At most this many questions or conversations.")] = 300,
    encoder: EncoderName = None,
    out: Out = OUT,
) -> None:
    """Ask the questions of a public set over its own passages."""
    from eval.adaptors.public_set import PublicSet
    from eval.adaptors.registry import read_public
    from eval.measure import measure_public
    from eval.record import write_run

    if language not in get_args(Language):
        raise DatasetError(f"no language {language!r}; there are {', '.join(get_args(Language))}")
    found = read_public(name, path, cast("Language", language))
    run_ = measure_public(PublicSet(found.documents, found.cases[:limit]), name, encoder=encoder)
    write_run(run_, out / f"{run_.name}.json")
    _report([run_], out)


@app.command()
def calibrate(
    *,
    texts: Texts = TEXTS,
    data: Data = DATA,
    encoder: EncoderName = None,
    is_trial: Annotated[bool, typer.Option("--dry-run", help="Only say what would come out.")] = False,
) -> None:
    """Fit relevance, confidence and threshold to development questions, and write them where the product reads."""
    from app.chain.calibration import PATH, shipped_calibration, write_calibration
    from embeddings.reader import load_reader
    from eval.calibrate import cross_validate, fit, samples_of
    from eval.libraries import opened_libraries
    from eval.report.calibration import print_calibration
    from eval.resolutions import resolutions

    cases = [case for case in _cases("dev", None, ["question"]) if isinstance(case, QuestionCase)]
    samples = [
        sample
        for library, services in opened_libraries({case.library for case in cases}, texts=texts, encoder=encoder)
        for sample in samples_of([case for case in cases if case.library == library], services, load_reader())
    ]
    for group in resolutions(data, encoder=encoder):
        samples += samples_of(group.questions, group.services, load_reader())
    found = fit(samples, shipped_calibration())
    print_calibration(Console(), cross_validate(samples, shipped_calibration()), found)
    if not is_trial:
        write_calibration(found, PATH)


@app.command("calibrate-claims")
def calibrate_claims(
    *,
    texts: Texts = TEXTS,
    data: Data = DATA,
    encoder: EncoderName = None,
    is_trial: Annotated[bool, typer.Option("--dry-run", help="Only say what would come out.")] = False,
) -> None:
    """Fit the curves and thresholds of claim verdicts to development claims, and write them where the product reads."""
    from app.bootstrap import claim_checker
    from app.claims.verdict import calibration, write_calibration
    from eval.calibrate_claims import fit, samples_of
    from eval.libraries import opened_libraries
    from eval.report.calibration import print_claims
    from eval.resolutions import resolutions

    cases = [case for case in _cases("dev", None, ["claim"]) if isinstance(case, ClaimCase)]
    opened = chain(
        (
            (services, [case for case in cases if case.library == name])
            for name, services in opened_libraries({case.library for case in cases}, texts=texts, encoder=encoder)
        ),
        ((group.services, group.claims) for group in resolutions(data, encoder=encoder)),
    )
    samples = [
        sample
        for services, asked in opened
        for sample in samples_of(asked, claim_checker(services.library, services.retriever, services.encoder))
    ]
    found, judged = fit(samples, calibration())
    print_claims(Console(), judged, found)
    if not is_trial:
        write_calibration(found)


@app.command()
def accept(path: Annotated[Path, typer.Argument(help="A run.")] = OUT / "celac-qa.json") -> None:
    """Make a run the baseline that the gate compares with."""
    from eval.gates import BASELINE
    from eval.record import read_run

    read_run(path)
    shutil.copyfile(path, BASELINE)


def _cases(split: Split, libraries: list[str] | None, tasks: list[str] | None) -> list[AnyCase]:
    from eval.dataset import load_cases

    return [
        case
        for case in load_cases()
        if case.split == split and case.library in (libraries or [case.library]) and case.task in (tasks or [case.task])
    ]


def _measure(
    cases: list[AnyCase],
    *,
    split: Split,
    texts: Path | None = None,
    encoder: str | None = None,
    with_quotes: bool = True,
) -> Run:
    from rich.progress import Progress

    from eval.measure import measure_product

    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("Asking", total=None)
        return measure_product(
            cases,
            split=split,
            texts=texts,
            encoder=encoder,
            with_quotes=with_quotes,
            on_row=lambda _: progress.advance(bar),
        )


def _measure_baseline(name: str, cases: list[AnyCase], *, split: Split, texts: Path, encoder: str | None) -> Run:
    from eval.measure import measure_baseline

    return measure_baseline(name, cases, split=split, texts=texts, encoder=encoder)


def _report(runs: list[Run], out: Path) -> None:
    from eval.measure import write_report

    write_report(runs, out, console=Console(width=None if sys.stdout.isatty() else WIDTH))
