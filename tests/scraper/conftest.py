"""One PostgreSQL for all tests that need one, started when the first of them does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.scraper.postgres import Server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    from tests.scraper.postgres import running

    with running() as server:
        yield server


@pytest.fixture(scope="session")
def template(postgres: Server) -> str:
    """The name of a database with an empty store, of which others are copied."""
    from scraper.store.postgres import PostgresStore

    address = postgres.new()
    PostgresStore(address).close()
    return address.rpartition("/")[2]


@pytest.fixture
def address(postgres: Server, template: str) -> Iterator[str]:
    """The address of a database with an empty store, which goes with its test."""
    made = postgres.new(template)
    yield made
    postgres.drop(made)
