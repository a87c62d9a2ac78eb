"""The server does what its description says, whatever it is sent (schemathesis)."""

import importlib
import pkgutil

import schemathesis
import schemathesis.generation
import schemathesis.specs.openapi
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

# All of it here, since the compiler of Python 3.11 fails on modules that are rewritten deep in pytest.
for package in (schemathesis.specs.openapi, schemathesis.generation):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)

quick = settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
)


def test_server_keeps_to_its_description(address: str) -> None:
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 9
    for operation in operations:
        if all(body.media_type != "application/zip" for body in operation.body):  # schemathesis cannot make one
            holds_for(operation)


def holds_for(operation: schemathesis.schemas.APIOperation) -> None:
    # No schema here says what a document is, that one of three is given, or that a conversation ends with a question.
    is_looser = operation.path.startswith(("/v1/", "/api/v1/packs")) or operation.label == "POST /api/v1/documents"
    left_out = [positive_data_acceptance] if is_looser else []

    @quick
    @given(case=operation.as_strategy())
    def keeps(case: schemathesis.Case) -> None:
        case.call_and_validate(excluded_checks=left_out)

    keeps()
