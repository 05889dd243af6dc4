"""The store in one SQLite file in WAL mode. `schema/` has every table with a comment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from scraper.store.sqlite.database import Database
from scraper.store.sqlite.lines import SqliteLines
from scraper.store.sqlite.lock import RunLock
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
        self.addresses = SqliteAddresses(self.database)
        self.lines = SqliteLines(self.database)
        self.articles = SqliteArticles(self.database, self.lines)
        self.runs = SqliteRuns(self.database)

    def sole_run(self) -> RunLock:
        """Return the lock of a run, a file beside the store's."""
        return RunLock(self.database.path)

    def compact(self) -> None:
        """Shrink the file to what it holds."""
        self.database.rows("VACUUM")
        self.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file; what was committed stays."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
