"""Runs and how each source fared in them, and what the client remembers of hosts between runs."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

from scraper.fetch.breaker import BreakerState
from scraper.fetch.robots import RobotsRecord
from scraper.store import Store, utc
from scraper.waiting import take_up

KEPT_RUNS = 2000
"""Older runs' history is dropped: three weeks of a run every fifteen minutes."""


@dataclass(slots=True)
class Tally:
    """What a run did for one source; `troubled` says that a feed, sitemap or section could not be read."""

    found: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    troubled: bool = False

    @property
    def ok(self) -> bool:
        """Whether the source works: all it names could be read, and not every article failed."""
        return not self.troubled and not (self.failed and not (self.new or self.changed or self.unchanged))


def begin_run(store: Store) -> int:
    """Open a run's history and take up what a killed run left; only for the holder of the lock."""
    take_up(store)
    with store.write() as database:
        cursor = database.execute("INSERT INTO run (started, pid) VALUES (?, ?)", (utc(), os.getpid()))
        run = cursor.lastrowid
        assert run is not None
        database.execute("DELETE FROM run WHERE id <= ?", (run - KEPT_RUNS,))
    return run


def end_run(store: Store, run: int, outcome: str) -> None:
    """Close a run's history; `outcome` is done, failures or stopped."""
    with store.write() as database:
        database.execute("UPDATE run SET finished = ?, outcome = ? WHERE id = ?", (utc(), outcome, run))


def begin_source(store: Store, run: int, source: str) -> None:
    """Note that the run looks at the source."""
    with store.write() as database:
        database.execute(
            "INSERT OR IGNORE INTO source_run (run_id, source, started) VALUES (?, ?, ?)",
            (run, source, utc()),
        )


def end_source(store: Store, run: int, source: str, tally: Tally, *, stopped: bool = False) -> None:
    """Note how the source fared; for a run that was told to stop, without a word on whether the source
    works.
    """
    with store.write() as database:
        database.execute(
            """
            UPDATE source_run SET finished = ?, ok = ?, found = ?, new = ?, changed = ?, unchanged = ?, failed = ?
            WHERE run_id = ? AND source = ?
            """,
            (
                utc(),
                None if stopped and tally.ok else int(tally.ok),
                tally.found,
                tally.new,
                tally.changed,
                tally.unchanged,
                tally.failed,
                run,
                source,
            ),
        )


def hosts_in_trouble(store: Store) -> list[BreakerState]:
    """The circuit breaker's states, as the last run left them."""
    rows = store.rows("SELECT host, failures, trips, open_until, cause FROM host")
    return [BreakerState(**dict(row)) for row in rows]


def robots_read(store: Store) -> list[RobotsRecord]:
    """Every robots.txt, as the last run left them."""
    rows = store.rows("SELECT origin, status, text, fetched FROM robots")
    return [RobotsRecord(**dict(row)) for row in rows]


def keep_client_state(store: Store, hosts: Iterable[BreakerState], records: Iterable[RobotsRecord]) -> None:
    """Replace what the store knows of hosts in trouble, and add to what it knows of robots.txt."""
    with store.write() as database:
        database.execute("DELETE FROM host")
        database.executemany(
            "INSERT INTO host (host, failures, trips, open_until, cause) VALUES (?, ?, ?, ?, ?)",
            [(host.host, host.failures, host.trips, host.open_until, host.cause) for host in hosts],
        )
        database.executemany(
            """
            INSERT INTO robots (origin, status, text, fetched) VALUES (?, ?, ?, ?)
            ON CONFLICT (origin) DO UPDATE
            SET status = excluded.status, text = excluded.text, fetched = excluded.fetched
            WHERE excluded.fetched > fetched
            """,
            [(record.origin, record.status, record.text, record.fetched) for record in records],
        )
