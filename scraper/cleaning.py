"""Cleaning beside fetching: worker processes that clean pages, with a deadline, and are replaced when they die."""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol, Self

from cleaners.options import Options
from scraper.errors import NotCleaned
from scraper.worker import LENGTH, Cleaned, Fault, message_of

#: Deadline for one page; a long page takes a tenth of a second.
SECONDS = 30.0
#: Pages that a worker is given in advance, so that it never waits while the fetching process is busy.
AHEAD = 6
MOST_WORKERS = 4
_COMMAND = (sys.executable, "-P", "-c", "from scraper.worker import main; main()")


class Cleaner(Protocol):
    """What cleans pages for a run."""

    async def clean(self, body: bytes, options: Options) -> Cleaned:
        """Return a page's article; `options` say what is known of the page. Raises NotCleaned."""


class CleaningPool:
    """Worker processes that clean, one for each core at most; use as an async context manager.

    Fetching takes half as long as cleaning, so on two cores one worker could not keep up with it.
    """

    def __init__(
        self, workers: int | None = None, *, seconds: float = SECONDS, command: Sequence[str] = _COMMAND
    ) -> None:
        self._workers = workers or min(os.cpu_count() or 1, MOST_WORKERS)
        self._seconds = seconds
        self._command = command
        self._jobs: asyncio.Queue[_Job] = asyncio.Queue()
        self._tenders: list[asyncio.Task[None]] = []

    async def clean(self, body: bytes, options: Options) -> Cleaned:
        """Return a page's article; `options` say what is known of the page. Raises NotCleaned."""
        # The first process starts with the first page, others when pages wait: most runs of a quiet hour need none.
        if not self._tenders or (len(self._tenders) < self._workers and self._jobs.qsize() >= AHEAD):
            self._tenders.append(asyncio.create_task(self._tend()))
        job = _Job(body, options)
        self._jobs.put_nowait(job)
        return await job.answer

    async def _tend(self) -> None:
        """Keep one worker alive and busy. Whatever page it dies of fails; the pages behind it go to the next
        worker.
        """
        given: deque[_Job] = deque()
        while True:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=1 << 20,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            )
            try:
                await self._converse(process, given)
            except TimeoutError:
                given.popleft().settle(f"not cleaned within {self._seconds:.0f} seconds")
            except (asyncio.IncompleteReadError, ConnectionError):
                if given:
                    given.popleft().settle("the cleaner crashed on this page")
                await asyncio.sleep(0.1)  # no storm of processes if the worker cannot start at all
            finally:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()

    async def _converse(self, process: asyncio.subprocess.Process, given: deque[_Job]) -> None:
        """Send pages and take answers, which come in the order of the pages."""
        assert process.stdin is not None
        assert process.stdout is not None
        for job in given:
            process.stdin.write(message_of(job.page))
        while True:
            while len(given) < AHEAD and (not given or not self._jobs.empty()):
                job = await self._jobs.get()
                if not job.answer.cancelled():
                    given.append(job)
                    process.stdin.write(message_of(job.page))
            async with asyncio.timeout(self._seconds):
                head = await process.stdout.readexactly(LENGTH.size)
                answer = pickle.loads(await process.stdout.readexactly(LENGTH.unpack(head)[0]))
            given.popleft().settle(answer)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for tender in self._tenders:
            tender.cancel()
        await asyncio.gather(*self._tenders, return_exceptions=True)


class _Job:
    def __init__(self, body: bytes, options: Options) -> None:
        self.page = body, options
        self.answer: asyncio.Future[Cleaned] = asyncio.get_running_loop().create_future()

    def settle(self, answer: Cleaned | Fault | str) -> None:
        """Hand on a cleaned page, or say why it is none."""
        if self.answer.done():
            return
        if isinstance(answer, Cleaned):
            self.answer.set_result(answer)
            return
        detail, trace = (answer.detail, answer.trace) if isinstance(answer, Fault) else (answer, None)
        self.answer.set_exception(NotCleaned(self.page[1].url or "", detail, trace=trace))
