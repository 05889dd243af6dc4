"""Whether and when a host may be asked: what its robots.txt says, how it has fared lately, whose turn it is.

This is the one place that decides it. `robots`, `breaker` and `pace` each know one reason to wait or to stay away;
the client asks `Politeness` alone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from scraper.addresses import host_of, origin_of
from scraper.errors import CircuitOpen, FetchError, RefusedAddress
from scraper.fetch.breaker import Breakers, BreakerState
from scraper.fetch.pace import Pace, Turn
from scraper.fetch.robots import Ask, RobotsCache, RobotsRecord, Rules
from scraper.sources import Source


@dataclass(frozen=True, slots=True)
class KnownHosts:
    """What is remembered from run to run: the hosts in trouble, and every robots.txt, asked for once a day."""

    troubled: tuple[BreakerState, ...] = ()
    robots: tuple[RobotsRecord, ...] = ()

    @property
    def left_alone(self) -> list[BreakerState]:
        """The hosts that get no request for a while, those with the most failures first."""
        tripped = (host for host in self.troubled if host.trips)
        return sorted(tripped, key=lambda host: (-host.failures, host.host))


class Politeness:
    """How all hosts are treated.

    `agent` is the name that robots.txt knows us by; `paced=False` drops the delays, for machines of one's own;
    a host that asks for more than `longest_wait` seconds of peace is left to a later run.
    """

    def __init__(self, agent: str, *, paced: bool, longest_wait: float, known: KnownHosts) -> None:
        self._agent, self._longest_wait = agent, longest_wait
        self._pace = Pace(enabled=paced)
        self._breakers = Breakers(known.troubled)
        self._robots = RobotsCache(known.robots)

    def known_hosts(self) -> KnownHosts:
        """Return what is worth remembering for the next run."""
        return KnownHosts(tuple(self._breakers.export()), tuple(self._robots.export()))

    async def rules(self, url: str, ask: Ask) -> Rules:
        """Return what the robots.txt of the address's site says. Raises `FetchError` when it gives no answer."""
        return await self._robots.rules(origin_of(url), ask)

    async def permit(self, url: str, source: Source, ask: Ask | None) -> float:
        """Return the delay that holds for an address; raise the `FetchError` that says why it is not to be asked.

        `ask` fetches a robots.txt; None is for where none is to be asked.
        """
        self._check_breaker(url, self._breakers.left(host_of(url)))
        if ask is None:
            return source.delay
        rules = await self.rules(url, ask)
        rules.check(url, self._agent)
        return max(source.delay, rules.delay(self._agent))

    def is_left_alone(self, url: str) -> bool:
        """Return whether the address's host has failed too often lately."""
        return self._breakers.left(host_of(url)) > 0

    @asynccontextmanager
    async def turn(self, url: str, delay: float, concurrency: int) -> AsyncIterator[Turn]:
        """Wait for a turn at the address's host, and learn from how it ends. Raises `CircuitOpen`."""
        host = host_of(url)
        async with self._pace.turn(host, delay=delay, concurrency=concurrency) as turn:
            self._check_breaker(url, self._breakers.enter(host))
            try:
                yield turn
            except FetchError as error:
                self._learn(host, error)
                raise
            except BaseException:
                self._breakers.left_without(host)
                raise
            self._breakers.succeeded(host)

    def _check_breaker(self, url: str, wait: float) -> None:
        if wait:
            raise CircuitOpen(url, "the host failed too often lately", retry_after=wait)

    def _learn(self, host: str, error: FetchError) -> None:
        if isinstance(error, RefusedAddress):
            self._breakers.left_without(host)
        elif not error.hurts:
            self._breakers.succeeded(host)
        elif error.retry_after is not None and error.retry_after > self._longest_wait:
            self._breakers.failed(host, error.cause, error.retry_after)
        else:
            self._breakers.failed(host, error.cause)
            if error.retry_after is not None:
                self._pace.hold(host, error.retry_after)
