"""Each host's pace: how many requests at once, and how long from one to the next."""

from __future__ import annotations

import asyncio
from collections import deque
from types import TracebackType
from typing import Self


class HostPace:
    """One host's state. Sources that share a host share it, and the most careful one's wishes hold."""

    __slots__ = ("active", "concurrency", "delay", "gate", "next_at", "waiting")

    def __init__(self, delay: float, concurrency: int) -> None:
        self.delay = delay
        self.concurrency = concurrency
        self.active = 0
        self.next_at = 0.0
        self.gate = asyncio.Lock()
        self.waiting: deque[asyncio.Future[None]] = deque()


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
        self._hosts: dict[str, HostPace] = {}

    def turn(self, host: str, *, delay: float, concurrency: int) -> Turn:
        """A turn at the host, to be used with `async with`: entering waits, leaving lets the next one in."""
        delay = delay if self._enabled else 0.0
        state = self._hosts.get(host)
        if state is None:
            state = self._hosts[host] = HostPace(delay, concurrency)
        elif state.delay < delay or state.concurrency > concurrency:
            state.delay = max(state.delay, delay)
            state.concurrency = min(state.concurrency, concurrency)
        return Turn(state)

    def hold(self, host: str, seconds: float) -> None:
        """No request to the host for so long, whoever asks: it said so itself (Retry-After)."""
        state = self._hosts.get(host)
        if state is not None:
            state.next_at = max(state.next_at, asyncio.get_running_loop().time() + seconds)


class Turn:
    """One request's turn at a host.

    The delay runs from the moment the server answered, not from when we sent: between sending and arriving lie
    look-up, handshake and queues, and the promise is about what the server sees. A slow server is asked more slowly.
    """

    __slots__ = ("_gated", "_state")

    def __init__(self, state: HostPace) -> None:
        self._state = state
        self._gated = False

    async def __aenter__(self) -> Self:
        state = self._state
        await self._take_place()
        try:
            now = asyncio.get_running_loop().time
            if state.delay:
                await state.gate.acquire()
                self._gated = True
            while (wait := state.next_at - now()) > 0:
                await asyncio.sleep(wait)
        except BaseException:
            self._leave()
            raise
        return self

    async def _take_place(self) -> None:
        state = self._state
        while state.active >= state.concurrency:
            place = asyncio.get_running_loop().create_future()
            state.waiting.append(place)
            try:
                await place
            except BaseException:
                if place in state.waiting:
                    state.waiting.remove(place)
                else:
                    self._wake_next()  # the place was given to us, but we are gone
                raise
        state.active += 1

    def answered(self) -> None:
        """The server has begun to answer (or never will): from here the delay runs for the next in line."""
        state = self._state
        if self._gated:
            self._gated = False
            state.next_at = max(state.next_at, asyncio.get_running_loop().time() + state.delay)
            state.gate.release()

    def _leave(self) -> None:
        self.answered()
        self._state.active -= 1
        self._wake_next()

    def _wake_next(self) -> None:
        waiting = self._state.waiting
        while waiting and self._state.active < self._state.concurrency:
            place = waiting.popleft()
            if not place.done():
                place.set_result(None)
                return

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()
