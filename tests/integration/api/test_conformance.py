"""The server does what its description says, whatever it is sent (schemathesis)."""

import schemathesis
import schemathesis.specs.openapi.schemas  # here, since the compiler of Python 3.11 fails on it deep in pytest
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

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
        holds_for(operation)


def holds_for(operation: schemathesis.schemas.APIOperation) -> None:
    # No schema says what a document is, or that a conversation ends with a question.
    is_looser = operation.label == "POST /api/v1/documents" or operation.path.startswith("/v1/")
    left_out = [positive_data_acceptance] if is_looser else []

    @quick
    @given(case=operation.as_strategy())
    def keeps(case: schemathesis.Case) -> None:
        case.call_and_validate(excluded_checks=left_out)

    keeps()
