"""Who may fetch how much, where a run may fetch so many articles in all: none takes what others may need."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable


class Shares:
    """The articles of a run, shared out among its sources while it goes on.

    Each source may take as many as all others that are still at work; what a source does not need goes to those.

    >>> async def take_all() -> list[int]:
    ...     shares = Shares(["harbour", "valley"], 5)
    ...     first = await shares.take("harbour", 9)
    ...     shares.leave("valley")
    ...     return [first, await shares.take("harbour", 9), await shares.take("harbour", 9)]
    >>> asyncio.run(take_all())
    [3, 2, 0]
    """

    def __init__(self, names: Iterable[str], most: int | None) -> None:
        self._most = most
        self._taken = dict.fromkeys(names, 0)
        self._at_work = dict.fromkeys(self._taken)
        self._changed = asyncio.Event()

    async def take(self, name: str, wanted: int) -> int:
        """Return how many of the wanted articles the source may fetch now, and count them; 0 when none is left.

        Waits while others may still need what is left.
        """
        if self._most is None:
            return wanted
        while True:
            granted = min(wanted, self._share(name) - self._taken[name], self._left())
            if granted > 0:
                self._taken[name] += granted
                return granted
            if not self._left():
                self._wake()
                return 0
            await self._changed.wait()

    def give_back(self, name: str, count: int) -> None:
        """Give back what was taken and not used."""
        self._taken[name] -= count
        self._wake()

    def leave(self, name: str) -> None:
        """Note that the source needs no more."""
        self._at_work.pop(name, None)
        self._wake()

    def _left(self) -> int:
        return (self._most or 0) - sum(self._taken.values())

    def _share(self, name: str) -> int:
        """Return how many the source may have in all: what those that left did not take, in equal parts."""
        gone = sum(count for other, count in self._taken.items() if other not in self._at_work)
        names = list(self._at_work)
        equal, rest = divmod((self._most or 0) - gone, len(names))
        return equal + (names.index(name) < rest)

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
