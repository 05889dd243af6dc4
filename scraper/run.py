"""One scheduled run: look at every source, fetch what is new, clean it, keep it. Safe to start twice and to
kill.

Each source has a task that discovers and then claims addresses for its fetchers; each fetcher carries one
address at a time through fetching and cleaning; one task puts what arrives on the shelf, many arrivals to a
transaction. What is in flight when a run dies is in the store as such, and the next run takes it up.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from cleaners.options import Options
from scraper.addresses import site_of
from scraper.cleaning import CleaningPool
from scraper.discover import Discovery, discover
from scraper.errors import CircuitOpen, FetchError, StoreError, Unexpected
from scraper.fetch.client import Client
from scraper.sources import Source
from scraper.store.protocol import Arrival, Change, Shelved, Store, Tally, Waiting

#: Pages fetched at the same time, over all hosts; bounds memory, since each may be some megabytes.
IN_FLIGHT = 256
#: Sources looked at at the same time: a sitemap may be fifty megabytes.
DISCOVERIES = 16
#: Arrivals kept in one transaction at most; keeps the event loop's pauses at a few milliseconds.
TOGETHER = 24
#: How long a run that was told to stop waits for what is in flight.
GRACE_SECONDS = 20.0
#: How often a run writes down what the client knows of hosts, for the case that it is killed.
REMEMBER_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Event:
    """Something to tell of while a run goes on: what happened, in which source, to which address."""

    kind: Literal["discovered", "mended", "kept", "failed", "trouble", "ended"]
    source: str
    url: str = ""
    change: Change | None = None
    cause: str = ""
    detail: str = ""
    article: int | None = None
    title: str | None = None
    tally: Tally | None = None


@dataclass(slots=True)
class Plan:
    """What a run is asked to do: at most how many articles, which to look at again, whom to tell."""

    most: int | None = None
    recheck: timedelta | None = None
    forgive: bool = False
    tell: Callable[[Event], None] = lambda event: None


class Run:
    """A run under way; `articles` works it off, `stop` ends it early and cleanly."""

    def __init__(
        self, store: Store, client: Client, pool: CleaningPool, sources: Sequence[Source], plan: Plan
    ) -> None:
        self.store, self.client, self.pool, self.sources, self.plan = store, client, pool, sources, plan
        self.tallies: dict[str, Tally] = {}
        self.stopped = False
        self._number = 0
        self._moved: dict[str, str] = {}
        self._left = plan.most if plan.most is not None else 1 << 60
        self._arrivals: asyncio.Queue[_Arriving | None] = asyncio.Queue()
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self._looks = asyncio.Semaphore(DISCOVERIES)
        self._deadline: asyncio.Timeout | None = None

    def stop(self) -> None:
        """Claim nothing more; finish what is in flight, for at most GRACE_SECONDS."""
        self.stopped = True
        if self._deadline is not None and not self._deadline.expired():
            self._deadline.reschedule(asyncio.get_running_loop().time() + GRACE_SECONDS)

    @property
    def ok(self) -> bool:
        """Whether every source works."""
        return all(tally.ok for tally in self.tallies.values())

    async def articles(self) -> AsyncGenerator[Shelved, None]:
        """Do the run; yield each new or changed article after it is safely kept. Raises StoreError."""
        self._number = self.store.runs.begin()
        self._moved = self.store.addresses.moved()
        work = asyncio.create_task(self._work(self.sources))
        work.add_done_callback(lambda _: self._arrivals.put_nowait(None))  # wakes whoever waits for arrivals
        try:
            remembered = time.monotonic()
            while not (work.done() and self._arrivals.empty()):
                for shelved in self._keep(await self._next_batch()):
                    if shelved.change in (Change.NEW, Change.CHANGED):
                        yield shelved
                if time.monotonic() - remembered > REMEMBER_SECONDS:
                    self.store.runs.keep_known_hosts(self.client.known_hosts())
                    remembered = time.monotonic()
            await work
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
        self.store.runs.keep_known_hosts(self.client.known_hosts())
        outcome = "stopped" if self.stopped else "done" if self.ok else "failures"
        self.store.runs.end(self._number, outcome)

    async def _next_batch(self) -> list[_Arriving]:
        """Return what has arrived; nothing when the work is done."""
        batch = [await self._arrivals.get()]
        while not self._arrivals.empty() and len(batch) < TOGETHER:
            batch.append(self._arrivals.get_nowait())
        return [arriving for arriving in batch if arriving is not None]

    def _keep(self, batch: Sequence[_Arriving]) -> list[Shelved]:
        kept = self.store.articles.keep([arriving.arrival for arriving in batch]) if batch else []
        for arriving, shelved in zip(batch, kept, strict=True):
            arriving.kept.set()
            address, cleaned = arriving.arrival.waiting, arriving.arrival.cleaned
            self.tallies[address.source].count(shelved.change)
            title = cleaned.article.title if cleaned else None
            self.plan.tell(
                Event("kept", address.source, address.url, shelved.change, article=shelved.id, title=title)
            )
        return kept

    async def _work(self, sources: Sequence[Source]) -> None:
        """Work on all sources at once; ends with the first error that is the store's."""
        try:
            with suppress(TimeoutError):  # what was in flight when the run was told to stop has had its time
                async with asyncio.timeout(GRACE_SECONDS if self.stopped else None) as self._deadline:
                    async with asyncio.TaskGroup() as group:
                        for source in sources:
                            group.create_task(self._work_source(source))
        except ExceptionGroup as errors:
            first: Exception = errors
            while isinstance(first, ExceptionGroup):
                first = first.exceptions[0]
            raise first from None
        finally:
            self._deadline = None

    async def _work_source(self, source: Source) -> None:
        tally = self.tallies[source.name] = Tally()
        self.store.runs.begin_source(self._number, source.name)
        if self.plan.recheck is not None:
            self.store.addresses.recheck(source.name, self.plan.recheck)
        if self.plan.forgive:
            self.store.addresses.forgive(source.name)
        async with self._looks:
            if not self.stopped:
                await self._discover(source, tally)
        claimed: deque[Waiting] = deque()
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(source.concurrency):
                    group.create_task(self._fetch_all(source, claimed, tally))
        finally:
            if claimed:
                self.store.addresses.release(claimed)
                self._left += len(claimed)
        self.store.runs.end_source(self._number, source.name, tally, stopped=self.stopped)
        self.plan.tell(Event("ended", source.name, tally=replace(tally)))

    async def _discover(self, source: Source, tally: Tally) -> None:
        """Look at the source's feeds, sitemaps and sections, and remember what they name."""
        # who wants what was given up tried again wants everything asked for again
        known = {} if self.plan.forgive else self.store.addresses.validators(source.name)
        try:
            found = await discover(source, self.client, known, self._moved)
        except Exception as error:  # even a fault of ours is this source's trouble, not that of the others
            fault = _as_fetch_error(source.name, error)
            found = Discovery(failures={fault.url: fault})
        tally.found = self.store.addresses.remember(source.name, found)
        for url, flaw in found.mended.items():
            self.plan.tell(Event("mended", source.name, url, detail=flaw))
        for failure in found.failures.values():
            self._note_trouble(source, tally, failure)
        self.plan.tell(Event("discovered", source.name, tally=replace(tally)))

    async def _fetch_all(self, source: Source, claimed: deque[Waiting], tally: Tally) -> None:
        """Fetch an address at a time until none is left; a source has several such fetchers."""
        while (address := self._next_address(source, claimed)) is not None:
            try:
                async with self._slots:
                    arriving = _Arriving(await self._fetch(source, address))
                self._arrivals.put_nowait(arriving)
            except CircuitOpen as error:  # the host is left alone; the source may have others
                self.store.addresses.put_off(address, error)
                if not tally.troubled:
                    self._note_trouble(source, tally, error)
            except StoreError:
                raise
            except Exception as error:  # a fault of ours fails one address, not the run
                fault = _as_fetch_error(address.url, error)
                tally.failed += 1
                self.store.addresses.fail(self._number, address, fault)
                self._tell_failure("failed", source, fault)
            except asyncio.CancelledError:
                self.store.addresses.release([address])
                raise
            else:
                await arriving.kept.wait()

    def _next_address(self, source: Source, claimed: deque[Waiting]) -> Waiting | None:
        """Return an address of those that the source's fetchers share, claimed from the store a few at a time."""
        if self.stopped:
            return None
        if not claimed and self._left:
            claimed += self.store.addresses.claim(source.name, min(2 * source.concurrency, self._left))
            self._left -= len(claimed)
        return claimed.popleft() if claimed else None

    async def _fetch(self, source: Source, address: Waiting) -> Arrival:
        page = await self.client.fetch(
            address.url, source, etag=address.etag, last_modified=address.last_modified
        )
        if page.not_modified:
            return Arrival(address, page, None)
        repeated = self.store.lines.repeated(site_of(page.url))
        options = Options(url=page.url, charset=page.charset, repeated=repeated)
        return Arrival(address, page, await self.pool.clean(page.body, options))

    def _note_trouble(self, source: Source, tally: Tally, error: FetchError) -> None:
        tally.troubled = True
        self.store.runs.note_failure(self._number, source.name, error)
        self._tell_failure("trouble", source, error)

    def _tell_failure(self, kind: Literal["failed", "trouble"], source: Source, error: FetchError) -> None:
        self.plan.tell(Event(kind, source.name, error.url, cause=error.cause, detail=error.detail))


class _Arriving:
    """An arrival on its way to the store; its fetcher asks for nothing more until it is there."""

    def __init__(self, arrival: Arrival) -> None:
        self.arrival = arrival
        self.kept = asyncio.Event()


def _as_fetch_error(url: str, error: Exception) -> FetchError:
    return error if isinstance(error, FetchError) else Unexpected(url, f"{type(error).__name__}: {error}")
