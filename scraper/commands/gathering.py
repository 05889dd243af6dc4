"""`scrape init`, `add`, `check`, `run`: from nothing to articles in the store."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cleaners.errors import INTERRUPTED, WrongUsage
from cleaners.own import chosen_rules
from scraper.alerts import NotTold, news, notify
from scraper.cli import DONE, SOME_FAILED
from scraper.commands.report import Both, LogFile, Quiet, reporter_for
from scraper.discover import Discovery, Found, discover, find_feeds
from scraper.errors import LockHeld, NoStore, ScrapeError
from scraper.fetch.client import Client, user_agent
from scraper.health import changes_in
from scraper.opml import read_opml
from scraper.session import Scraper
from scraper.sources import (
    Settings,
    Source,
    append_source,
    append_sources,
    load_settings,
    load_sources,
    starter_file,
)  # fmt: skip
from scraper.store import is_address, name_of, open_store, refuse_own
from scraper.store.protocol import Store
from scraper.terminal import one_line, say

#: Sources that are named to who asked for another.
MOST_NAMED = 20
#: Seconds for which a run holds the lock before others complain: a day.
TOO_LONG = 24 * 3600.0


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
    if "://" not in options.url and Path(options.url).is_file():
        return _add_all(Path(options.url), path)
    found = asyncio.run(_find(options.url, path))
    source = replace(found, name=options.name) if options.name else found
    append_source(path, source)
    print(f"Added {one_line(source.name)} to {path}:")
    for kind, urls in source.lists.items():
        for url in urls:
            print(f"  {kind.removesuffix('s')} {one_line(url)}")
    return DONE


def _add_all(opml: Path, path: Path) -> int:
    """Write an entry for each feed of an OPML file that is not there yet."""
    there = load_sources(path, may_be_empty=True) if path.exists() else []
    news = read_opml(opml, there)
    append_sources(path, news)
    for source in news:
        print(f"Added {one_line(source.name)}: {one_line(source.feeds[0])}")
    print(f"{len(news)} sources in {path} are new.")
    return DONE


def check(options: argparse.Namespace) -> int:
    """Look at each source once, nothing is kept and no article is fetched; or into the store itself."""
    if options.store:
        return _check_store(options.db)
    sources = chosen_sources(options.sources, options.source)
    return asyncio.run(_check(sources, load_settings(options.sources), options.show))


def run(options: argparse.Namespace) -> int:
    """Do a run and return its exit code; LockHeld and StoreError are raised to the caller, who knows
    theirs.
    """
    sources = chosen_sources(options.sources, options.source)
    settings = load_settings(options.sources)
    if options.dry_run:
        return asyncio.run(_dry_run(sources, settings, options.db, options.max))
    watched = reporter_for(options.log, verbose=options.verbose, sources=len(sources))
    folder = Path(options.sources).absolute().parent
    reporter = watched
    if settings.log:
        refuse_own(folder / settings.log, options.db, options.sources)
        reporter = Both(watched, LogFile(folder / settings.log))
    try:
        code = asyncio.run(_run(options, sources, settings, reporter))
    except LockHeld as error:
        # runs from cron may take longer than the time between two: nobody wants a mail about it, but for one that hangs
        if sys.stderr is None or not (sys.stderr.isatty() or error.seconds >= TOO_LONG):
            return error.exit_code
        raise
    finally:
        reporter.end()
    with open_store(options.db, create=False) as store:
        if code in (DONE, SOME_FAILED):
            look_after(store, settings)
        lines = what_is_new(store, {source.name for source in load_sources(options.sources)}, settings)
    if lines and settings.notify:
        try:
            notify(settings.notify, lines, folder)
        except NotTold as error:
            say(f"scrape: nobody was notified: {error}")
    elif type(watched) is Quiet:
        for line in lines:
            say(f"scrape: {line}")
    return code


def look_after(store: Store, settings: Settings) -> None:
    """Take out of the store what the file of sources says is too old."""
    now = datetime.now(UTC)
    if settings.keep_pages is not None:
        store.articles.prune(now - settings.keep_pages, pages_only=True)
    if settings.keep_articles is not None:
        store.articles.prune(now - settings.keep_articles)


def what_is_new(store: Store, names: Collection[str], settings: Settings) -> list[str]:
    """Return what is to be told of the sources since somebody was told last; it counts as told from now on."""
    now = datetime.now(UTC)
    statuses = [status for status in store.runs.statuses(now - timedelta(days=1)) if status.source in names]
    told = store.runs.told()
    lines, now_so = news(statuses, changes_in(store, now), told, alert_after=settings.alert_after)
    if now_so != told:
        store.runs.keep_told(now_so)
    return lines


def _check_store(place: str) -> int:
    """Print how the store is; 1 when something is wrong with it."""
    look = not is_address(place) and not os.access(place, os.W_OK)
    with open_store(place, create=False, look=look) as store:
        examined = store.examine()
    size = examined.holds.pop("bytes", 0)
    print(f"{name_of(place)}: {size / 1e6:.1f} MB")
    for name, count in examined.holds.items():
        print(f"  {count} {name}")
    for problem in examined.problems:
        print(f"  WRONG {one_line(problem)}")
    if not examined.problems:
        print("  nothing is wrong with it")
    return SOME_FAILED if examined.problems else DONE


def chosen_sources(path: str, names: Sequence[str] | None) -> list[Source]:
    """Return the file's sources, or those named. Raises SourcesError for the file, ScrapeError for an unknown
    name.
    """
    sources = load_sources(path)
    unknown = sorted(set(names or ()) - {source.name for source in sources})
    if unknown:
        from difflib import get_close_matches  # only for a mistake

        there = [source.name for source in sources]
        close = get_close_matches(unknown[0], there, 1)
        some = ", ".join(there[:MOST_NAMED]) + (" …" if there[MOST_NAMED:] else "")
        hint = f"did you mean {close[0]}?" if close else f"there are {some}"
        raise ScrapeError(f"{path} has no source called {', '.join(unknown)}; {hint}")
    return [source for source in sources if not names or source.name in names]


def tell_discovery(source: Source, found: Discovery, show: int) -> None:
    """Print what one look at a source gave."""
    articles = "1 article" if len(found.found) == 1 else f"{len(found.found)} articles"
    print(f"{one_line(source.name)}: {articles}")
    for item in found.found[:show]:
        print(f"  {one_line(item.url)}")
    if len(found.found) > show > 0:
        print(f"  and {len(found.found) - show} more")
    for url, flaw in found.mended.items():
        print(f"  {one_line(url)} is broken and was mended: {one_line(flaw)}")
    for url, target in found.moved.items():
        print(f"  {one_line(url)} has moved to {one_line(target)}; write that into the file")
    for error in found.failures.values():
        print(f"  FAILED {one_line(str(error))}")


async def _find(url: str, path: Path) -> Source:
    settings = load_settings(path) if path.exists() else Settings()
    async with Client(user_agent=user_agent(settings.contact)) as client:
        return await find_feeds(client, url)


async def look_at(sources: Sequence[Source], settings: Settings) -> AsyncIterator[tuple[Source, Discovery]]:
    """Yield each source, in their order, with what one look at it gives; all are looked at at once."""
    async with Client(user_agent=user_agent(settings.contact)) as client:
        looks = [asyncio.create_task(discover(source, client, {})) for source in sources]
        for source, look in zip(sources, looks, strict=True):
            yield source, await look


async def _check(sources: Sequence[Source], settings: Settings, show: int) -> int:
    code = DONE
    async for source, found in look_at(sources, settings):
        tell_discovery(source, found, show)
        code = SOME_FAILED if found.failures else code
    return code


async def _run(
    options: argparse.Namespace, sources: Sequence[Source], settings: Settings, reporter: Quiet
) -> int:
    rules = chosen_rules(options.config, none=options.no_config)
    async with Scraper(options.db, contact=settings.contact, rules=rules) as scraper:
        asked = _stop_on_signals(scraper, asyncio.current_task())
        try:
            articles = scraper.run(
                sources,
                most=options.max,
                time=options.time,
                all_due=bool(options.source),
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
        if signal.SIGINT in asked:
            return INTERRUPTED
        return DONE if scraper.ok else SOME_FAILED


def _stop_on_signals(scraper: Scraper, task: asyncio.Task[int] | None) -> list[int]:
    """Let the first SIGTERM or SIGINT end the run when what is in flight is done, the second at once.

    Who ends a service (SIGTERM) is told how the run went; who types Ctrl-C (SIGINT), that it was interrupted.
    """
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


async def _dry_run(sources: Sequence[Source], settings: Settings, db: str, most: int | None) -> int:
    """Print the addresses that a run would fetch; reads the store if there is one, and writes nothing."""
    code, left = DONE, most if most is not None else 1 << 60
    async for source, found in look_at(sources, settings):
        for failure in found.failures.values():
            code = SOME_FAILED
            say(f"scrape: {source.name}: {one_line(str(failure))}")
        new = _unsettled(db, found)[:left]
        left -= len(new)
        for item in new:
            print(f"{one_line(source.name)}\t{one_line(item.url)}")
    return code


def _unsettled(place: str, found: Discovery) -> list[Found]:
    """Return what of it is not in the store yet; all of it where there is no store."""
    try:
        with open_store(place, look=True) as store:
            return store.addresses.unsettled(found.found)
    except NoStore:
        return list(found.found)
