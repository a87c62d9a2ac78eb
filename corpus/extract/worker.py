"""The process that reads untrusted bytes: limits itself, reads standard input, writes one JSON object."""

from __future__ import annotations

import dataclasses
import json
import sys

from corpus.errors import UnreadableError


def main() -> int:
    """Read a document from standard input; the arguments are name, media type, megabytes and seconds."""
    name, declared, memory_mb, time_s = sys.argv[1:5]
    _limit(int(memory_mb), int(time_s))
    from corpus.extract.formats import extract

    try:
        answer = dataclasses.asdict(extract(sys.stdin.buffer.read(), name=name, declared=declared))
    except UnreadableError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": f"reading it needs more than {memory_mb} MB of memory; no real document does"}
    except RecursionError:
        answer = {"error": "it is nested too deeply; save it again in a simpler form"}
    sys.stdout.write(json.dumps(answer))
    return 0


def _limit(memory_mb: int, time_s: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's time limit holds there
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (time_s, time_s + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
