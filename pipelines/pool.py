"""Pages through several processes, in order: one that hangs, crashes or takes too much memory costs itself alone.

The processes are Pebble's: the standard library's pools end with the first process that dies, and know no timeout for a
task that runs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, Final

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from cleaners import Article, Options
from pipelines.source import clean_source, named

#: Pages under way at a time, and bytes of them: enough for the other processes while one page takes its timeout.
_PAGES: Final = 2_000
_BYTES: Final = 64_000_000
#: Seconds for the processes to end by themselves at the end.
_GRACE: Final = 5


@dataclass(frozen=True, slots=True)
class Source:
    """A page or text on its way, and where it came from.

    `name` is the file it stood in and `row` its number there, from 1 (0 for a file that is one page). `read` are the
    bytes of all inputs up to here. `error` says why there is nothing to clean. `date` and `digest` are those of an
    archive's record.
    """

    name: str
    row: int = 0
    content: bytes | str | None = None
    is_page: bool = True
    url: str | None = None
    charset: str | None = None
    date: str | None = None
    digest: str | None = None
    error: str | None = None
    read: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a page may take: `timeout` in seconds, `memory` in bytes of its process."""

    timeout: float = 10
    memory: int = 1_000_000_000


#: What is made of an article where it was cleaned; it has to be a module's function.
Render = Callable[[Article], Any]
#: A source without its content, and what was made of its article or what went wrong.
Outcome = tuple[Source, Any, str | None]


def clean_sources(
    sources: Iterable[Source],
    render: Render,
    options: Options,
    *,
    jobs: int = 1,
    limits: Limits | None = None,
) -> Iterator[Outcome]:
    """Give, in the order of the sources, what `render` makes of each article, or why there is none.

    `jobs` processes clean; one that takes longer than its page may, dies or runs out of memory is replaced, and its
    page ends with the cause. At most some thousand pages are held at a time. Raises what reading `sources` raises.
    """
    limits = limits or Limits()
    context = get_context("forkserver")
    context.set_forkserver_preload(["pipelines.source", "cleaners.read.html", "cleaners.second_opinion"])
    pool = ProcessPool(jobs, initializer=_begin, initargs=(limits.memory,), context=context)
    try:
        yield from _in_order(pool, sources, render, options, limits)
        pool.close()
    finally:
        pool.stop()
        pool.join(_GRACE)


def _in_order(
    pool: ProcessPool, sources: Iterable[Source], render: Render, options: Options, limits: Limits
) -> Iterator[Outcome]:
    under_way: deque[tuple[Source, ProcessFuture[Any] | None]] = deque()
    held = 0
    for source in sources:
        future = None
        if source.error is None:
            held += len(source.content or ())
            future = pool.submit(_clean, limits.timeout, source, render, options)
        under_way.append((source, future))
        while len(under_way) >= _PAGES or held > _BYTES or _is_done(under_way[0]):
            held -= len(under_way[0][0].content or ()) if under_way[0][1] else 0
            yield _outcome(*under_way.popleft(), limits)
            if not under_way:
                break
    while under_way:
        yield _outcome(*under_way.popleft(), limits)


def _is_done(head: tuple[Source, ProcessFuture[Any] | None]) -> bool:
    return head[1] is None or head[1].done()


def _outcome(source: Source, future: ProcessFuture[Any] | None, limits: Limits) -> Outcome:
    """Wait for a page."""
    bare = Source(
        source.name,
        source.row,
        None,
        source.is_page,
        source.url,
        None,
        source.date,
        source.digest,
        None,
        source.read,
    )
    if future is None:
        return bare, None, source.error
    try:
        made, error = future.result()
    except TookTooLong:
        made, error = None, f"timeout: took longer than {limits.timeout:g} s"
    except ProcessExpired as gone:
        made, error = None, f"died: its process ended with {_ending(gone.exitcode)}"
    except Exception as wrong:  # one bad page is one page
        made, error = None, named(wrong)
    if error is not None and error.startswith("MemoryError"):
        error = f"memory: took more than {limits.memory:,} bytes"
    return bare, made, error


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


def _clean(source: Source, render: Render, options: Options) -> tuple[Any, str | None]:
    """Clean one page, in a process of the pool."""
    if source.charset:
        options = options._replace(charset=source.charset)
    article, error = clean_source(source.content, options, is_page=source.is_page, url=source.url)
    if article is None or error is not None:
        return None, error
    return render(article), None
