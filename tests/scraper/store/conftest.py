"""A store of each kind for the tests of what every store does, and the clock that it lives by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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


#: Every kind of store there is: what opens an empty one that goes by a clock.
STORES: dict[str, Callable[[Clock], Store]] = {"sqlite": lambda clock: SqliteStore(":memory:", clock=clock)}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=list(STORES))
def store(request: pytest.FixtureRequest, clock: Clock) -> Iterator[Store]:
    with STORES[request.param](clock) as opened:
        yield opened
