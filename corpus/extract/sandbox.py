"""Reads untrusted bytes in a process of its own, with limits on time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from corpus.blocks import Block, Extracted
from corpus.errors import UnreadableError


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one document may cost.

    Attributes:
        size_bytes: Largest document that is read at all.
        memory_mb: Address space of the reading process.
        time_s: Seconds of its time.
    """

    size_bytes: int = 50_000_000
    memory_mb: int = 1500
    time_s: int = 120


DEFAULT_LIMITS = Limits()


def extract_safely(data: bytes, *, name: str = "", declared: str = "", limits: Limits = DEFAULT_LIMITS) -> Extracted:
    """Read a document in a process of its own.

    Args:
        data: The document's bytes.
        name: File name, to tell Markdown from text.
        declared: Media type a server gave.
        limits: What it may cost.

    Raises:
        UnreadableError: It cannot be read, or not within the limits.
    """
    if len(data) > limits.size_bytes:
        raise UnreadableError(f"it has {len(data):,} bytes; at most {limits.size_bytes:,} are read")
    command = [sys.executable, "-m", "corpus.extract.worker"]
    arguments = [Path(name).name[-100:], declared[:100], str(limits.memory_mb), str(limits.time_s)]
    paths = os.pathsep.join([str(Path(__file__).resolve().parents[2]), *filter(None, sys.path)])
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": paths, "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"}
    if "SYSTEMROOT" in os.environ:
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(  # noqa: S603 - our own worker, fixed arguments, no shell
                [*command, *arguments],
                input=data,
                capture_output=True,
                cwd=folder,
                env=environment,
                timeout=limits.time_s + 10,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise UnreadableError(f"reading it takes more than {limits.time_s} seconds; split it") from None
    return _answer(done.returncode, done.stdout, limits)


def _answer(code: int, output: bytes, limits: Limits) -> Extracted:
    try:
        answer = json.loads(output) if code == 0 else None
    except ValueError:
        answer = None
    if answer is None:
        raise UnreadableError(
            f"reading it failed (within {limits.memory_mb} MB and {limits.time_s} s); "
            "save it again or give another format"
        )
    if "error" in answer:
        raise UnreadableError(answer["error"])
    blocks = tuple(Block(**block) for block in answer["blocks"])
    return Extracted(blocks, answer["media_type"], tuple(answer["warnings"]))
