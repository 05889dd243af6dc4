"""Each host's pace: how many requests at once, and how long from one to the next."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class _HostPace:
    """One host's state. Sources that share a host share it, and the most careful one's wishes hold."""

    def __init__(self, delay: float, concurrency: int) -> None:
        self.delay = delay
        self.concurrency = concurrency
        self.places = asyncio.Semaphore(concurrency)
        self.too_many = 0  # places that a more careful source has taken away, and that are still in use
        self.gate = asyncio.Lock()
        self.next_at = 0.0


class Pace:
    """All hosts' paces; `enabled=False` drops the delays, never the limit on requests at once.

    >>> async def two() -> None:
    ...     pace = Pace()
    ...     for _ in range(2):
    ...         async with pace.turn("example.org", delay=0.01, concurrency=1) as turn:
    ...             turn.answered()
    >>> asyncio.run(two())
    """

    def __init__(self, *, enabled: bool = True) -> None:
        self._enabled = enabled
        self._hosts: dict[str, _HostPace] = {}

    @asynccontextmanager
    async def turn(self, host: str, *, delay: float, concurrency: int) -> AsyncIterator[Turn]:
        """Wait for a turn at the host; leaving lets the next one in."""
        delay = delay if self._enabled else 0.0
        if host not in self._hosts:
            self._hosts[host] = _HostPace(delay, concurrency)
        state = self._hosts[host]
        state.delay = max(state.delay, delay)
        if concurrency < state.concurrency:
            state.too_many += state.concurrency - concurrency
            state.concurrency = concurrency
        while state.too_many and not state.places.locked():
            state.too_many -= 1
            await state.places.acquire()  # at once: there is a free one
        await state.places.acquire()
        turn = Turn(state)
        try:
            if state.delay:
                await state.gate.acquire()
                turn.holds_gate = True
            while (wait := state.next_at - asyncio.get_running_loop().time()) > 0:
                await asyncio.sleep(wait)
            yield turn
        finally:
            turn.answered()
            if state.too_many:
                state.too_many -= 1
            else:
                state.places.release()

    def hold(self, host: str, seconds: float) -> None:
        """Send no request to the host for so long, whoever asks: it said so itself (Retry-After)."""
        state = self._hosts.get(host)
        if state is not None:
            state.next_at = max(state.next_at, asyncio.get_running_loop().time() + seconds)


class Turn:
    """One request's turn at a host.

    The delay runs from the moment the server answered, not from when we sent: between sending and arriving lie
    look-up, handshake and queues, and the promise is about what the server sees. A slow server is asked more slowly.
    """

    def __init__(self, state: _HostPace) -> None:
        self._state = state
        self.holds_gate = False

    def answered(self) -> None:
        """Let the delay run for the next in line: the server has begun to answer, or never will."""
        if self.holds_gate:
            self.holds_gate = False
            state = self._state
            state.next_at = max(state.next_at, asyncio.get_running_loop().time() + state.delay)
            state.gate.release()
