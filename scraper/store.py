"""The database: one SQLite file in WAL mode, its schema and migrations, its transactions and its one error.

What is written where is in `scraper/schema/`, with a comment for every table; the modules beside this one
each write their own tables: `waiting` the addresses, `shelf` pages and articles, `repeated` lines, `history`
runs.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from scraper.errors import ScrapeError

BUSY_SECONDS = 15.0
"""How long to wait for another process's transaction; ours are a few milliseconds."""

CACHE_KIB = 16_000
WAL_BYTES = 32 << 20
"""The write-ahead log is cut back to this size at a checkpoint, so that a busy day leaves no large file."""


class StoreError(ScrapeError):
    """The store cannot be opened, read or written: which file, and what the system said."""

    def __init__(self, path: Path, detail: str) -> None:
        self.path, self.detail = path, detail
        super().__init__(f"{path}: {detail}")


class Store:
    """An open store. Use as a context manager; `write` is the only way to change anything.

    `create=False` is for commands that only look: they say so when there is no store instead of making one.

    >>> with Store(":memory:") as store:
    ...     store.rows("SELECT count(*) AS articles FROM article")[0]["articles"]
    0
    """

    def __init__(self, path: Path | str, *, create: bool = True) -> None:
        self.path = Path(path)
        if not create and not self.path.is_file():
            raise StoreError(self.path, "there is no such store; `scrape run` makes it")
        try:
            self.connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
        except sqlite3.Error as error:
            raise StoreError(self.path, _explained(error)) from error
        try:
            self._set_up()
        except sqlite3.Error as error:
            self.connection.close()
            raise StoreError(self.path, _explained(error)) from error
        except BaseException:
            self.connection.close()
            raise

    def _set_up(self) -> None:
        self.connection.row_factory = sqlite3.Row
        for pragma in (
            "journal_mode = WAL",
            "synchronous = NORMAL",  # a power cut may cost the last commits, never the file
            "foreign_keys = ON",
            f"cache_size = -{CACHE_KIB}",
            f"journal_size_limit = {WAL_BYTES}",
        ):
            self.connection.execute(f"PRAGMA {pragma}")
        self._migrate()

    def _migrate(self) -> None:
        """Bring the schema up to date, each step in a transaction of its own."""
        steps = migrations()
        if self._version() > len(steps):
            raise StoreError(self.path, "the store was written by a newer wireclean; update wireclean")
        while self._version() < len(steps):
            with self.write():
                version = self._version()  # another process may have migrated while we waited
                if version < len(steps):
                    for statement in _statements(steps[version]):
                        self.connection.execute(statement)
                    self.connection.execute(f"PRAGMA user_version = {version + 1}")

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it or none of it. Raises StoreError when the store cannot be written."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise StoreError(self.path, _explained(error)) from error

    def rows(self, query: str, parameters: Any = ()) -> list[sqlite3.Row]:
        """All rows of a query. Raises StoreError when the store cannot be read."""
        try:
            return self.connection.execute(query, parameters).fetchall()
        except sqlite3.Error as error:
            raise StoreError(self.path, _explained(error)) from error

    def each(self, query: str, parameters: Any = ()) -> Iterator[sqlite3.Row]:
        """The rows of a query one by one, for results that do not fit into memory."""
        try:
            yield from self.connection.execute(query, parameters)
        except sqlite3.Error as error:
            raise StoreError(self.path, _explained(error)) from error

    def close(self) -> None:
        """Close the file; what was committed stays."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def migrations() -> list[str]:
    """The schema's steps in order; a store's `user_version` is how many of them it has seen."""
    folder = resources.files("scraper") / "schema"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return [(folder / name).read_text("utf-8") for name in names]


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would commit the transaction around it."""
    statement = ""
    for line in re.sub(r"--[^\n]*", "", script).splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _explained(error: sqlite3.Error) -> str:
    """SQLite's words, with what to do where its words do not say."""
    text = str(error)
    if "malformed" in text or "not a database" in text:
        return f"{text}; restore it from a backup, or move it away to start anew"
    if "locked" in text:
        return f"{text}: another process kept it locked for {BUSY_SECONDS:.0f} seconds"
    return text


def utc(moment: datetime | None = None) -> str:
    """The moment (now, if none is given) as the store prints it; a naive time is taken for UTC.

    >>> utc(datetime(2025, 1, 31, 12, 0, tzinfo=UTC))
    '2025-01-31T12:00:00Z'
    """
    moment = moment or datetime.now(UTC)
    moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
