"""The tables of runs, and of what the client remembers between them."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import astuple
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from scraper.addresses import bare, host_of
from scraper.store import policy
from scraper.store.protocol import Day, Failure, SourceStatus, Tally
from scraper.store.sql.database import Database, Row
from scraper.store.sql.waiting import latest_try, note_failure
from scraper.times import LONGEST_WAIT, latest, utc

if TYPE_CHECKING:  # as in the protocol
    from scraper.errors import FetchError
    from scraper.fetch.host import BreakerState
    from scraper.fetch.politeness import KnownHosts

_COUNTS = """
    SELECT source, count(*) AS articles, count(*) FILTER (WHERE fetched >= :day_ago) AS today
    FROM article GROUP BY source
"""
_WAITING = """
    SELECT source, count(*) FILTER (WHERE state = 'waiting') AS waiting,
           count(*) FILTER (WHERE state = 'failed') AS given_up,
           min(next_try) FILTER (WHERE state = 'waiting' AND next_try <= :latest) AS next_try
    FROM address WHERE state != 'kept' GROUP BY source
"""
#: Steps from source to source in the index: grouping would read the history of all of them.
_SOURCES = """
    WITH RECURSIVE named (source) AS (
        SELECT min(source) FROM source_run UNION ALL
        SELECT (SELECT min(source) FROM source_run WHERE source > named.source) FROM named WHERE source IS NOT NULL
    )
"""
_RUNS = f"""
    {_SOURCES} SELECT source, (SELECT max(run_id) FROM source_run WHERE source = named.source) AS run_id
    FROM named WHERE source IS NOT NULL
"""
_LOOKS = f"""
    {_SOURCES} SELECT source, (
        SELECT started FROM source_run WHERE source = named.source ORDER BY run_id DESC LIMIT 1
    ) AS at FROM named WHERE source IS NOT NULL
"""
_LAST_RUN = """
    SELECT run_id, source_run.started AS last_run, source_run.finished, source_run.ok, source_run.new,
           source_run.changed, source_run.failed, run.finished AS run_finished, run.outcome
    FROM source_run JOIN run ON run.id = source_run.run_id WHERE run_id = ? AND source = ?
"""
_LAST_SUCCESS = """
    SELECT coalesce(finished, started) AS at, run_id FROM source_run
    WHERE source = ? AND ok IS TRUE ORDER BY run_id DESC LIMIT 1
"""
_FAILING = "SELECT count(*) AS runs FROM source_run WHERE source = ? AND ok IS FALSE AND run_id > ?"
_CAUSES = """
    SELECT failure.id, source, at, failure.cause, url, detail, times FROM failure JOIN (
        SELECT max(id) AS id, count(DISTINCT url) AS times FROM failure
        WHERE source = :source AND (run_id = :run OR (cause, url) IN (
            SELECT cause, url FROM address WHERE source = :source AND state != 'kept' AND cause IS NOT NULL
        ))
        GROUP BY cause
    ) AS last ON last.id = failure.id ORDER BY times DESC, failure.cause
"""
_DAYS = """
    SELECT source, day, articles, lines, removed, captions FROM source_day WHERE day >= ? ORDER BY source, day
"""
_FAILURES = """
    SELECT id, source, at, cause, url, detail, 1 AS times, trace FROM failure
    {where} ORDER BY id DESC LIMIT :most
"""
TROUBLED = """
    INSERT INTO host (host, failures, trips, open_until, cause) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (host) DO UPDATE SET failures = excluded.failures, trips = excluded.trips,
                                     open_until = excluded.open_until, cause = excluded.cause
"""
_ROBOTS = """
    INSERT INTO robots (origin, status, text, fetched) VALUES (?, ?, ?, ?)
    ON CONFLICT (origin) DO UPDATE SET status = excluded.status, text = excluded.text, fetched = excluded.fetched
"""


class SqlRuns(ABC):
    """Runs and how each source fared in them, and what the client remembers of hosts between runs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self) -> int:
        """Open a run's history and free what a killed run left."""
        with self._database.write():
            self._free()
            run = self._database.insert("run", started=self._database.now(), pid=os.getpid())
            self._database.execute("DELETE FROM run WHERE id <= ?", (run - policy.KEPT_RUNS,))
            return run

    def _free(self) -> None:
        """Let what was in flight when its run died wait again."""
        self._database.execute(
            "UPDATE address SET next_try = NULL WHERE state = 'waiting' AND next_try = ?",
            (self._database.in_flight,),
        )

    @abstractmethod
    def goes_on(self, run: int) -> bool:
        """Return whether a run that has not ended is still at work."""

    def end(self, run: int, outcome: str) -> None:
        """Close a run's history; `outcome` is done, failures, stopped or broken."""
        self._database.execute(
            "UPDATE run SET finished = ?, outcome = ? WHERE id = ?", (self._database.now(), outcome, run)
        )

    def begin_source(self, run: int, source: str) -> bool:
        """Note that the run looks at the source, for nobody else does."""
        self._database.execute(
            "INSERT INTO source_run (run_id, source, started) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (run, source, self._database.now()),
        )
        return True

    def end_source(self, run: int, source: str, tally: Tally, *, stopped: bool = False) -> None:
        """Note how the source fared; a run that was told to stop, or to wait, cannot say that a source works."""
        counts = tally.found, tally.new, tally.changed, tally.unchanged, tally.failed
        ok = None if (stopped or tally.waits) and tally.ok else tally.ok
        self._database.execute(
            """
            UPDATE source_run SET finished = ?, ok = ?, found = ?, new = ?, changed = ?, unchanged = ?, failed = ?
            WHERE run_id = ? AND source = ?
            """,
            (self._database.now(), ok, *counts, run, source),
        )

    def sources_of_others(self, run: int) -> set[str]:
        """Return the sources that other runs are at work at: of one run at a time, none."""
        return set()

    def note_failure(self, run: int, source: str, error: FetchError) -> None:
        """Write a failure into the run's history."""
        note_failure(self._database, run, source, error, error.url)

    def failures(self, which: str | None = None, *, most: int = 20) -> list[Failure]:
        """Return the latest failures, the last first: all, or those of an address, or the one of a number."""
        number = int(which) if which and which.isascii() and which.isdigit() and len(which) < 19 else None
        where = "" if which is None else "WHERE url = :which" if number is None else "WHERE id = :number"
        values = {"which": which and bare(which), "number": number, "most": most}
        return [_failure(row) for row in self._database.rows(_FAILURES.format(where=where), values)]

    def last_looks(self) -> dict[str, datetime]:
        """Return when each source was looked at last."""
        return {row["source"]: datetime.fromisoformat(row["at"]) for row in self._database.rows(_LOOKS)}

    def days(self, since: date) -> list[Day]:
        """Return what came in of each source on each day since."""
        rows = self._database.rows(_DAYS, (since.isoformat(),))
        return [Day(source, date.fromisoformat(day), *counts) for source, day, *counts in rows]

    def told(self) -> set[tuple[str, str]]:
        """Return what somebody was told last."""
        return {(row["source"], row["what"]) for row in self._database.rows("SELECT source, what FROM told")}

    def keep_told(self, told: Iterable[tuple[str, str]]) -> None:
        """Replace what somebody was told."""
        with self._database.write():
            self._database.execute("DELETE FROM told")
            self._database.execute_each("INSERT INTO told (source, what) VALUES (?, ?)", sorted(told))

    def statuses(self, day_ago: datetime) -> list[SourceStatus]:
        """Return the status of every source the store has heard of, by name."""
        known: dict[str, dict[str, Any]] = {}
        for query in (_COUNTS, _WAITING, _RUNS):
            values = {"day_ago": utc(day_ago), "latest": latest_try(self._database)}
            for row in self._database.rows(query, values):
                known.setdefault(row["source"], {}).update(dict(row))
        return [self._status(known[name]) for name in sorted(known)]

    def known_hosts(self) -> KnownHosts:
        """Return what the client knew of hosts when the last run ended."""
        from scraper.fetch.host import BreakerState  # for runs and their status
        from scraper.fetch.politeness import KnownHosts  # as above
        from scraper.fetch.robots import RobotsRecord  # as above

        hosts = self._database.rows(
            "SELECT host, failures, trips, open_until, cause FROM host WHERE open_until <= ?",
            (self._latest_opening(),),
        )
        robots = self._database.rows("SELECT origin, status, text, fetched FROM robots")
        return KnownHosts(
            tuple(BreakerState(*row) for row in hosts), tuple(RobotsRecord(*row) for row in robots)
        )

    def keep_known_hosts(self, known: KnownHosts) -> None:
        """Replace what is known of hosts in trouble, and add to what is known of robots.txt."""

        def keep() -> None:
            self._keep_troubled(known.troubled)
            # in one order for all workers
            self._database.execute_each(_ROBOTS, sorted(map(astuple, known.robots), key=itemgetter(0)))

        self._database.transact(keep)

    def _keep_troubled(self, troubled: Iterable[BreakerState]) -> None:
        self._database.execute("DELETE FROM host")
        self._database.execute_each(TROUBLED, map(astuple, troubled))

    def _status(self, known: dict[str, Any]) -> SourceStatus:
        run, source = known.pop("run_id", None), known["source"]
        if run is not None:
            [last] = self._database.rows(_LAST_RUN, (run, source))
            success = last["finished"], run
            if not last["ok"]:
                success = tuple(self._database.row(_LAST_SUCCESS, (source,)) or (None, 0))
            [[failing]] = self._database.rows(_FAILING, (source, success[1])) if last["ok"] == 0 else [[0]]
            causes = self._database.rows(_CAUSES, {"run": run, "source": source})
            known |= {name: last[name] for name in ("last_run", "new", "changed", "failed")}
            known |= {"last_success": success[0], "failing": failing}
            known |= {"state": self._state(last), "failures": tuple(map(_failure, causes))}
            known["next_try"] = known.get("next_try") or self._reopening({row["url"] for row in causes})
        for name in ("last_run", "last_success", "next_try"):
            known[name] = datetime.fromisoformat(known[name]) if known.get(name) else None
        return SourceStatus(**known)

    def _reopening(self, failed: Iterable[str]) -> str | None:
        """Return when the first of the hosts of what failed, which are left alone, is asked again."""
        among, hosts = self._database.among("host", sorted({host_of(url) for url in failed}))
        query = f"SELECT min(open_until) FROM host WHERE open_until > ? AND open_until <= ? AND {among}"
        now = self._database.clock().timestamp()
        [[opens]] = self._database.rows(query, (now, self._latest_opening(), hosts))
        return opens and utc(datetime.fromtimestamp(opens, UTC))

    def _latest_opening(self) -> float:
        """Return the latest time until which a host can be left alone."""
        return latest(self._database.clock(), LONGEST_WAIT).timestamp()

    def _state(self, last: Row) -> str:
        if last["finished"] is None:
            if last["run_finished"]:
                return "unfinished"
            return "running" if self.goes_on(last["run_id"]) else "died"
        if last["ok"] is None:
            return "stopped" if last["outcome"] in ("stopped", "broken") else "waiting"
        return "ok" if last["ok"] else "failing"


def _failure(row: Row) -> Failure:
    return Failure(**{**dict(row), "at": datetime.fromisoformat(row["at"])})
