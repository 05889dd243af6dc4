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
def database(postgres: Server) -> str:
    """The address of a database with a store."""
    from scraper.store.postgres import PostgresStore

    made = postgres.new()
    PostgresStore(made).close()
    return made


@pytest.fixture
def address(postgres: Server, database: str) -> Iterator[str]:
    """The address of an empty store, which is emptied after the test: a new database would take ten times as long."""
    yield database
    postgres.empty(database)
