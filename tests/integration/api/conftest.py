"""One running server for all tests of this folder."""

from collections.abc import Iterator

import httpx
import pytest

from app.main import create_app
from tests.services import serving, some_services


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(create_app(some_services(tmp_path_factory.mktemp("data")))) as url:
        yield url


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=30) as http:
        yield http
