"""`make load`: a server of its own on loopback, and locust at 1, 2, 4 and 8 times its places, as a Markdown table."""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

PLACES = 16
TIMES = (1, 2, 4, 8)
SECONDS = int(os.environ.get("SECONDS_EACH", "15"))
HERE = Path(__file__).parent
SERVE = "from app.cli import main; main()"


def main() -> None:
    """Start, load, print, and see that it recovers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        settings = {**os.environ, "CELAC_QA_MAX_CONCURRENCY": str(PLACES), "CELAC_QA_LOG_LEVEL": "WARNING"}
        arguments = [sys.executable, "-c", SERVE, "serve", "--port", str(port), "--data-dir", folder]
        server = subprocess.Popen(arguments, env=settings)  # noqa: S603 - our own
        try:
            measure(f"http://127.0.0.1:{port}", server.pid)
        finally:
            server.terminate()
            server.wait(timeout=30)


def measure(address: str, process: int) -> None:
    """Print one row per load, then the time of one answer afterwards."""
    wait_until_ready(address)
    print("| users | answers/s | p50 ms | p95 ms | p99 ms | told to come back/s | errors | peak RSS MB |")  # noqa: T201
    print("|---|---|---|---|---|---|---|---|")  # noqa: T201
    for times in TIMES:
        stats = locust(address, users=PLACES * times)
        asked, shed = stats.get("/api/v1/ask", {}), stats.get("shed", {})
        quantiles = " | ".join(str(quantile(asked, share)) for share in (0.5, 0.95, 0.99))
        errors = sum(row["num_failures"] for row in stats.values())
        rates = [row.get("num_requests", 0) / SECONDS for row in (asked, shed)]
        row = f"| {PLACES * times} | {rates[0]:.1f} | {quantiles} | {rates[1]:.1f} | {errors} | {peak_mb(process)} |"
        print(row, flush=True)  # noqa: T201
    began = time.perf_counter()
    status = httpx.post(f"{address}/api/v1/ask", json={"question": "paragraph 2"}, timeout=60).status_code
    print(f"\nOne answer afterwards: {status} in {(time.perf_counter() - began) * 1000:.0f} ms.")  # noqa: T201


def locust(address: str, *, users: int) -> dict[str, dict]:  # type: ignore[type-arg]
    """Return locust's statistics by name of request."""
    arguments = ["-f", str(HERE / "locustfile.py"), "--headless", "--json", "--host", address]
    arguments += ["-u", str(users), "-r", str(users), "-t", f"{SECONDS}s", "--exit-code-on-error", "0"]
    done = subprocess.run([sys.executable, "-m", "locust", *arguments], capture_output=True, text=True, check=True)  # noqa: S603
    return {row["name"]: row for row in json.loads(done.stdout)}


def quantile(row: dict, share: float) -> int:  # type: ignore[type-arg]
    """Return a quantile of locust's response times, in milliseconds."""
    left = share * row.get("num_requests", 0)
    for milliseconds, count in sorted((float(ms), n) for ms, n in row.get("response_times", {}).items()):
        left -= count
        if left <= 0:
            return int(milliseconds)
    return 0


def peak_mb(process: int) -> int:
    """Return the most memory a process has had, from Linux's account."""
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process}/status").read_text(encoding="ascii"))
    return int(found[1]) // 1024 if found else 0


def wait_until_ready(address: str) -> None:
    """Wait for the server, two minutes at most."""
    for _ in range(240):
        try:
            if httpx.get(f"{address}/health/ready", timeout=30).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.5)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main()
