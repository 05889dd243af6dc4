"""The circuit breaker: a host that keeps failing is left alone for a growing while."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

#: Failures in a row after which a host is left alone.
THRESHOLD = 5

FIRST_WAIT = 60.0
#: Seconds of the first and the longest wait; each further trip doubles the wait.
LONGEST_WAIT = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class BreakerState:
    """How one host (`example.org` or `example.org:8080`) is doing; what a store keeps between runs.

    `failures` counts failures in a row, `trips` how often in a row the host has been left alone, `open_until`
    is the wall-clock time (seconds since the epoch) before which it gets no request, `cause` the last failure's
    word.
    """

    host: str
    failures: int = 0
    trips: int = 0
    open_until: float = 0.0
    cause: str = ""


class Breakers:
    """The states of all hosts of a run.

    >>> breakers = Breakers(clock=lambda: 1000.0)
    >>> for _ in range(THRESHOLD):
    ...     breakers.failed("example.org", "timeout")
    >>> breakers.enter("example.org")
    60.0
    >>> breakers.succeeded("example.org")
    >>> breakers.enter("example.org")
    0.0
    """

    def __init__(
        self, states: Iterable[BreakerState] = (), *, clock: Callable[[], float] = time.time
    ) -> None:
        self._states = {state.host: state for state in states}
        self._trying: set[str] = set()
        self._clock = clock

    def left(self, host: str) -> float:
        """Return the seconds for which the host is still to be left alone."""
        state = self._states.get(host)
        return max(0.0, state.open_until - self._clock()) if state is not None else 0.0

    def enter(self, host: str) -> float:
        """Return 0.0 when a request may go out now, else the seconds to wait. What entered must succeed, fail or leave.

        After a wait one request is let through to try; others are held off until it has ended.
        """
        state = self._states.get(host)
        if state is None or not state.trips:
            return 0.0
        left = self.left(host)
        if left > 0:
            return left
        if host in self._trying:
            return 1.0
        self._trying.add(host)
        return 0.0

    def succeeded(self, host: str) -> None:
        """Forget the host's failures: it answered."""
        if host in self._states:
            self._trying.discard(host)
            del self._states[host]

    def failed(self, host: str, cause: str, retry_after: float | None = None) -> None:
        """Count one more failure of the host; `retry_after` is the wait in seconds that it asked for itself."""
        self._trying.discard(host)
        now = self._clock()
        state = self._states.get(host) or BreakerState(host)
        state = replace(state, failures=state.failures + 1, cause=cause)
        already_open = state.open_until > now
        if retry_after is not None:
            asked = now + min(retry_after, LONGEST_WAIT)
            state = replace(state, trips=max(1, state.trips), open_until=max(state.open_until, asked))
        if not already_open and (state.trips or state.failures >= THRESHOLD):
            wait = min(FIRST_WAIT * 2.0 ** min(state.trips, 20), LONGEST_WAIT)
            state = replace(state, trips=state.trips + 1, open_until=max(state.open_until, now + wait))
        self._states[host] = state

    def left_without(self, host: str) -> None:
        """Note that a request that entered said nothing of the host: it was cancelled, or never sent."""
        self._trying.discard(host)

    def export(self) -> list[BreakerState]:
        """Return the states worth keeping, for the next run's `Breakers(states)`."""
        return list(self._states.values())
