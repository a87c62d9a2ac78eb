"""The server does what its description says, whatever it is sent (schemathesis)."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

schemathesis_schema = schemathesis.pytest.from_fixture("described")


@pytest.fixture(scope="session")
def described(address: str) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_url(f"{address}/openapi.json")


@schemathesis_schema.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_server_keeps_to_its_description(case: schemathesis.Case) -> None:
    case.call_and_validate()
