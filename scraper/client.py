"""The polite client: one pool, per-host pace, robots, limits, retries, and an error for everything that goes wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self

from scraper.breaker import BreakerState
from scraper.robots import RobotsRecord
from scraper.sources import Source

Kind = Literal["page", "feed", "sitemap", "robots"]


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: `url` is the final address, `requested` the one asked for, `body` unpacked bytes.

    `not_modified` is True for a 304 (the body is empty then); `moved_to` is the address to ask for from now on
    when the server said that the move is permanent. Header names are in lower case.
    """

    url: str
    requested: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    not_modified: bool = False
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Deadlines in seconds, sizes in bytes, tries in numbers."""

    connect: float = 10.0
    first_byte: float = 20.0
    total: float = 60.0
    page_bytes: int = 8 << 20
    feed_bytes: int = 16 << 20
    sitemap_bytes: int = 50 << 20
    redirects: int = 8
    tries: int = 3
    backoff: float = 0.5
    longest_wait: float = 30.0
    connections: int = 400


def user_agent(contact: str | None = None) -> str:
    """The name we go by: program, version, and whom to write to."""
    raise NotImplementedError


class Client:
    """Fetches one address at a time for many callers at once; use as an async context manager."""

    def __init__(
        self,
        *,
        user_agent: str,
        limits: Limits | None = None,
        pace: bool = True,
        breaker_state: Iterable[BreakerState] = (),
        robots_state: Iterable[RobotsRecord] = (),
    ) -> None:
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        raise NotImplementedError

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        raise NotImplementedError

    async def fetch(
        self,
        url: str,
        source: Source,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        kind: Kind = "page",
    ) -> Page:
        """The page at `url`. Raises a `FetchError` subclass with its `.cause`."""
        raise NotImplementedError

    def breaker_state(self) -> list[BreakerState]:
        """The hosts in trouble, to be kept for the next run."""
        raise NotImplementedError

    def robots_state(self) -> list[RobotsRecord]:
        """Every robots.txt read, to be kept for the next run: it is asked for once a day, not once a run."""
        raise NotImplementedError
