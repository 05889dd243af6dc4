"""The tables of runs, and of what the client remembers between them."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import astuple
from datetime import datetime
from typing import Any

from scraper.errors import FetchError
from scraper.fetch.host import BreakerState
from scraper.fetch.politeness import KnownHosts
from scraper.fetch.robots import RobotsRecord
from scraper.store import policy
from scraper.store.protocol import Failure, SourceStatus, Tally
from scraper.store.sqlite.database import Database
from scraper.store.sqlite.waiting import IN_FLIGHT, note_failure
from scraper.times import utc

_COUNTS = """
    SELECT source, count(*) AS articles, sum(fetched >= :day_ago) AS today FROM article GROUP BY source
"""
_WAITING = """
    SELECT source, sum(state = 'waiting') AS waiting, sum(state = 'failed') AS given_up,
           min(iif(state = 'waiting' AND next_try LIKE '2%', next_try, NULL)) AS next_try
    FROM address WHERE state != 'kept' GROUP BY source
"""
_RUNS = """
    SELECT source, max(run_id) AS run_id, max(iif(ok = 1, coalesce(finished, started), NULL)) AS last_success
    FROM source_run GROUP BY source
"""
_LAST_RUN = """
    SELECT source_run.started AS last_run, source_run.finished, source_run.ok, source_run.new, source_run.changed,
           source_run.failed, run.finished AS run_finished
    FROM source_run JOIN run ON run.id = source_run.run_id WHERE run_id = ? AND source = ?
"""
_CAUSES = """
    SELECT cause, count(DISTINCT url) AS times, max(url) AS url, max(detail) AS detail FROM failure
    WHERE source = :source AND (run_id = :run OR url IN (
        SELECT url FROM address WHERE source = :source AND state != 'kept' AND cause = failure.cause
    ))
    GROUP BY cause ORDER BY times DESC, cause
"""


class SqliteRuns:
    """Runs and how each source fared in them, and what the client remembers of hosts between runs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self) -> int:
        """Open a run's history and free what a killed run left."""
        with self._database.write():
            self._database.execute(
                "UPDATE address SET next_try = NULL WHERE state = 'waiting' AND next_try = ?", (IN_FLIGHT,)
            )
            run = self._database.insert("run", started=self._database.now(), pid=os.getpid())
            self._database.execute("DELETE FROM run WHERE id <= ?", (run - policy.KEPT_RUNS,))
            return run

    def end(self, run: int, outcome: str) -> None:
        """Close a run's history; `outcome` is done, failures or stopped."""
        self._database.execute(
            "UPDATE run SET finished = ?, outcome = ? WHERE id = ?", (self._database.now(), outcome, run)
        )

    def begin_source(self, run: int, source: str) -> None:
        """Note that the run looks at the source."""
        self._database.execute(
            "INSERT OR IGNORE INTO source_run (run_id, source, started) VALUES (?, ?, ?)",
            (run, source, self._database.now()),
        )

    def end_source(self, run: int, source: str, tally: Tally, *, stopped: bool = False) -> None:
        """Note how the source fared; a run that was told to stop cannot say that a source works."""
        *counts, _ = astuple(tally)
        ok = None if stopped and tally.ok else int(tally.ok)
        self._database.execute(
            """
            UPDATE source_run SET finished = ?, ok = ?, found = ?, new = ?, changed = ?, unchanged = ?, failed = ?
            WHERE run_id = ? AND source = ?
            """,
            (self._database.now(), ok, *counts, run, source),
        )

    def note_failure(self, run: int, source: str, error: FetchError) -> None:
        """Write a failure into the run's history."""
        note_failure(self._database, run, source, error, error.url)

    def statuses(self, day_ago: datetime) -> list[SourceStatus]:
        """Return the status of every source the store has heard of, by name."""
        known: dict[str, dict[str, Any]] = {}
        for query in (_COUNTS, _WAITING, _RUNS):
            values = {"day_ago": utc(day_ago)} if query is _COUNTS else {}
            for row in self._database.rows(query, values):
                known.setdefault(row["source"], {}).update(dict(row))
        return [self._status(known[name]) for name in sorted(known)]

    def known_hosts(self) -> KnownHosts:
        """Return what the client knew of hosts when the last run ended."""
        hosts, robots = self._database.rows("SELECT * FROM host"), self._database.rows("SELECT * FROM robots")
        return KnownHosts(
            tuple(BreakerState(*row) for row in hosts), tuple(RobotsRecord(*row) for row in robots)
        )

    def keep_known_hosts(self, known: KnownHosts) -> None:
        """Replace what is known of hosts in trouble, and add to what is known of robots.txt."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM host")
            connection.executemany("INSERT INTO host VALUES (?, ?, ?, ?, ?)", map(astuple, known.troubled))
            connection.executemany(
                "INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?)", map(astuple, known.robots)
            )

    def _status(self, known: dict[str, Any]) -> SourceStatus:
        run = known.pop("run_id", None)
        if run is not None:
            [last] = self._database.rows(_LAST_RUN, (run, known["source"]))
            causes = self._database.rows(_CAUSES, {"run": run, "source": known["source"]})
            known |= {name: last[name] for name in ("last_run", "new", "changed", "failed")}
            known |= {"state": _state(last), "failures": tuple(Failure(*row) for row in causes)}
        for name in ("last_run", "last_success", "next_try"):
            known[name] = datetime.fromisoformat(known[name]) if known.get(name) else None
        return SourceStatus(**known)


def _state(last: sqlite3.Row) -> str:
    if last["finished"] is None:
        return "unfinished" if last["run_finished"] else "running"
    if last["ok"] is None:
        return "stopped"
    return "ok" if last["ok"] else "failing"
