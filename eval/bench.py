"""Measures start-up, latency and memory beside their unavoidable part, all in one run, since machines are noisy.

`python -m eval.bench` prints Markdown tables; `docs/performance.md` holds the last ones.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

QUESTIONS = (
    "What does the declaration say about trafficking in persons?",
    "¿Qué compromisos hay contra el racismo y la xenofobia?",
    "O que se diz sobre o desenvolvimento sustentável?",
    "Existe-t-il un quota de visas de travail ?",
)
ROUNDS = 15
COLD_RUNS = 3


def main() -> None:
    """Print all tables."""
    machine = platform.processor() or platform.machine()
    _say(f"Measured on {machine}, {os.cpu_count()} cores, Python {platform.python_version()}.\n")
    with tempfile.TemporaryDirectory() as folder:
        _cold(Path(folder))
        _warm(Path(folder))


def _cold(folder: Path) -> None:
    """Time fresh processes: imports alone, then whole commands."""
    serving = "import app.main, app.bootstrap, app.ui.mount, gradio, chromadb, onnxruntime"
    rows = [
        ("`celac-qa --help`", _process([sys.executable, "-c", "import typer"]), _celac(folder, "--help")),
        (
            "`celac-qa ask`, index built before",
            _python("import app.bootstrap, onnxruntime; from langchain_core.runnables import RunnableLambda"),
            None,
        ),
        ("server ready, index built before", _python(serving), None),
    ]
    _celac(folder, "index", "build")
    rows[1] = (*rows[1][:2], _celac(folder, "ask", QUESTIONS[0]))
    rows[2] = (*rows[2][:2], _python(_START.format(folder=str(folder))))
    _say("| cold start | bare imports, s | whole, s |\n|---|---|---|")
    for name, bare, whole in rows:
        _say(f"| {name} | {bare:.2f} | {whole or 0:.2f} |")
    _say("")


def _warm(folder: Path) -> None:
    """Time questions and searches in a process that is warm."""
    os.environ["CELAC_QA_DATA_DIR"] = str(folder)
    from app.bootstrap import build
    from app.settings import load_settings

    started = time.perf_counter()
    services = build(load_settings())
    service = services.service
    service.ask(QUESTIONS[0])
    first = time.perf_counter() - started
    encoder = _times(lambda question: services.encoder.encode([question]))
    ask = _times(service.ask)
    search = _times(service.search)
    bare = float(np.median(encoder))
    _say("| warm, 8 paragraphs | p50, ms | p95, ms | p50 over one encoder pass |\n|---|---|---|---|")
    for name, times in (("one encoder pass", encoder), ("ask", ask), ("search", search)):
        p50, p95 = np.percentile(times, [50, 95])
        _say(f"| {name} | {p50:.1f} | {p95:.1f} | {p50 / bare:.1f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _say(
        f"\nBuilt and first answer: {first:.2f} s in a process that has imported nothing. Peak memory: {peak:.0f} MiB."
    )
    _say(f"Encoder: {services.encoder.name}.")


def _times(call: Callable[[str], object]) -> list[float]:
    """Return milliseconds per call over all questions, after one round that does not count."""
    times = []
    for turn in range(ROUNDS + 1):
        for question in QUESTIONS:
            started = time.perf_counter()
            call(question)
            if turn:
                times.append((time.perf_counter() - started) * 1000)
    return times


def _process(command: list[str]) -> float:
    """Return the best of some cold runs, in seconds."""
    best = float("inf")
    for _ in range(COLD_RUNS):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own commands
        best = min(best, time.perf_counter() - started)
    return best


def _python(code: str) -> float:
    return _process([sys.executable, "-c", code])


def _celac(folder: Path, *arguments: str) -> float:
    code = f"from app.cli import main; main({json.dumps(['--data-dir', str(folder), *arguments])})"
    return _python(code)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


_START = """
import os
os.environ["CELAC_QA_DATA_DIR"] = {folder!r}
from app.bootstrap import build
from app.main import create_app
from app.settings import load_settings
create_app(build(load_settings()))
"""

if __name__ == "__main__":
    main()
