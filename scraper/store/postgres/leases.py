"""The lease of a run: while its worker lives it is renewed; when that dies, what it had is free for others.

A lease goes by the server's clock, whatever the workers' say. It is renewed by a thread of its own, so that a worker
that is busy, or whose caller takes his time with an article, does not lose it.
"""

from __future__ import annotations

import threading

from scraper.errors import StoreError
from scraper.store.postgres.database import Database

#: Seconds after which a run that was not heard of is taken for dead.
LEASE_SECONDS = 30.0
#: How often a run says within that time that it lives.
TIMES = 5

_LEASE = "UPDATE run SET lease_until = clock_timestamp() + make_interval(secs => ?) WHERE id = ?"
#: What ran out is others' already.
_RENEW = f"{_LEASE} AND lease_until > clock_timestamp()"
#: Lets wait again what is in flight in no run, or in one that has ended or is dead. No join: a row that was claimed
#: anew while this looked at it would be compared with the run that had it before.
_FREE = """
    UPDATE address SET next_try = NULL, run_id = NULL WHERE key IN (
        SELECT key FROM address
        WHERE address.state = 'waiting' AND address.next_try = 'infinity'
        AND (address.run_id IS NULL OR address.run_id IN (
            SELECT id FROM run WHERE finished IS NOT NULL OR lease_until < clock_timestamp()
        ))
        FOR UPDATE SKIP LOCKED
    )
"""


class Lease:
    """The lease of this worker's run, if it does one; `run` is its number."""

    def __init__(self, database: Database) -> None:
        self.run: int | None = None
        self._database = database
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self, run: int) -> None:
        """Hold the lease of a run from now on."""
        self.end()
        self.run = run
        self._database.execute(_LEASE, (LEASE_SECONDS, run))
        self._ended.clear()
        self._thread = threading.Thread(target=self._go_on, name=f"lease of run {run}", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Give the lease back, if one is held; what was in flight is free."""
        if self._thread is not None:
            self._ended.set()
            self._thread.join()
            self._thread = None
            self._database.execute(_LEASE, (0.0, self.run))
        self.run = None

    def free_others(self) -> None:
        """Let what was in flight when its run died wait again."""
        self._database.execute(_FREE)

    def lives(self, run: int) -> bool:
        """Return whether a run was heard of lately."""
        query = "SELECT lease_until > clock_timestamp() AS lives FROM run WHERE id = ?"
        row = self._database.row(query, (run,))
        return bool(row and row["lives"])

    def _go_on(self) -> None:
        while not self._ended.wait(LEASE_SECONDS / TIMES):
            try:
                self._database.execute(_RENEW, (LEASE_SECONDS, self.run))
                self.free_others()
            except StoreError:  # whoever keeps the next article meets it too, and says so
                continue
