"""The addresses of a store on PostgreSQL: several workers take of them, none waits for another, none is taken twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scraper.store.postgres.database import Database
from scraper.store.postgres.leases import Lease
from scraper.store.protocol import Waiting
from scraper.store.sql.database import Row
from scraper.store.sql.waiting import SqlAddresses


class PostgresAddresses(SqlAddresses):
    """The addresses that wait to be fetched, and in whose run others are in flight."""

    _database: Database

    def __init__(self, database: Database, lease: Lease) -> None:
        super().__init__(database)
        self._lease = lease

    def _take_in(self, statement: str, items: list[dict[str, Any]]) -> int:
        """Insert or update the addresses, in one order for all workers; return how many are new."""
        items = sorted(items, key=lambda item: str(item["key"]))
        # a row that no transaction has changed yet is new
        told = self._database.rows_of_each(f"{statement} RETURNING (xmax = 0) AS new", items)
        return sum(row["new"] for row in told)

    def claim(self, source: str, most: int) -> list[Waiting]:
        """Return up to `most` of the source's waiting addresses; none for a run that has lost its lease."""
        run = self._lease.run
        return super().claim(source, most) if run is None or self._lease.lives(run) else []

    def _own(self) -> str:
        run = "NULL" if self._lease.run is None else int(self._lease.run)
        return f"next_try = 'infinity' AND run_id IS NOT DISTINCT FROM {run}"

    def _take(self, rows: Iterable[Row]) -> None:
        among, keys = self._database.among("key", (row["key"] for row in rows))
        self._database.execute(
            f"UPDATE address SET tries = tries + 1, cause = NULL, next_try = 'infinity', run_id = ? WHERE {among}",
            (self._lease.run, keys),
        )
