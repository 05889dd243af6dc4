"""Pages through several processes, in order: one that hangs, crashes or takes too much memory costs itself alone.

The processes are Pebble's: the standard library's pools end with the first process that dies, and know no timeout for a
task that runs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Any, Final

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from cleaners.errors import PageLost
from pipelines.source import Source

#: Pages under way at a time, and bytes of them: enough for the other processes while one page takes its timeout.
_PAGES: Final = 2_000
_BYTES: Final = 64_000_000
#: Seconds for the processes to end by themselves at the end.
_GRACE: Final = 5


class PageTimeout(PageLost):
    """A page took longer than it may."""


class PageDied(PageLost):
    """The process that cleaned a page came to its end."""


class PageMemory(PageLost):
    """A page took more memory than it may."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a page may take: `timeout` in seconds, `memory` in bytes of its process."""

    timeout: float = 10
    memory: int = 1_000_000_000


#: Cleans one source in another process: a module's function, or a `partial` of one. What it raises is the error.
Work = Callable[[Source], Any]
#: A source without its content, and what the work made of it, or what went wrong.
Outcome = tuple[Source, Any, Exception | None]


def clean_sources(
    sources: Iterable[Source], work: Work, *, jobs: int = 1, limits: Limits | None = None
) -> Iterator[Outcome]:
    """Give, in the order of the sources, what `work` makes of each, or why it fails.

    `jobs` processes work; one that takes longer than its page may, dies or runs out of memory is replaced, and its
    page ends with the cause: PageTimeout, PageDied, PageMemory. At most some thousand pages are held at a time. Raises
    what reading `sources` raises.
    """
    limits = limits or Limits()
    context = get_context("forkserver")
    context.set_forkserver_preload(["pipelines.source", "cleaners.read.html", "cleaners.second_opinion"])
    pool = ProcessPool(jobs, initializer=_begin, initargs=(limits.memory,), context=context)
    try:
        yield from _in_order(pool, sources, work, limits)
        pool.close()
    finally:
        pool.stop()
        pool.join(_GRACE)


def _in_order(pool: ProcessPool, sources: Iterable[Source], work: Work, limits: Limits) -> Iterator[Outcome]:
    under_way: deque[tuple[Source, ProcessFuture[Any] | None]] = deque()
    held = 0
    for source in sources:
        future = None
        if source.error is None:
            held += len(source.content or ())
            future = pool.submit(work, limits.timeout, source)
        under_way.append((source, future))
        while under_way and (len(under_way) >= _PAGES or held > _BYTES or _is_done(under_way[0][1])):
            head, future = under_way.popleft()
            held -= len(head.content or ()) if future else 0
            yield _outcome(head, future, limits)
    while under_way:
        yield _outcome(*under_way.popleft(), limits)


def _is_done(future: ProcessFuture[Any] | None) -> bool:
    return future is None or future.done()


def _outcome(source: Source, future: ProcessFuture[Any] | None, limits: Limits) -> Outcome:
    """Wait for a page."""
    made, error = None, source.error
    try:
        made = future.result() if future else None
    except TookTooLong:
        error = PageTimeout(f"took longer than {limits.timeout:g} s")
    except ProcessExpired as gone:
        error = PageDied(f"its process ended with {_ending(gone.exitcode)}")
    except MemoryError:
        error = PageMemory(f"took more than {limits.memory:,} bytes")
    except Exception as wrong:  # one bad page is one page
        error = wrong
    return replace(source, content=None, error=None), made, error


def _ending(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


def _begin(memory: int) -> None:
    """Bound the memory of a process that cleans, where the system can."""
    import signal  # here, not where processes are only handed out
    from contextlib import suppress  # likewise

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command says when to stop
    with suppress(ImportError, OSError, ValueError):
        import resource  # there is none on Windows

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
