"""The store in a PostgreSQL, which workers on several machines share. `schema/` has every table with a comment."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import Self

from scraper.store.postgres.database import SCHEMA, Database
from scraper.store.postgres.leases import Lease
from scraper.store.postgres.pace import PostgresPace
from scraper.store.postgres.runs import PostgresRuns
from scraper.store.postgres.waiting import PostgresAddresses
from scraper.store.postgres.words import PostgresArticles
from scraper.store.protocol import Addresses, Articles, Examined, Lines, Pace, Pruned, Runs
from scraper.store.sql.examination import count_rows, find_orphans, forget
from scraper.store.sql.lines import SqlLines

#: What must not be there of the index of words, and what it is called.
ORPHANS = {
    "articles that the search does not know": """
        SELECT count(*) FROM article WHERE id NOT IN (SELECT article_id FROM article_words)
    """
}
_BYTES = """
    SELECT coalesce(sum(pg_total_relation_size(pg_class.oid)), 0)::bigint AS bytes
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = ? AND relkind = 'r'
"""


class PostgresStore:
    """An open store in a database, at an address like `postgresql://db.example.org/news`.

    `create=False` is for commands that want one that is there: they say so instead of making one. With `look` it is
    only read. `clock` is for tests. Raises StoreError.
    """

    def __init__(
        self,
        address: str,
        *,
        create: bool = True,
        look: bool = False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.database = Database(address, create=create, look=look, clock=clock)
        self._lease = Lease(self.database)
        self.addresses: Addresses = PostgresAddresses(self.database, self._lease)
        self.lines: Lines = SqlLines(self.database)
        self._shelf = PostgresArticles(self.database, self.lines)
        self.articles: Articles = self._shelf
        self.runs: Runs = PostgresRuns(self.database, self._lease)
        self.pace: Pace | None = PostgresPace(self.database, self._lease)

    def sole_run(self) -> AbstractContextManager[None]:
        """Return a lock that everybody gets: what runs may not do at once, they take by leases."""
        return nullcontext()

    def forget(self, source: str, *, dry: bool = False) -> Pruned:
        """Take out all that is known of a source; `dry` only tells how much."""
        return forget(self.database, self._shelf, source, dry=dry)

    def examine(self) -> Examined:
        """Return what the store holds and what is wrong with it."""
        [[size]] = self.database.rows(_BYTES, (SCHEMA,))
        problems = find_orphans(self.database, ORPHANS)
        return Examined({**count_rows(self.database), "bytes": size}, tuple(problems))

    def compact(self) -> None:
        """Shrink the tables to what they hold; the database may have others, which are not ours."""
        tables = self.database.rows("SELECT tablename FROM pg_tables WHERE schemaname = ?", (SCHEMA,))
        self.database.execute("VACUUM FULL " + ", ".join(f"{SCHEMA}.{row['tablename']}" for row in tables))

    def close(self) -> None:
        """End the run's lease and the connections; what was committed stays."""
        try:
            self._lease.end()
        finally:
            self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
