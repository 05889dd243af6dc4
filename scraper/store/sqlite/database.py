"""The database under the store: its schema and migrations, its transactions and its one error."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any

from scraper.errors import StoreError
from scraper.times import utc

#: How long to wait for another process's transaction; ours are a few milliseconds.
BUSY_SECONDS = 15.0
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = NORMAL",  # a power cut may cost the last commits, never the file
    "foreign_keys = ON",
    "cache_size = -16000",
    f"journal_size_limit = {32 << 20}",  # cut back at a checkpoint, so that a busy day leaves no large file
)


class Database:
    """An open database; `write` is the only way to change anything."""

    def __init__(self, path: Path, *, create: bool, clock: Callable[[], datetime]) -> None:
        self.path, self.clock = path, clock
        if not create and not path.is_file():
            raise StoreError(path, "there is no such store; `scrape run` makes it")
        with self._named_errors():
            self.connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            with self._named_errors():
                self.connection.row_factory = sqlite3.Row
                for pragma in PRAGMAS:
                    self.connection.execute(f"PRAGMA {pragma}")
                self._migrate()
        except BaseException:
            self.connection.close()
            raise

    def now(self) -> str:
        """Return the time, as it is kept."""
        return utc(self.clock())

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction: all of it or none of it; within another one it is part of that."""
        with self._named_errors():
            if self.connection.in_transaction:
                yield self.connection
                return
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def execute(self, statement: str, parameters: Any = ()) -> int:
        """Change something in a transaction; return the number of rows it touched."""
        with self.write() as connection:
            return connection.execute(statement, parameters).rowcount

    def execute_each(self, statement: str, parameters: Iterable[Any]) -> None:
        """Change something for each of the parameters, in one transaction."""
        with self.write() as connection:
            connection.executemany(statement, parameters)

    def insert(self, table: str, **values: Any) -> int:
        """Insert a row and return its id."""
        names = ", ".join(values)
        places = ", ".join("?" * len(values))
        with self.write() as connection:
            row = connection.execute(
                f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(values.values())
            )
            assert row.lastrowid is not None
            return row.lastrowid

    def rows(self, query: str, parameters: Any = ()) -> list[sqlite3.Row]:
        """Return all rows of a query."""
        return list(self.each(query, parameters))

    def row(self, query: str, parameters: Any = ()) -> sqlite3.Row | None:
        """Return the first row of a query, if it has any."""
        return next(iter(self.rows(query, parameters)), None)

    def each(self, query: str, parameters: Any = ()) -> Iterator[sqlite3.Row]:
        """Yield the rows of a query one by one, for results that do not fit into memory."""
        with self._named_errors():
            yield from self.connection.execute(query, parameters)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def _migrate(self) -> None:
        """Bring the schema up to date, each step in a transaction of its own."""
        steps = migrations()
        if self._version() > len(steps):
            raise StoreError(self.path, "the store was written by a newer wireclean; update wireclean")
        while self._version() < len(steps):
            with self.write() as connection:
                version = self._version()  # another process may have migrated while we waited
                if version < len(steps):
                    for statement in _statements(steps[version]):
                        connection.execute(statement)
                    connection.execute(f"PRAGMA user_version = {version + 1}")

    def _version(self) -> int:
        return int(self.rows("PRAGMA user_version")[0][0])

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        """Turn SQLite's errors into the store's, with what to do where its words do not say."""
        try:
            yield
        except sqlite3.Error as error:
            text = str(error)
            if "malformed" in text or "not a database" in text:
                text = f"{text}; restore it from a backup, or move it away to start anew"
            elif "locked" in text:
                text = f"{text}: another process kept it locked for {BUSY_SECONDS:.0f} seconds"
            raise StoreError(self.path, text) from error


def migrations() -> list[str]:
    """Return the schema's steps in order; a store's `user_version` is how many of them it has seen."""
    folder = resources.files("scraper.store.sqlite") / "schema"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return [(folder / name).read_text("utf-8") for name in names]


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one: `executescript` would commit the transaction around it."""
    statement = ""
    for line in re.sub(r"--[^\n]*", "", script).splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
