"""The description of the API is part of the contract: a change to it shows in review."""

import json
from pathlib import Path

import pytest

from app.main import create_app
from tests.services import some_services

GOLDEN = Path(__file__).with_name("openapi.json")


def test_openapi_schema_is_the_recorded_one(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    schema = create_app(some_services(tmp_path)).openapi()
    schema["info"]["version"] = "0"
    shown = json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if pytestconfig.getoption("--record"):
        GOLDEN.write_text(shown, encoding="utf-8")
    assert shown == GOLDEN.read_text(encoding="utf-8"), "if this change is meant: pytest tests/golden --record"


def test_every_operation_documents_its_errors_and_says_what_it_does(tmp_path: Path) -> None:
    schema = create_app(some_services(tmp_path)).openapi()
    operations = [(path, operation) for path, item in schema["paths"].items() for operation in item.values()]
    assert schema["openapi"].startswith("3.1")
    for path, operation in operations:
        assert operation["description"], path
        if path.startswith(("/api", "/v1")):
            assert "500" in operation["responses"], path
