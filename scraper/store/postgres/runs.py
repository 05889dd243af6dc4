"""The runs of a store on PostgreSQL, of which several may go on at a time."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from dataclasses import astuple
from typing import TYPE_CHECKING

from scraper.store import policy
from scraper.store.postgres.database import Database
from scraper.store.postgres.leases import Lease
from scraper.store.sql.runs import TROUBLED, SqlRuns

if TYPE_CHECKING:  # as in the protocol
    from scraper.fetch.host import BreakerState
    from scraper.fetch.politeness import KnownHosts

#: Notes the look of a run at a source, unless another run that lives looks at it, or has since this one began.
_LOOK = """
    INSERT INTO source_run (run_id, source, started)
    SELECT :run, :source, :now WHERE NOT EXISTS (
        SELECT 1 FROM source_run JOIN run ON run.id = source_run.run_id
        WHERE source_run.source = :source AND source_run.run_id != :run AND (
            source_run.begun > (SELECT begun FROM run WHERE id = :run) OR (
                source_run.finished IS NULL AND run.finished IS NULL AND run.lease_until > clock_timestamp()
            )
        )
    ) ON CONFLICT DO NOTHING
"""
#: What a dead run had in flight is its own until it is freed.
_OF_OTHERS = """
    SELECT source FROM source_run JOIN run ON run.id = source_run.run_id
    WHERE run.id != :run AND run.finished IS NULL AND run.lease_until > clock_timestamp()
    AND source_run.finished IS NULL
    UNION SELECT source FROM address WHERE next_try = 'infinity' AND run_id != :run
"""
#: A host that another worker has found in trouble since is not out of it.
_RECOVERED = """
    DELETE FROM host WHERE host = ? AND failures = ? AND trips = ? AND open_until = ? AND cause = ?
"""


class PostgresRuns(SqlRuns):
    """Runs and how each source fared in them; each worker's run has its lease."""

    _database: Database

    def __init__(self, database: Database, lease: Lease) -> None:
        super().__init__(database)
        self._lease = lease
        #: What this worker's client knew of hosts last.
        self._knew: dict[str, BreakerState] | None = None

    def begin(self) -> int:
        """Open a run's history, take its lease, and free what dead runs left."""
        self._lease.end()
        machine = socket.gethostname()
        run = self._database.insert("run", started=self._database.now(), pid=os.getpid(), machine=machine)
        self._lease.begin(run)
        self._lease.free_others()
        self._database.execute("DELETE FROM run WHERE id <= ?", (run - policy.KEPT_RUNS,))
        return run

    def end(self, run: int, outcome: str) -> None:
        """Close a run's history, and free what it had."""
        super().end(run, outcome)
        self._lease.end()
        self._lease.free_others()

    def begin_source(self, run: int, source: str) -> bool:
        """Note that the run looks at the source, unless another does."""
        with self._database.write():
            self._database.rows("SELECT pg_advisory_xact_lock(?)", (policy.fingerprint(source),))
            values = {"run": run, "source": source, "now": self._database.now()}
            return bool(self._database.execute(_LOOK, values))

    def sources_of_others(self, run: int) -> set[str]:
        """Return the sources that other runs are at work at, or have left something of in flight."""
        return {row["source"] for row in self._database.rows(_OF_OTHERS, {"run": run})}

    def known_hosts(self) -> KnownHosts:
        """Return what the clients knew of hosts."""
        known = super().known_hosts()
        if self._knew is None:  # what it begins with
            self._knew = {host.host: host for host in known.troubled}
        return known

    def keep_known_hosts(self, known: KnownHosts) -> None:
        """Replace what this worker knew of hosts in trouble, and add to what is known of robots.txt."""
        super().keep_known_hosts(known)
        self._knew = {host.host: host for host in known.troubled}

    def goes_on(self, run: int) -> bool:
        """Return whether the run's lease lives."""
        return self._lease.lives(run)

    def _keep_troubled(self, troubled: Iterable[BreakerState]) -> None:
        """Keep what is new here: what other workers found out meanwhile stands."""
        now, before = {host.host: host for host in troubled}, self._knew or {}
        changed = [astuple(host) for name, host in sorted(now.items()) if before.get(name) != host]
        gone = [astuple(before[name]) for name in sorted(before.keys() - now.keys())]
        self._database.execute_each(_RECOVERED, gone)
        self._database.execute_each(TROUBLED, changed)
