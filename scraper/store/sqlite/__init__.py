"""The store in one SQLite file in WAL mode. `schema/` has every table with a comment."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from scraper.store.protocol import Addresses, Articles, Lines, Runs
from scraper.store.sqlite.database import Database
from scraper.store.sqlite.lines import SqliteLines
from scraper.store.sqlite.lock import run_lock
from scraper.store.sqlite.runs import SqliteRuns
from scraper.store.sqlite.shelf import SqliteArticles
from scraper.store.sqlite.waiting import SqliteAddresses


class SqliteStore:
    """An open store in a file; `:memory:` is one that goes when it is closed.

    `create=False` is for commands that only look: they say so when there is no store instead of making one. `clock`
    is for tests. Raises StoreError.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        create: bool = True,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.database = Database(Path(path), create=create, clock=clock)
        self.addresses: Addresses = SqliteAddresses(self.database)
        self.lines: Lines = SqliteLines(self.database)
        self.articles: Articles = SqliteArticles(self.database, self.lines)
        self.runs: Runs = SqliteRuns(self.database)

    def sole_run(self) -> AbstractContextManager[None]:
        """Return the lock of a run, a file beside the store's."""
        return run_lock(self.database.path)

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
