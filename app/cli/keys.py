"""`keys create|list|revoke`: the API keys of the server."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from app.cli.main import AsJson, keys
from app.cli.output import show_json
from app.cli.ready import data_dir


@keys.command("create")
def create(
    name: Annotated[str, typer.Argument(help="Whose key it is, or what it is for.")],
    *,
    as_json: AsJson = False,
) -> int:
    """Make a key and print it, this once; only its hash is kept."""
    key, text = _ring().create(name)
    if as_json:
        show_json({"id": key.id, "name": key.name, "created": key.created, "key": text})
    else:
        sys.stdout.write(f"{text}\n")
        sys.stderr.write(f"Key {key.id} for {name}. Keep it now: it is not shown again.\n")
    return 0


@keys.command("list")
def list_keys(*, as_json: AsJson = False) -> int:
    """List the keys that count."""
    found = [{"id": key.id, "name": key.name, "created": key.created} for key in _ring().current()]
    if as_json:
        show_json({"keys": found})
    else:
        sys.stdout.writelines(f"{key['id']}  {key['created']}  {key['name']}\n" for key in found)
    return 0


@keys.command("revoke")
def revoke(key_id: Annotated[str, typer.Argument(metavar="ID", help="As `keys list` shows it.")]) -> int:
    """Make a key count no more; a running server knows at once."""
    gone = _ring().revoke(key_id)
    sys.stderr.write(f"Key {gone.id} for {gone.name} counts no more.\n")
    return 0


def _ring() -> Any:  # noqa: ANN401 - imported late, to keep `--help` quick
    from app.keys import KeyRing

    return KeyRing(data_dir())
