"""The coverage-guided fuzzer runs and finds nothing in its first seconds."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("atheris", reason="atheris is not installed; pip install --group fuzz")


def test_fuzzer_finds_nothing_in_a_short_run(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for number, text in enumerate(("1. We agree.\n\n2. We talk.\n\n(a) Of it;", "<p>1. We</p>", "<a><p>1. We</p></a>")):
        (seeds / str(number)).write_bytes(bytes([(0, 2, 3)[number]]) + text.encode())
    root = Path(__file__).parents[3]
    # A child begins with its parent's peak memory on its account, so it is allocations that are limited.
    options = ["-runs=1500", "-seed=1", "-timeout=10", "-rss_limit_mb=0", "-malloc_limit_mb=1000", "-max_len=400"]
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.fuzz.read", str(seeds), *options],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert done.returncode == 0, done.stderr[-2000:]
