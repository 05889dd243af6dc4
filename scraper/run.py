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
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from cleaners.options import Options, Rules
from scraper.addresses import site_of
from scraper.cleaning import Cleaner
from scraper.discover import Discovery, discover
from scraper.errors import CircuitOpen, FetchError, StoreError, as_fetch_error
from scraper.fetch.client import Client
from scraper.refusal import another_story, landed_elsewhere, refuse, wish_of_headers, wish_of_signals
from scraper.shares import Shares
from scraper.sources import Source
from scraper.store.policy import MOST_TRIES
from scraper.store.protocol import Arrival, Change, Shelved, Store, Tally, Waiting
from scraper.times import latest

#: Sources looked at at the same time: a sitemap may be fifty megabytes. A look that takes longer than `LOOK_SECONDS`
#: waits for its server, and is not counted any more: hosts that drip or are mute cost their own time alone.
DISCOVERIES, LOOK_SECONDS = 16, 1.0
#: Arrivals kept in one transaction at most; keeps the event loop's pauses at a few milliseconds.
TOGETHER = 24
#: How long a run that was told to stop waits for what is in flight.
GRACE_SECONDS = 20.0
#: So much before its interval is over a source is due: a clock that starts runs is not exact.
EARLY = timedelta(minutes=1)
#: How often a run writes down what the client knows of hosts, for the case that it is killed.
REMEMBER_SECONDS = 30.0
#: How often a worker that is done asks whether others have left something.
HELP_SECONDS = 2.0


BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Event:
    """Something to tell of while a run goes on: what happened, in which source, to which address."""

    kind: Literal["discovered", "mended", "kept", "failed", "trouble", "ended", "skipped"]
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
    """What a run is asked to do: at most how many articles, for how long, which to look at again, whom to tell.

    `all_due` looks at every source, also at one whose interval is not over. `rules` are the user's own, by which
    articles are cleaned.
    """

    most: int | None = None
    time: timedelta | None = None
    recheck: timedelta | None = None
    forgive: bool = False
    all_due: bool = False
    tell: Callable[[Event], None] = lambda event: None
    rules: Rules | None = None


class Run:
    """A run under way; `articles` works it off, `stop` ends it early and cleanly."""

    def __init__(
        self, store: Store, client: Client, pool: Cleaner, sources: Sequence[Source], plan: Plan
    ) -> None:
        self.store, self.client, self.pool, self.sources, self.plan = store, client, pool, sources, plan
        self.tallies: dict[str, Tally] = {}
        self.stopped = self.out_of_time = False
        self._number = 0
        self._moved: dict[str, str] = {}
        self._claims: dict[str, _Claims] = {}  # of each source, also where it is another worker's
        self._shares = Shares((source.name for source in sources), plan.most)
        self._arrivals: asyncio.Queue[_Arriving | None] = asyncio.Queue()
        self._looks = asyncio.Semaphore(DISCOVERIES)
        self._looking: set[asyncio.Task[Discovery]] = set()
        self._deadline: asyncio.Timeout | None = None

    def stop(self) -> None:
        """Claim nothing more; finish what is in flight, for at most GRACE_SECONDS.

        Who is told to stop, and is not out of time, leaves what is only looked at: nothing is lost by it.
        """
        self.stopped = True
        if not self.out_of_time:
            for look in self._looking:
                look.cancel()
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
        due = self._due(self.store.runs.last_looks())
        work = asyncio.create_task(self._work(due))
        work.add_done_callback(lambda _: self._arrivals.put_nowait(None))  # wakes whoever waits for arrivals
        outcome = "broken"
        try:
            remembered = time.monotonic()
            while not (work.done() and self._arrivals.empty()):
                for shelved in self._keep(await self._next_batch()):
                    if shelved.change in (Change.NEW, Change.CHANGED):
                        yield shelved
                if time.monotonic() - remembered > REMEMBER_SECONDS:
                    self._share_known_hosts()
                    remembered = time.monotonic()
            await work
            outcome = "stopped" if self.was_told_to_stop else "done" if self.ok else "failures"
        except (GeneratorExit, asyncio.CancelledError):
            outcome = "stopped"
            raise
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
            self._end(outcome)

    def _share_known_hosts(self) -> None:
        """Write down what the client knows of hosts; and let it know what other workers do."""
        self.store.runs.keep_known_hosts(self.client.known_hosts())
        if self.store.pace is not None:
            self.client.learn(self.store.runs.known_hosts())

    @property
    def was_told_to_stop(self) -> bool:
        """Whether somebody ended the run, and not its own limit of time."""
        return self.stopped and not self.out_of_time

    def _end(self, outcome: str) -> None:
        """Close the run's history, however it ended."""
        try:
            self.store.runs.keep_known_hosts(self.client.known_hosts())
            self.store.runs.end(self._number, outcome)
        except StoreError:
            if outcome != "broken":  # else this is what ended it, and is on its way
                raise

    def _due(self, last_looks: Mapping[str, datetime]) -> list[Source]:
        """Return the sources to be looked at now, those that have waited longest first."""
        now = datetime.now(UTC)
        last_looks = {name: at for name, at in last_looks.items() if at <= latest(now)}
        due = []
        for source in sorted(self.sources, key=lambda source: last_looks.get(source.name, BEGINNING)):
            last = last_looks.get(source.name)
            if self.plan.all_due or last is None or now - last >= source.interval - EARLY:
                due.append(source)
            else:
                self._shares.leave(source.name)
                self.plan.tell(Event("skipped", source.name))
        return due

    async def _next_batch(self) -> list[_Arriving]:
        """Return what has arrived; nothing when the work is done."""
        batch = [await self._arrivals.get()]
        while not self._arrivals.empty() and len(batch) < TOGETHER:
            batch.append(self._arrivals.get_nowait())
        return [arriving for arriving in batch if arriving is not None]

    def _keep(self, batch: Sequence[_Arriving]) -> list[Shelved]:
        """Put what has arrived on the shelf; what cannot be put there fails alone."""
        try:
            kept = self.store.articles.keep([arriving.arrival for arriving in batch]) if batch else []
        except StoreError:
            raise
        except Exception as error:
            if len(batch) > 1:
                return [shelved for arriving in batch for shelved in self._keep([arriving])]
            [arriving] = batch
            arriving.kept.set()
            self._fail(arriving.arrival.waiting, error)
            return []
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
        time_over = None
        if self.plan.time is not None:
            loop = asyncio.get_running_loop()
            time_over = loop.call_later(self.plan.time.total_seconds(), self._end_time)
        try:
            with suppress(TimeoutError):  # what was in flight when the run was told to stop has had its time
                async with asyncio.timeout(GRACE_SECONDS if self.stopped else None) as self._deadline:
                    async with asyncio.TaskGroup() as group:
                        for source in sources:
                            group.create_task(self._work_source(source))
                    if self.plan.most is None:
                        await self._help(sources)
        except ExceptionGroup as errors:
            raise _first_of(errors) from None
        finally:
            self._deadline = None
            if time_over is not None:
                time_over.cancel()

    def _end_time(self) -> None:
        self.out_of_time = True
        self.stop()

    async def _work_source(self, source: Source) -> None:
        """Look at a source and fetch what it names; whatever happens to it is its own trouble."""
        tally = Tally()
        try:
            found = await self._look(source, tally)
            if found is None:
                if source.name in self.tallies:  # the run was told to stop meanwhile
                    self.store.runs.end_source(self._number, source.name, tally, stopped=True)
                return
            self._note_look(source, tally, found)
            await self._fetch_claimed(source, tally)
        except* StoreError:
            raise
        except* Exception as errors:
            self._note_trouble(source, tally, as_fetch_error(source.name, _first_of(errors)))
        finally:
            self._shares.leave(source.name)
        self.store.runs.end_source(self._number, source.name, tally, stopped=self.was_told_to_stop)
        self.plan.tell(Event("ended", source.name, tally=replace(tally)))

    async def _look(self, source: Source, tally: Tally) -> Discovery | None:
        """Return what the source's feeds, sitemaps and sections name; None when it is not to be looked at."""
        async with self._looks:
            if self.stopped:
                return None
            if not self.store.runs.begin_source(self._number, source.name):  # another worker looks at it
                self.plan.tell(Event("skipped", source.name))
                return None
            self.tallies[source.name] = tally
            if self.plan.recheck is not None:
                self.store.addresses.recheck(source.name, self.plan.recheck)
            if self.plan.forgive:
                self.store.addresses.forgive(source.name)
            # who wants what was given up tried again wants everything asked for again
            known = {} if self.plan.forgive else self.store.addresses.validators(source.name)
            look = asyncio.create_task(discover(source, self.client, known, self._moved))
            self._looking.add(look)
            look.add_done_callback(self._looking.discard)
            try:
                await asyncio.wait([look], timeout=LOOK_SECONDS)  # who is slow keeps its place from nobody
            except asyncio.CancelledError:
                look.cancel()
                raise
        try:
            await asyncio.wait([look])
        finally:
            look.cancel()
        return None if look.cancelled() else look.result()

    def _note_look(self, source: Source, tally: Tally, found: Discovery) -> None:
        """Remember what a look at the source gave."""
        tally.found = self.store.addresses.remember(source.name, found)
        for url, flaw in found.mended.items():
            self.plan.tell(Event("mended", source.name, url, detail=flaw))
        for failure in found.failures.values():
            self._note_trouble(source, tally, failure)
        self.plan.tell(Event("discovered", source.name, tally=replace(tally)))

    async def _help(self, sources: Sequence[Source]) -> None:
        """Fetch what waits of sources that other workers are at, until they are done: also what one leaves."""
        helped: set[str] = set()
        others = True
        while others and not self.stopped:
            at_work = self.store.runs.sources_of_others(self._number)
            others = any(source.name in at_work for source in sources)
            async with asyncio.TaskGroup() as group:
                for source in sources:
                    if source.name in helped or source.name in at_work:
                        helped.add(source.name)
                        tally = self.tallies.setdefault(source.name, Tally())
                        group.create_task(self._fetch_claimed(source, tally))
            if others:
                await asyncio.sleep(HELP_SECONDS)

    async def _fetch_claimed(self, source: Source, tally: Tally) -> None:
        """Fetch what waits of the source, by as many fetchers as it allows."""
        claims = self._claims.setdefault(source.name, _Claims(source.max_per_run))
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(source.concurrency):
                    group.create_task(self._fetch_all(source, claims, tally))
        finally:
            if claims.waiting:
                self.store.addresses.release(claims.waiting)
                self._shares.give_back(source.name, len(claims.waiting))

    async def _fetch_all(self, source: Source, claims: _Claims, tally: Tally) -> None:
        """Fetch an address at a time until none is left; a source has several such fetchers."""
        while (address := await self._next_address(source, claims)) is not None:
            try:
                arriving = _Arriving(await self._fetch(source, address))
                self._arrivals.put_nowait(arriving)
            except CircuitOpen as error:  # the host is left alone; the source may have others
                self.store.addresses.put_off(address, error)
                if not (tally.troubled or error.asked):
                    self._note_trouble(source, tally, error)
            except StoreError:
                raise
            except Exception as error:  # a fault of ours fails one address, not the run
                self._fail(address, error)
            except asyncio.CancelledError:
                self.store.addresses.release([address])
                raise
            else:
                await arriving.kept.wait()

    async def _next_address(self, source: Source, claims: _Claims) -> Waiting | None:
        """Return an address of those that the source's fetchers share, claimed from the store a few at a time."""
        async with claims.turn:
            if not self.stopped and not claims.waiting and claims.left:
                wanted = min(2 * source.concurrency, claims.left)
                granted = await self._shares.take(source.name, wanted)
                if granted and not self.stopped:
                    claims.waiting += self.store.addresses.claim(source.name, granted)
                claims.left -= len(claims.waiting)
                self._shares.give_back(source.name, granted - len(claims.waiting))
            return claims.waiting.popleft() if claims.waiting and not self.stopped else None

    async def _fetch(self, source: Source, address: Waiting) -> Arrival:
        wishes = source.respect_optouts
        if wishes and source.respect_robots:
            rules = await self.client.robots(address.url, source)
            refuse(address.url, (wish_of_signals(rules.denied),), respect_wishes=True)
        page = await self.client.fetch(
            address.url, source, etag=address.etag, last_modified=address.last_modified
        )
        if page.not_modified:
            return Arrival(address, page, None)
        reserved = await self.client.reservation(page.url, source) if wishes else None
        landed = landed_elsewhere(address.url, page.url)
        refuse(address.url, (landed, wish_of_headers(page.headers, reserved)), respect_wishes=wishes)
        repeated = self.store.lines.repeated(site_of(page.url))
        options = Options(url=page.url, charset=page.charset, repeated=repeated, rules=self.plan.rules)
        cleaned = await self.pool.clean(page.body, options)
        # at its last try it is taken for what it says: there are headlines that share no word with the feed's
        another = None if address.tries >= MOST_TRIES else another_story(page, cleaned.article, address.title)
        refuse(address.url, (*cleaned.refusals, another), respect_wishes=wishes)
        return Arrival(address, page, cleaned)

    def _fail(self, address: Waiting, error: Exception) -> None:
        """Note that an address failed, for whatever reason; the run goes on."""
        fault = as_fetch_error(address.url, error)
        tally = self.tallies[address.source]
        tally.failed += 1
        tally.alone += fault.alone or fault.asked
        self.store.addresses.fail(self._number, address, fault)
        self._tell_failure("failed", address.source, fault)

    def _note_trouble(self, source: Source, tally: Tally, error: FetchError) -> None:
        if error.asked:
            tally.waits = True
        else:
            tally.troubled = True
        self.store.runs.note_failure(self._number, source.name, error)
        self._tell_failure("trouble", source.name, error)

    def _tell_failure(self, kind: Literal["failed", "trouble"], source: str, error: FetchError) -> None:
        self.plan.tell(Event(kind, source, error.url, cause=error.cause, detail=error.detail))


class _Claims:
    """What the fetchers of a source share: addresses claimed from the store, and how many more it may claim."""

    def __init__(self, most: int | None) -> None:
        self.waiting: deque[Waiting] = deque()
        self.left = most if most is not None else 1 << 60
        self.turn = asyncio.Lock()


class _Arriving:
    """An arrival on its way to the store; its fetcher asks for nothing more until it is there."""

    def __init__(self, arrival: Arrival) -> None:
        self.arrival = arrival
        self.kept = asyncio.Event()


def _first_of(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return the error that ended a group of tasks: the store's if there is one, else any."""
    group = errors.subgroup(StoreError) or errors
    first: BaseException = group
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    return first
