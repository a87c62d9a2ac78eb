"""Kills a process at every file operation it makes, and looks at what it leaves; a module to run in its own process.

The kernel ends the process between two of its operations, as `kill -9` does: no handler runs, no buffer is flushed.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from corpus.adding import add_document
from corpus.library import open_library, remove_document, verify
from embeddings.build import ensure_index
from embeddings.index import current_index, index_name, open_index
from tests.builders import WordEncoder

OPERATIONS = frozenset({"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"})
OLD, NEW = "celac-2020-old", "celac-2021-new"
Check = Callable[[Path, bool], None]


def kill_everywhere(action: Callable[[Path], None], check: Check, base: Path, *, step: int = 1) -> int:
    """Run an action on copies of a folder, killed at its first, second, ... file operation, until it is not killed.

    Args:
        action: What is killed.
        check: Looks at what is left; told whether the action was killed. Raises where something is wrong.
        base: The folder to begin with.
        step: Kill only at every step-th operation.

    Returns:
        At how many points it was killed.
    """
    for number in count(1, step):
        folder = base.with_name(f"{base.name}-{number}")
        shutil.copytree(base, folder)
        is_killed = _child(lambda folder=folder, number=number: _run_until(action, folder, number)) == -signal.SIGKILL
        _look(check, folder, is_killed=is_killed, what=f"killed at operation {number}")
        _look(lambda f, _: action(f), folder, is_killed=False, what=f"running again after operation {number}")
        _look(check, folder, is_killed=False, what=f"run again after operation {number}")
        shutil.rmtree(folder)
        if not is_killed:
            return (number - 1) // step
    raise AssertionError


def kill_over_time(action: Callable[[Path], None], check: Check, base: Path, *, times: int) -> None:
    """Run an action on copies of a folder, killed after ever longer times, up to the time that it needs."""
    whole = base.with_name(f"{base.name}-whole")
    shutil.copytree(base, whole)
    start = time.monotonic()
    _look(lambda folder, _: action(folder), whole, is_killed=False, what="running")
    needed = time.monotonic() - start
    for number in range(1, times + 1):
        folder = base.with_name(f"{base.name}-t{number}")
        shutil.copytree(base, folder)
        code = _child(lambda folder=folder, number=number: _run_for(action, folder, needed * number / times))
        _look(check, folder, is_killed=code != 0, what=f"killed after {number}/{times} of its time")
        _look(lambda f, _: action(f), folder, is_killed=False, what="running again")
        _look(check, folder, is_killed=False, what="run again")
        shutil.rmtree(folder)


def _run_until(action: Callable[[Path], None], folder: Path, number: int) -> None:
    left = number

    def end(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in OPERATIONS and arguments and str(folder) in str(arguments[0]):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(end)
    action(folder)


def _run_for(action: Callable[[Path], None], folder: Path, seconds: float) -> None:
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-3))  # no handler: the kernel ends the process
    action(folder)


def _look(check: Check, folder: Path, *, is_killed: bool, what: str) -> None:
    if _child(lambda: check(folder, is_killed)) != 0:
        raise SystemExit(f"FAILED {what}")


def _child(run: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            run()
            code = 0
        except BaseException as error:  # noqa: BLE001 - the edge of the process
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def text(count: int, word: str) -> str:
    """Return a numbered text of that many paragraphs."""
    return "\n\n".join(
        f"{n}. We agree on the {word} rights of all of the people, for the {n}th time." for n in range(1, count)
    )


def add(folder: Path) -> None:
    """Add a second document, unless it is there."""
    library = open_library(folder)
    if NEW not in {document.id for document in library.documents}:
        add_document(library, str(folder.parent / "new.txt"), id=NEW, title="New", date="2021-01-01")


def remove(folder: Path) -> None:
    """Remove the first document, unless it is gone."""
    if OLD in {document.id for document in open_library(folder).documents}:
        remove_document(folder, OLD)


def index(folder: Path) -> None:
    """Build the index of the library."""
    ensure_index(open_library(folder), WordEncoder(), folder / "index").neighbours.close()


def check_added(folder: Path, is_killed: bool) -> None:  # noqa: FBT001 - a callback
    """The library opens whole, with the old document; with the new one if nobody was killed."""
    assert set(verify(folder).values()) == {None}
    ids = {document.id for document in open_library(folder).documents}
    assert OLD in ids
    assert is_killed or NEW in ids


def check_removed(folder: Path, is_killed: bool) -> None:  # noqa: FBT001
    """The library opens whole; without the old document if nobody was killed."""
    assert set(verify(folder).values()) == {None}
    assert is_killed or OLD not in {document.id for document in open_library(folder).documents}


def check_index(folder: Path, is_killed: bool) -> None:  # noqa: FBT001
    """An index is current and answers: the new one if nobody was killed, else the new or the old one."""
    library = open_library(folder)
    current = current_index(folder / "index")
    assert current is not None
    is_new = current.name == index_name(library, WordEncoder())
    assert is_new or is_killed, f"{current.name} is not the index of {[d.id for d in library.documents]}"
    if not is_new:
        remove_document(folder, NEW)  # what the old index was built over
        library = open_library(folder)
    opened = open_index(library, current)
    [rows] = opened.neighbours.nearest_to_each(opened.vectors[:1], 1)
    assert rows.tolist() == [0]
    opened.neighbours.close()
    if not is_new:
        add(folder)


def main() -> None:
    """Prepare a folder, then kill what the argument names: add, remove or index."""
    what, root = sys.argv[1], Path(sys.argv[2])
    base = root / "data"
    for name in ("old", "new"):
        (root / f"{name}.txt").write_text(text(6, name), encoding="utf-8")
    add_document(open_library(base), str(root / "old.txt"), id=OLD, title="Old", date="2020-01-01")
    if what == "add":
        sys.stdout.write(str(kill_everywhere(add, check_added, base, step=2)))
    elif what == "remove":
        sys.stdout.write(str(kill_everywhere(remove, check_removed, base)))
    else:
        assert _child(lambda: index(base)) == 0
        add(base)
        kill_over_time(index, check_index, base, times=3)
        sys.stdout.write(str(kill_everywhere(index, check_index, base, step=25)))


if __name__ == "__main__":
    main()
