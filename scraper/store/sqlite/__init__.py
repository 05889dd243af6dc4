"""The store in one SQLite file in WAL mode. `schema/` has every table with a comment."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from scraper.store.protocol import Addresses, Articles, Examined, Lines, Pace, Pruned, Runs
from scraper.store.sql.examination import forget
from scraper.store.sql.lines import SqlLines
from scraper.store.sql.waiting import SqlAddresses
from scraper.store.sqlite.database import Database
from scraper.store.sqlite.examination import examine
from scraper.store.sqlite.lock import run_lock
from scraper.store.sqlite.runs import SqliteRuns
from scraper.store.sqlite.words import SqliteArticles


class SqliteStore:
    """An open store in a file; `:memory:` is one that goes when it is closed.

    `create=False` is for commands that want one that is there: they say so instead of making one. With `look` it is
    only read. `clock` is for tests. Raises StoreError.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        create: bool = True,
        look: bool = False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.database = Database(Path(path), create=create, look=look, clock=clock)
        self.addresses: Addresses = SqlAddresses(self.database)
        self.lines: Lines = SqlLines(self.database)
        self._shelf = SqliteArticles(self.database, self.lines)
        self.articles: Articles = self._shelf
        self.runs: Runs = SqliteRuns(self.database)
        self.pace: Pace | None = None  # one run at a time

    def sole_run(self) -> AbstractContextManager[None]:
        """Return the lock of a run, a file beside the store's."""
        return run_lock(self.database.path)

    def forget(self, source: str, *, dry: bool = False) -> Pruned:
        """Take out all that is known of a source; `dry` only tells how much."""
        return forget(self.database, self._shelf, source, dry=dry)

    def examine(self) -> Examined:
        """Return what the store holds and what is wrong with it."""
        return examine(self.database)

    def compact(self) -> None:
        """Shrink the file to what it holds."""
        self.database.rows("VACUUM")
        self.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file; what was committed stays."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
