"""`scrape init`, `add`, `check`, `run`: from nothing to articles in the store."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

from cleaners.errors import INTERRUPTED, WrongUsage
from scraper.cli import DONE, SOME_FAILED
from scraper.commands.report import Quiet, reporter_for
from scraper.discover import Discovery, discover, find_feeds
from scraper.errors import ScrapeError
from scraper.fetch.client import Client, user_agent
from scraper.session import Scraper
from scraper.sources import Source, append_source, load_contact, load_sources, starter_file
from scraper.store import open_store


def init(options: argparse.Namespace) -> int:
    """Write the starter file, never over another."""
    path = Path(options.sources)
    try:
        with path.open("x", encoding="utf-8") as target:
            target.write(starter_file())
    except FileExistsError:
        raise WrongUsage(f"{path} is there already; `scrape add URL` adds to it") from None
    print(f"Wrote {path}. Next: scrape add https://a-news-site/")
    return DONE


def add(options: argparse.Namespace) -> int:
    """Find out how the site names its articles, and write that as an entry."""
    path = Path(options.sources)
    found = asyncio.run(_find(options.url, path))
    source = replace(found, name=options.name) if options.name else found
    append_source(path, source)
    print(f"Added {source.name} to {path}:")
    for kind, urls in source.lists.items():
        for url in urls:
            print(f"  {kind.removesuffix('s')} {url}")
    return DONE


def check(options: argparse.Namespace) -> int:
    """Look at each source once; nothing is kept and no article is fetched."""
    sources = chosen_sources(options.sources, options.source)
    return asyncio.run(_check(sources, load_contact(options.sources), options.show))


def run(options: argparse.Namespace) -> int:
    """Do a run and return its exit code; LockHeld and StoreError are raised to the caller, who knows
    theirs.
    """
    sources = chosen_sources(options.sources, options.source)
    contact = load_contact(options.sources)
    if options.dry_run:
        return asyncio.run(_dry_run(sources, contact, Path(options.db), options.max))
    reporter = reporter_for(options.log, verbose=options.verbose, sources=len(sources))
    try:
        return asyncio.run(_run(options, sources, contact, reporter))
    finally:
        reporter.end()


def chosen_sources(path: str, names: Sequence[str] | None) -> list[Source]:
    """Return the file's sources, or those named. Raises SourcesError for the file, ScrapeError for an unknown
    name.
    """
    sources = load_sources(path)
    unknown = set(names or ()) - {source.name for source in sources}
    if unknown:
        there = ", ".join(source.name for source in sources) or "none"
        raise ScrapeError(f"{path} has no source called {', '.join(sorted(unknown))}; there are {there}")
    return [source for source in sources if not names or source.name in names]


def tell_discovery(source: Source, found: Discovery, show: int) -> None:
    """Print what one look at a source gave."""
    articles = "1 article" if len(found.found) == 1 else f"{len(found.found)} articles"
    print(f"{source.name}: {articles}")
    for item in found.found[:show]:
        print(f"  {item.url}")
    if len(found.found) > show > 0:
        print(f"  and {len(found.found) - show} more")
    for url, target in found.moved.items():
        print(f"  {url} has moved to {target}; write that into the file")
    for error in found.failures.values():
        print(f"  FAILED {error}")


async def _find(url: str, path: Path) -> Source:
    contact = load_contact(path) if path.exists() else None
    async with Client(user_agent=user_agent(contact)) as client:
        return await find_feeds(client, url)


async def look_at(sources: Sequence[Source], contact: str | None) -> AsyncIterator[tuple[Source, Discovery]]:
    """Yield each source, in their order, with what one look at it gives; all are looked at at once."""
    async with Client(user_agent=user_agent(contact)) as client:
        looks = [asyncio.create_task(discover(source, client, {})) for source in sources]
        for source, look in zip(sources, looks, strict=True):
            yield source, await look


async def _check(sources: Sequence[Source], contact: str | None, show: int) -> int:
    code = DONE
    async for source, found in look_at(sources, contact):
        tell_discovery(source, found, show)
        code = SOME_FAILED if found.failures else code
    return code


async def _run(
    options: argparse.Namespace, sources: Sequence[Source], contact: str | None, reporter: Quiet
) -> int:
    async with Scraper(options.db, contact=contact) as scraper:
        asked = _stop_on_signals(scraper, asyncio.current_task())
        try:
            articles = scraper.run(
                sources,
                most=options.max,
                recheck=options.recheck,
                forgive=options.retry_failed,
                tell=reporter.tell,
            )
            async for _ in articles:
                pass
        except asyncio.CancelledError:
            if not asked:
                raise
            return INTERRUPTED
        return DONE if scraper.ok else SOME_FAILED


def _stop_on_signals(scraper: Scraper, task: asyncio.Task[int] | None) -> list[int]:
    """Let the first SIGTERM or SIGINT end the run when what is in flight is done, the second at once."""
    asked: list[int] = []

    def ask(number: int) -> None:
        asked.append(number)
        if len(asked) == 1:
            scraper.stop()
        elif task is not None:
            task.cancel()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, ask, number)
        except NotImplementedError:  # Windows: Ctrl-C raises KeyboardInterrupt, and nothing is lost by it
            break
    return asked


async def _dry_run(sources: Sequence[Source], contact: str | None, db: Path, most: int | None) -> int:
    """Print the addresses that a run would fetch; reads the store if there is one, and writes nothing."""
    known: set[str] = set()
    if db.exists():
        with open_store(db, create=False) as store:
            known = store.addresses.settled()
    code, left = DONE, most if most is not None else 1 << 60
    async for source, found in look_at(sources, contact):
        for failure in found.failures.values():
            code = SOME_FAILED
            print(f"scrape: {source.name}: {failure}", file=sys.stderr)
        new = [item for item in found.found if item.key not in known][:left]
        left -= len(new)
        for item in new:
            print(f"{source.name}\t{item.url}")
    return code
