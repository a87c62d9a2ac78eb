"""What may be imported, when, and at what price."""

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGES = ("app", "corpus", "embeddings", "eval")
HEAVY = ("torch", "sentence_transformers", "chromadb", "gradio", "langchain_core", "numpy", "fastapi", "onnxruntime")
UNUSED = ("torch", "sentence_transformers", "chromadb", "gradio", "fastapi", "pandas", "scipy", "bm25s", "filelock")
"""What no question needs once the index is there."""


def modules() -> list[str]:
    names = []
    for package in PACKAGES:
        root = importlib.import_module(package)
        names += [found.name for found in pkgutil.walk_packages(root.__path__, f"{package}.")]
    return [name for name in names if not name.endswith("__main__") and not name.startswith("embeddings.training")]


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)  # noqa: S603


def test_every_module_imports_without_network() -> None:
    code = (
        "import socket, importlib\n"
        "def blocked(*a, **k): raise OSError('the network was reached at import')\n"
        "socket.socket.connect = blocked; socket.getaddrinfo = blocked\n"
        f"for name in {modules()!r}: importlib.import_module(name)\n"
    )
    result = run_python(code)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("module", ["app.cli.main", "corpus.model"])
def test_light_modules_import_nothing_heavy(module: str) -> None:
    result = run_python(f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])")
    assert result.stdout.strip() == "[]", result.stderr


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom app.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    assert run_python(code).stderr.strip() == "[]"


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the index built."""
    folder = tmp_path_factory.mktemp("data")
    built = run_python(f"from app.cli import main; main(['--data-dir', {str(folder)!r}, 'index', 'build'])")
    assert built.returncode == 0, built.stderr
    return folder


@pytest.mark.parametrize(
    ("verb", "unused"),
    [("ask", UNUSED), ("search", (*UNUSED, "langchain_core")), ("quote", (*UNUSED, "langchain_core"))],
)
def test_command_imports_nothing_that_it_does_not_need(verb: str, unused: tuple[str, ...], data_dir: Path) -> None:
    code = (
        "import sys\nfrom app.cli import main\n"
        f"try: main(['--data-dir', {str(data_dir)!r}, {verb!r}, 'trafficking in persons'])\nexcept SystemExit: pass\n"
        f"print([m for m in {unused!r} if m in sys.modules], file=sys.stderr)"
    )
    assert run_python(code).stderr.strip() == "[]"
