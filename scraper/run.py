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
from dataclasses import dataclass, field, replace
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

IN_FLIGHT = 256
"""Pages fetched at the same time, over all hosts; bounds memory, since each may be some megabytes."""

DISCOVERIES = 16
"""Sources looked at at the same time: a sitemap may be fifty megabytes."""

TOGETHER = 24
"""Arrivals put on the shelf in one transaction at most; keeps the event loop's pauses at a few
milliseconds."""

GRACE_SECONDS = 20.0
"""How long a run that was told to stop waits for what is in flight."""

REMEMBER_SECONDS = 30.0
"""How often a run writes down what the client knows of hosts, for the case that it is killed."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something to tell of while a run goes on: what happened, in which source, to which address."""

    kind: Literal["discovered", "kept", "failed", "trouble", "ended"]
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


@dataclass(slots=True)
class Run:
    """A run under way; `articles` works it off, `stop` ends it early and cleanly."""

    store: Store
    client: Client
    pool: CleaningPool
    sources: Sequence[Source]
    plan: Plan
    tallies: dict[str, Tally] = field(default_factory=dict)
    stopped: bool = False
    _number: int = 0
    _left: int = 0
    _arrivals: asyncio.Queue[_Arriving] = field(default_factory=asyncio.Queue)
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(IN_FLIGHT))
    _looks: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(DISCOVERIES))
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def stop(self) -> None:
        """Claim nothing more; finish what is in flight, for at most GRACE_SECONDS."""
        self.stopped = True
        self._stopping.set()

    async def articles(self) -> AsyncGenerator[Shelved, None]:
        """Do the run; yields each new or changed article after it is safely kept. Raises StoreError."""
        self._number = self.store.runs.begin()
        self._left = self.plan.most if self.plan.most is not None else 1 << 60
        moved = self.store.addresses.moved()
        work = asyncio.create_task(self._work([_with_moves(source, moved) for source in self.sources]))
        try:
            remembered = time.monotonic()
            while batch := await self._next_batch(work):
                kept = self.store.articles.keep([arriving.arrival for arriving in batch])
                for arriving, shelved in zip(batch, kept, strict=True):
                    self._count(shelved)
                    arriving.kept.set()
                for shelved in kept:
                    if shelved.change in (Change.NEW, Change.CHANGED):
                        yield shelved
                if time.monotonic() - remembered > REMEMBER_SECONDS:
                    self._keep_client_state()
                    remembered = time.monotonic()
            await work
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
        self._keep_client_state()
        outcome = "stopped" if self.stopped else "done" if self.ok else "failures"
        self.store.runs.end(self._number, outcome)

    @property
    def ok(self) -> bool:
        """Whether every source works."""
        return all(tally.ok for tally in self.tallies.values())

    async def _next_batch(self, work: asyncio.Task[None]) -> list[_Arriving]:
        """What has arrived, at least one; an empty list when nothing will arrive any more."""
        batch: list[_Arriving] = []
        if self._arrivals.empty():
            first = asyncio.create_task(self._arrivals.get())
            try:
                await asyncio.wait((first, work), return_when=asyncio.FIRST_COMPLETED)
            finally:
                if not first.done():
                    first.cancel()
            if not first.done():
                return []
            batch.append(first.result())
        while not self._arrivals.empty() and len(batch) < TOGETHER:
            batch.append(self._arrivals.get_nowait())
        return batch

    def _count(self, shelved: Shelved) -> None:
        arrival = shelved.arrival
        tally = self.tallies[arrival.waiting.source]
        match shelved.change:
            case Change.NEW:
                tally.new += 1
            case Change.CHANGED:
                tally.changed += 1
            case _:
                tally.unchanged += 1
        self.plan.tell(
            Event(
                "kept",
                arrival.waiting.source,
                arrival.waiting.url,
                change=shelved.change,
                article=shelved.id,
                title=arrival.cleaned.article.title if arrival.cleaned else None,
            )
        )

    async def _work(self, sources: Sequence[Source]) -> None:
        """Work on all sources at once; ends with the first error that is the store's."""
        workers = [asyncio.create_task(self._work_source(source)) for source in sources]
        guard = asyncio.create_task(self._end_in_time(workers))
        try:
            if workers:
                await asyncio.wait(workers, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            for task in (guard, *workers):
                task.cancel()
            results = await asyncio.gather(*workers, return_exceptions=True)
        for result in results:
            if isinstance(result, Exception):
                raise result

    async def _end_in_time(self, workers: Sequence[asyncio.Task[None]]) -> None:
        await self._stopping.wait()
        await asyncio.sleep(GRACE_SECONDS)
        for worker in workers:
            worker.cancel()

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
        queue = _Claims(self, source)
        fetchers = [
            asyncio.create_task(self._fetch_all(source, queue, tally)) for _ in range(source.concurrency)
        ]
        try:
            await asyncio.gather(*fetchers)
        finally:
            for fetcher in fetchers:
                fetcher.cancel()
            await asyncio.gather(*fetchers, return_exceptions=True)
            queue.give_back()
        self.store.runs.end_source(self._number, source.name, tally, stopped=self.stopped)
        self.plan.tell(Event("ended", source.name, tally=replace(tally)))

    async def _discover(self, source: Source, tally: Tally) -> None:
        """Look at the source's feeds, sitemaps and sections, and remember what they name."""
        known = self.store.addresses.validators(source.name)
        try:
            found = await discover(source, self.client, known)
        except Exception as error:  # even a fault of ours is this source's trouble, not that of the others
            fault = _as_fetch_error(source.name, error)
            found = Discovery(failures={fault.url: fault})
        tally.found = self.store.addresses.remember(source.name, found)
        for failure in found.failures.values():
            tally.troubled = True
            self._note(source, failure, "trouble")
        self.plan.tell(Event("discovered", source.name, tally=replace(tally)))

    async def _fetch_all(self, source: Source, queue: _Claims, tally: Tally) -> None:
        """One of the source's fetchers: an address at a time until none is left."""
        while (address := queue.next()) is not None:
            try:
                async with self._slots:
                    arriving = _Arriving(await self._fetch(source, address))
                self._arrivals.put_nowait(arriving)
            except CircuitOpen as error:  # the host is left alone; the source may have others
                self.store.addresses.put_off(address, error)
                if not tally.troubled:
                    tally.troubled = True
                    self._note(source, error, "trouble")
            except StoreError:
                raise
            except Exception as error:  # a fault of ours fails one address, not the run
                self._fail(source, address, tally, error)
            except asyncio.CancelledError:
                self.store.addresses.release([address])
                raise
            else:
                await arriving.kept.wait()

    def _fail(self, source: Source, address: Waiting, tally: Tally, error: Exception) -> None:
        fault = _as_fetch_error(address.url, error)
        tally.failed += 1
        self.store.addresses.fail(self._number, address, fault)
        self.plan.tell(Event("failed", source.name, fault.url, cause=fault.cause, detail=fault.detail))

    async def _fetch(self, source: Source, address: Waiting) -> Arrival:
        page = await self.client.fetch(
            address.url, source, etag=address.etag, last_modified=address.last_modified
        )
        if page.not_modified:
            return Arrival(address, page, None)
        repeated = self.store.lines.repeated(site_of(page.url))
        options = Options(url=page.url, charset=page.charset, language=source.language, repeated=repeated)
        cleaned = await self.pool.clean(page.body, options)
        return Arrival(address, page, cleaned)

    def _note(self, source: Source, error: FetchError, kind: Literal["failed", "trouble"]) -> None:
        self.store.runs.note_failure(self._number, source.name, error)
        self.plan.tell(Event(kind, source.name, error.url, cause=error.cause, detail=error.detail))

    def _keep_client_state(self) -> None:
        self.store.runs.keep_known_hosts(self.client.known_hosts())

    def take(self, most: int) -> int:
        """How many of `most` addresses may still be claimed; they count as taken."""
        taken = 0 if self.stopped else min(most, self._left)
        self._left -= taken
        return taken

    def put_back(self, number: int) -> None:
        """Addresses that were taken and not asked for."""
        self._left += number


@dataclass(frozen=True, slots=True)
class _Arriving:
    """An arrival on its way to the shelf; its fetcher asks for nothing more until it is there."""

    arrival: Arrival
    kept: asyncio.Event = field(default_factory=asyncio.Event)


class _Claims:
    """The addresses that a source's fetchers share, claimed from the store a few at a time."""

    def __init__(self, run: Run, source: Source) -> None:
        self._run = run
        self._source = source
        self._claimed: deque[Waiting] = deque()

    def next(self) -> Waiting | None:
        """The next address; None when there is none, or the run is told to stop."""
        if self._run.stopped:
            return None
        if not self._claimed:
            allowed = self._run.take(2 * self._source.concurrency)
            claimed = self._run.store.addresses.claim(self._source.name, allowed) if allowed else []
            self._run.put_back(allowed - len(claimed))
            self._claimed.extend(claimed)
        return self._claimed.popleft() if self._claimed else None

    def give_back(self) -> None:
        """Release what was claimed and not asked for."""
        if self._claimed:
            self._run.store.addresses.release(self._claimed)
            self._run.put_back(len(self._claimed))


def _as_fetch_error(url: str, error: Exception) -> FetchError:
    return error if isinstance(error, FetchError) else Unexpected(url, f"{type(error).__name__}: {error}")


def _with_moves(source: Source, moved: dict[str, str]) -> Source:
    """The source with the addresses of feeds and sitemaps that moved for good.

    A source with headers of its own follows no move to another host: its headers may be secrets, and go to the
    hosts that its addresses name.
    """

    def now(url: str) -> str:
        there = moved.get(url, url)
        return there if not source.headers or source.names(there) else url

    return replace(source, **{key: tuple(map(now, urls)) for key, urls in source.lists.items()})  # type: ignore[arg-type]
