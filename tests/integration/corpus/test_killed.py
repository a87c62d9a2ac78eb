"""`kill -9` at any point of adding, removing or indexing: the old library and index answer, the next run finishes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")


@pytest.mark.parametrize(("what", "least"), [("add", 8), ("remove", 4), ("index", 2)])
def test_killed_process_leaves_the_old_state_and_the_next_run_finishes(what: str, least: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.killing", what, str(tmp_path)]
    root = str(Path(__file__).parents[3])
    done = subprocess.run(  # noqa: S603 - our own module
        command,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
        cwd=root,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= least
