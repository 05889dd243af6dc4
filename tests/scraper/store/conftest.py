"""A store of each kind for the tests of what every store does, and the clock that it lives by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from scraper.store.protocol import Store
from scraper.store.sqlite import SqliteStore


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.time = datetime(2025, 1, 31, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def go_on(self, **by: float) -> None:
        self.time += timedelta(**by)


def sqlite(request: pytest.FixtureRequest, clock: Clock) -> Store:
    return SqliteStore(":memory:", clock=clock)


def postgres(request: pytest.FixtureRequest, clock: Clock) -> Store:
    from scraper.store.postgres import PostgresStore

    return PostgresStore(request.getfixturevalue("address"), clock=clock)


#: Every kind of store there is: what opens an empty one that goes by a clock.
STORES = {"sqlite": sqlite, "postgres": postgres}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=list(STORES))
def store(request: pytest.FixtureRequest, clock: Clock) -> Iterator[Store]:
    with STORES[request.param](request, clock) as opened:
        yield opened
