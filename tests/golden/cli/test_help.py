"""What `--help` says, verb by verb."""

import os
from pathlib import Path

import pytest

from app.cli import main

GOLDEN = Path(__file__).with_name("help.txt")
VERBS = (
    [],
    *([verb] for verb in ("ask", "search", "check", "quote", "cite", "review", "serve", "mcp", "doctor")),
    *(["corpus", verb] for verb in ("list", "show", "add", "sync", "verify", "remove")),
    ["pack", "verify"],
    *(["index", verb] for verb in ("build", "status")),
    ["pack", "verify"],
    *(["keys", verb] for verb in ("create", "list", "revoke")),
)


def test_help_is_the_recorded_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    for name in [name for name in os.environ if name.startswith("CELAC_QA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "dumb")
    shown = "".join(f"$ celac-qa {' '.join(verb)} --help\n{_help(capsys, verb)}\n" for verb in VERBS)
    if pytestconfig.getoption("--record"):
        GOLDEN.write_text(shown, encoding="utf-8")
    assert shown == GOLDEN.read_text(encoding="utf-8"), "if this change is meant: pytest tests/golden --record"


def _help(capsys: pytest.CaptureFixture[str], verb: list[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*verb, "--help"])
    assert ended.value.code == 0, verb
    return "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())
