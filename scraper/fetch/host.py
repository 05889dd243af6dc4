"""One host in a run: its circuit breaker and its pace."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scraper import times
from scraper.errors import TimedOut

if TYPE_CHECKING:  # one fetches without a store too
    from scraper.store.protocol import Pace

#: Failures in a row after which a host is left alone that has answered nothing well in this run.
THRESHOLD = 5
#: Addresses in a row, each counted once, after which one is left alone that has: the head of a feed may be broken, and
#: forty good pages behind it. Half as many where they time out: those take as long as all others together.
PATIENCE = 20
#: Seconds of the first and the longest wait; each further trip doubles the wait.
FIRST_WAIT, LONGEST_WAIT = 60.0, 24 * 3600.0
#: Seconds of the longest Retry-After that is believed.
LONGEST_ASKED = times.LONGEST_WAIT.total_seconds()


@dataclass(frozen=True, slots=True)
class BreakerState:
    """How one host (`example.org` or `example.org:8080`) is doing; what a store keeps between runs.

    `failures` counts failures in a row, `trips` how often in a row the host has been left alone for them, `open_until`
    is the wall-clock time (seconds since the epoch) before which it gets no request, `cause` the last failure's
    word.
    """

    host: str
    failures: int = 0
    trips: int = 0
    open_until: float = 0.0
    cause: str = ""

    @property
    def asked(self) -> bool:
        """Whether it is left alone because it asked for that, and not because it failed so often."""
        return bool(self.open_until) and not self.trips


class Host:
    """One host: how it has fared, how many requests it gets at once, and how long passes from one to the next.

    A host that keeps failing is left alone for a growing while. Sources that share a host share its pace, and the
    most careful one's wishes hold; and so they do of workers that share a store, over its `pace`.

    >>> host = Host(BreakerState("example.org"), clock=lambda: 1000.0)
    >>> for _ in range(THRESHOLD):
    ...     host.failed("timeout")
    >>> host.enter()
    60.0
    >>> host.succeeded()
    >>> host.enter()
    0.0
    """

    def __init__(
        self, state: BreakerState, *, pace: Pace | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self.state = state
        self._pace, self._clock = pace, clock
        #: Whether it has answered well in this run.
        self.works = False
        self._failed: set[str] = set()  # addresses, since it last answered well
        self._asked_until = 0.0
        self._trying = False
        self._tried = asyncio.Event()
        self._delay, self._next_at = 0.0, 0.0
        self._gate = asyncio.Lock()
        self._concurrency = 0
        self._places = asyncio.Semaphore(0)
        self._too_many = 0  # places that a more careful source has taken away, and that are still in use

    def left(self) -> float:
        """Return the seconds for which the host is still to be left alone."""
        return max(0.0, self.state.open_until - self._clock())

    def enter(self) -> float:
        """Return 0.0 when a request may go out now, else the seconds to wait. What entered must succeed, fail or leave.

        After a wait one request is let through to try; how that ends is what `tried` waits for.
        """
        if not self.state.open_until:
            return 0.0
        if left := self.left():
            return left
        if self._trying:
            return 1.0
        self._trying = True
        self._tried.clear()
        return 0.0

    async def tried(self) -> None:
        """Wait until the request that was let through to try has ended, if there is one."""
        if self._trying:
            await self._tried.wait()

    def succeeded(self) -> None:
        """Forget the failures: the host answered. A wait that it asked for stands all the same."""
        self.left_without()
        self.works = True
        self._failed.clear()
        asked = self._asked_until
        if asked <= self._clock():
            self.state = BreakerState(self.state.host)
        else:
            self.state = replace(self.state, failures=1, trips=0, open_until=asked)

    def failed(self, cause: str, retry_after: float | None = None, address: str = "") -> None:
        """Count one more failure; `retry_after` is the wait in seconds that the host asked for itself."""
        self.left_without()
        now, state = self._clock(), self.state
        again = self.works and address in self._failed
        self._failed.add(address)
        failures, trips, until = state.failures + (not again), state.trips, state.open_until
        if retry_after is not None:
            self._asked_until = max(self._asked_until, now + min(retry_after, LONGEST_ASKED))
            until = max(until, self._asked_until)
        patience = PATIENCE // 2 if cause == TimedOut.cause else PATIENCE
        if state.open_until <= now and (trips or failures >= (patience if self.works else THRESHOLD)):
            wait = min(FIRST_WAIT * 2.0 ** min(trips, 20), LONGEST_WAIT)
            trips, until = trips + 1, max(until, now + wait)
        self.state = replace(state, failures=failures, trips=trips, open_until=until, cause=cause)

    @property
    def is_suspect(self) -> bool:
        """Whether it fails so often that no address is worth a second request at once."""
        return self.state.failures >= THRESHOLD

    def left_without(self) -> None:
        """Note that a request that entered said nothing of the host: it was cancelled, or never sent."""
        self._trying = False
        self._tried.set()

    def hold(self, seconds: float) -> None:
        """Send no request for so long, whoever asks: the host said so itself (Retry-After)."""
        self._hold(seconds)
        if self._pace is not None and seconds:
            self._pace.hold(self.state.host, seconds)

    def _hold(self, seconds: float) -> None:
        self._next_at = max(self._next_at, asyncio.get_running_loop().time() + seconds)

    @asynccontextmanager
    async def turn(self, *, delay: float, concurrency: int) -> AsyncIterator[Callable[[], None]]:
        """Wait for a turn at the host; yields what is to be called when the host has begun to answer.

        The delay runs from then, not from when we sent: between sending and arriving lie look-up, handshake and
        queues, and the promise is about what the server sees. A slow server is asked more slowly.
        """
        self._delay = max(self._delay, delay)
        await self._take_place(concurrency)
        holds_gate = False

        def answered() -> None:
            nonlocal holds_gate
            if holds_gate:
                holds_gate = False
                self._hold(self._delay)
                self._gate.release()
                if self._pace is not None:
                    self._pace.answered(self.state.host, self._delay)

        try:
            if self._delay:
                holds_gate = await self._gate.acquire()
            while (wait := self._left_to_wait(shared=holds_gate)) > 0:
                await asyncio.sleep(wait)
            yield answered
        finally:
            answered()
            if self._too_many:
                self._too_many -= 1
            else:
                self._places.release()

    def _left_to_wait(self, *, shared: bool) -> float:
        """Return the seconds to the next request: of this worker, and then of all that share a store."""
        wait = self._next_at - asyncio.get_running_loop().time()
        if wait > 0 or self._pace is None or not shared:
            return wait
        return self._pace.take(self.state.host, self._delay)

    async def _take_place(self, concurrency: int) -> None:
        if not self._concurrency:
            self._concurrency, self._places = concurrency, asyncio.Semaphore(concurrency)
        self._too_many += max(0, self._concurrency - concurrency)
        self._concurrency = min(self._concurrency, concurrency)
        while self._too_many and not self._places.locked():
            self._too_many -= 1
            await self._places.acquire()  # at once: there is a free one
        await self._places.acquire()
