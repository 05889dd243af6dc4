"""When a host may be asked next, whichever worker asks."""

from __future__ import annotations

from scraper.store.postgres.database import Database
from scraper.store.postgres.leases import Lease

#: Seconds between sending a request and its arrival at most, by which a dead worker's turn is longer than the delay.
ON_THE_WAY = 30.0
#: Who waits for the answer to another worker's request looks again after this part of the delay: soon enough, for after
#: the answer the host is quiet for all of it. And after so many seconds at least.
LOOK_AGAIN, SOONEST = 0.5, 0.02

#: Takes the turn if the host is quiet and nobody has it: its request is answered, or its worker is dead and the time
#: over in which what that sent may have arrived.
_TAKE = """
    INSERT INTO pace (host, run_id, lost_after)
    VALUES (:host, :run, clock_timestamp() + make_interval(secs => :lost))
    ON CONFLICT (host) DO UPDATE SET run_id = excluded.run_id, lost_after = excluded.lost_after
    WHERE pace.quiet_until <= clock_timestamp() AND (
        pace.run_id IS NULL OR pace.run_id = excluded.run_id OR (
            pace.lost_after <= clock_timestamp() AND NOT EXISTS (
                SELECT 1 FROM run
                WHERE run.id = pace.run_id AND run.finished IS NULL AND run.lease_until > clock_timestamp()
            )
        )
    )
"""
_LEFT = (
    "SELECT extract(epoch FROM quiet_until - clock_timestamp())::float AS seconds FROM pace WHERE host = ?"
)
_QUIET = """
    UPDATE pace SET quiet_until = greatest(quiet_until, clock_timestamp() + make_interval(secs => :seconds))
    WHERE host = :host
"""
_ANSWERED = """
    UPDATE pace SET run_id = NULL,
                    quiet_until = greatest(quiet_until, clock_timestamp() + make_interval(secs => :seconds))
    WHERE host = :host AND run_id = :run
"""


class PostgresPace:
    """The turns at hosts, which all workers of a store share."""

    def __init__(self, database: Database, lease: Lease) -> None:
        self._database, self._lease = database, lease

    def take(self, host: str, delay: float) -> float:
        """Take the turn at a host, and return 0.0; or return in how many seconds to ask again."""
        values = {"host": host, "run": self._lease.run, "lost": delay + ON_THE_WAY}
        if self._database.execute(_TAKE, values):
            return 0.0
        row = self._database.row(_LEFT, (host,))
        return left if (left := row["seconds"] if row else 0.0) > 0 else max(delay * LOOK_AGAIN, SOONEST)

    def answered(self, host: str, delay: float) -> None:
        """Give the turn back: the host has begun to answer, and gets no request for the delay's seconds."""
        self._database.execute(_ANSWERED, {"host": host, "run": self._lease.run, "seconds": delay})

    def hold(self, host: str, seconds: float) -> None:
        """Let no worker ask the host for so long."""
        self._database.execute(_QUIET, {"host": host, "seconds": seconds})
