"""Whether and when a host may be asked: what its robots.txt says, how it has fared lately, whose turn it is.

This is the one place that decides it. `robots` and `host` each know reasons to wait or to stay away; the client asks
`Politeness` alone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scraper.addresses import host_of, origin_of
from scraper.errors import CircuitOpen, FetchError, RefusedAddress
from scraper.fetch.host import BreakerState, Host
from scraper.fetch.reservations import PATH, Reservation, read_reservation
from scraper.fetch.robots import Ask, RobotsCache, RobotsRecord, Rules
from scraper.sources import Source

if TYPE_CHECKING:  # one fetches without a store too
    from scraper.store.protocol import Pace


@dataclass(frozen=True, slots=True)
class KnownHosts:
    """What is remembered from run to run: the hosts in trouble, and every robots.txt, asked for once a day."""

    troubled: tuple[BreakerState, ...] = ()
    robots: tuple[RobotsRecord, ...] = ()

    @property
    def left_alone(self) -> list[BreakerState]:
        """The hosts that get no request for a while, those with the most failures first."""
        tripped = (host for host in self.troubled if host.trips or host.asked)
        return sorted(tripped, key=lambda host: (-host.failures, host.host))


class Politeness:
    """How all hosts are treated.

    `agent` is the user agent, whose product token robots.txt knows us by; `paced=False` drops the delays, for machines
    of one's own; a host that asks for more than `longest_wait` seconds of peace is left to a later run. `pace` is what
    several workers share.
    """

    def __init__(
        self, agent: str, *, paced: bool, longest_wait: float, known: KnownHosts, pace: Pace | None = None
    ) -> None:
        self._paced, self._longest_wait, self._pace = paced, longest_wait, pace
        self._hosts = {state.host: Host(state, pace=pace) for state in known.troubled}
        of_robots = [record for record in known.robots if not record.origin.endswith(PATH)]
        self._robots = RobotsCache(agent, of_robots)
        others = [record for record in known.robots if record.origin.endswith(PATH)]
        self._reservations = RobotsCache(agent, others, path=PATH)
        self._silent: set[str] = set()  # origins that gave no answer about reservations

    def known_hosts(self) -> KnownHosts:
        """Return what is worth remembering for the next run."""
        troubled = (host.state for host in self._hosts.values() if host.state.failures)
        return KnownHosts(tuple(troubled), (*self._robots.export(), *self._reservations.export()))

    def learn(self, known: KnownHosts) -> None:
        """Leave alone what others have found to be in trouble meanwhile."""
        for state in known.left_alone:
            host = self._hosts.setdefault(state.host, Host(state, pace=self._pace))
            if state.open_until > host.state.open_until:
                host.state = state

    async def rules(self, url: str, ask: Ask) -> Rules:
        """Return what the robots.txt of the address's site says. Raises `FetchError` when it gives no answer."""
        return await self._robots.rules(origin_of(url), ask)

    async def reservation(self, url: str, ask: Ask) -> Reservation | None:
        """Return whether the address's site reserves the mining of its text; None too where it gives no answer."""
        origin = origin_of(url)
        if origin in self._silent:
            return None
        try:
            record = (await self._reservations.rules(origin, ask)).record
        except FetchError:
            self._silent.add(origin)
            return None
        return read_reservation(record.text, url) if record.status == 200 else None

    async def permit(self, url: str, source: Source, ask: Ask | None) -> float:
        """Return the delay that holds for an address; raise the `FetchError` that says why it is not to be asked.

        `ask` fetches a robots.txt; None is for where none is to be asked.
        """
        _check(url, self._host(url))
        if ask is None:
            return source.delay
        rules = await self.rules(url, ask)
        _check(url, self._host(url))  # what it answered there may have been when to come back
        rules.check(url)
        return max(source.delay, rules.delay())

    def is_left_alone(self, url: str) -> bool:
        """Return whether the address's host has failed too often lately."""
        return self._host(url).left() > 0

    def is_worth_another(self, error: FetchError) -> bool:
        """Return whether to ask at once again after a failure: not a host that is left alone, or close to it."""
        host = self._host(error.url)
        return error.passing and not host.left() and not host.is_suspect

    @asynccontextmanager
    async def turn(self, url: str, delay: float, concurrency: int) -> AsyncIterator[Callable[[], None]]:
        """Wait for a turn at the address's host, and learn from how it ends. Raises `CircuitOpen`.

        Yields what is to be called when the host has begun to answer.
        """
        host = self._host(url)
        async with host.turn(delay=delay if self._paced else 0.0, concurrency=concurrency) as answered:
            while host.enter():
                _check(url, host)
                await host.tried()
            try:
                yield answered
            except FetchError as error:
                self._learn(host, error)
                raise
            except BaseException:
                host.left_without()
                raise
            host.succeeded()

    def _host(self, url: str) -> Host:
        name = host_of(url)
        if name not in self._hosts:
            self._hosts[name] = Host(BreakerState(name), pace=self._pace)
        return self._hosts[name]

    def _learn(self, host: Host, error: FetchError) -> None:
        if isinstance(error, RefusedAddress):
            host.left_without()
        elif not error.hurts:
            host.succeeded()
        elif error.retry_after is not None and error.retry_after > self._longest_wait:
            host.failed(error.cause, error.retry_after, error.url)
            error.asked = host.state.asked
        else:
            host.failed(error.cause, address=error.url)
            host.hold(error.retry_after or 0.0)


def _check(url: str, host: Host) -> None:
    if left := host.left():
        until = f"{datetime.fromtimestamp(host.state.open_until, UTC):%Y-%m-%d %H:%M} UTC"
        error = CircuitOpen(url, f"left alone until {until}, after {host.state.cause}", retry_after=left)
        error.asked = host.state.asked
        raise error
