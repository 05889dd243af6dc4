"""`scrape run`: one run, told on a terminal, in a log, or not at all."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from cleaners.errors import INTERRUPTED
from scraper.cli import DONE, SOME_FAILED
from scraper.commands.files import chosen_sources, look_at
from scraper.commands.report import Quiet, reporter_for
from scraper.session import Scraper
from scraper.sources import Source, load_contact
from scraper.store import open_store


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
