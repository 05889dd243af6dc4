"""The database under the store: its schema and migrations, its transactions and its one error."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from scraper.errors import NoStore, StoreError
from scraper.store import policy
from scraper.store.sql import database as sql
from scraper.store.sql.database import steps_of

#: How long to wait for another process's transaction; ours are a few milliseconds.
BUSY_SECONDS = 15.0
#: What SQLite's header says of a file that is ours: "wire" in ASCII. Stores older than the third step say nothing.
APPLICATION = 0x77697265
#: A table that every store has, of whatever age.
OLDEST_TABLE = "address"
#: What says that a value cannot be kept, and nothing of the file: a fault of one address, not of the store.
OF_ONE_VALUE = (sqlite3.DataError, sqlite3.IntegrityError, sqlite3.InterfaceError)
READING = ("foreign_keys = ON", "cache_size = -16000")
WRITING = (
    "journal_mode = WAL",
    "synchronous = NORMAL",  # a power cut may cost the last commits, never the file
    f"journal_size_limit = {32 << 20}",  # cut back at a checkpoint, so that a busy day leaves no large file
)
#: What to do with a file that is damaged.
_DAMAGED = "; restore it from a backup, or move it away to start anew"
_NOT_BEFORE = f"""
    strftime('%Y-%m-%dT%H:%M:%SZ', coalesce(asked, found), printf('+%d seconds', max(
        {policy.PATIENCE.total_seconds():.0f}, strftime('%s', coalesce(asked, found)) - strftime('%s', found)
    )))
"""


class Database(sql.Database):
    """An open file; `write` is the only way to change anything.

    `create=False` opens what is there alone; with `look` it is only read, so that the file may be another user's.
    """

    in_flight = "in flight"
    not_before = _NOT_BEFORE
    clash = sqlite3.IntegrityError

    def __init__(
        self, path: Path, *, create: bool, look: bool = False, clock: Callable[[], datetime]
    ) -> None:
        self.path, self.clock, self.may_write = path, clock, not look
        self.place = path
        if look or not create:
            self._check_there()
        with self._named_errors():
            self.connection = self._connect_to_read() if look else self._connect(path)
        try:
            with self._named_errors():
                self._set_up(() if look else WRITING)
        except BaseException:
            self.connection.close()
            raise

    def _check_there(self) -> None:
        try:
            there = self.path.is_file()
        except OSError as error:
            raise StoreError(self.path, (error.strerror or str(error)).lower()) from None
        if not there or not self.path.stat().st_size:  # `> wire.db` makes no store
            raise NoStore(self.path)

    def _connect(self, place: Path | str, *, uri: bool = False) -> sqlite3.Connection:
        connection = sqlite3.connect(place, timeout=BUSY_SECONDS, isolation_level=None, uri=uri)
        connection.row_factory = sqlite3.Row
        return connection

    def _connect_to_read(self) -> sqlite3.Connection:
        """Return a connection that writes nothing, unless the store is an older program's and has to be changed.

        For readers and writers beside each other SQLite wants files beside the store. Who may not write the store
        must not leave such files there, for its owner could not use them; and needs none while nobody writes.
        """
        place, ours = self.path.absolute().as_uri(), os.access(self.path, os.W_OK)
        journal = Path(f"{self.path}-wal")
        alone = not ours and not (journal.exists() and journal.stat().st_size)
        connection = self._connect(f"{place}?mode=ro{'&immutable=1' if alone else ''}", uri=True)
        if ours and 0 < connection.execute("PRAGMA user_version").fetchone()[0] < len(migrations()):
            connection.close()
            return self._connect(self.path)
        return connection

    def _set_up(self, pragmas: Iterable[str]) -> None:
        """Bring an open file to where it can be used; what is not ours is not touched."""
        for pragma in READING:
            self.connection.execute(f"PRAGMA {pragma}")
        self._check_ours()
        for pragma in pragmas:
            self.connection.execute(f"PRAGMA {pragma}")
        self._migrate()

    def _check_ours(self) -> None:
        application = self.rows("PRAGMA application_id")[0][0]
        tables = {row["name"] for row in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        strange = not self._version() or OLDEST_TABLE not in tables
        if application not in (0, APPLICATION) or (tables and strange):
            raise StoreError(
                self.path, "this is the database of another program; name another file with --db"
            )

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

    def among(self, column: str, values: Iterable[Any]) -> tuple[str, str]:
        """Return the condition that a column has one of the values, and its one parameter."""
        return f"{column} IN (SELECT value FROM json_each(?))", json.dumps(list(values))

    def each(self, query: str, parameters: Any = ()) -> Iterator[sqlite3.Row]:
        """Yield the rows of a query one by one, for results that do not fit into memory."""
        with self._named_errors():
            # `yield from` would close the cursor of who stops early: an error where the connection is closed by then.
            for row in self.connection.execute(query, parameters):  # noqa: UP028
                yield row

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns."""
        return [row["name"] for row in self.rows(f"PRAGMA table_info({table})")]

    def number_on(self, tables: Iterable[str]) -> None:
        """Do nothing: SQLite numbers them so by itself."""

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
                    connection.execute(f"PRAGMA application_id = {APPLICATION}")

    def _version(self) -> int:
        return int(self.rows("PRAGMA user_version")[0][0])

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        """Turn SQLite's errors into the store's, with what to do where its words do not say."""
        try:
            yield
        except UnicodeDecodeError as error:  # SQLite's own words about a broken schema
            raise StoreError(self.path, f"database disk image is malformed{_DAMAGED}") from error
        except sqlite3.Error as error:
            if isinstance(error, OF_ONE_VALUE):
                raise
            text = str(error)
            if "malformed" in text or "not a database" in text:
                text += _DAMAGED
            elif "readonly" in text:
                text = f"{text}: its owner alone can write it, or bring it up to date"
            elif "locked" in text:
                text = f"{text}: another process kept it locked for {BUSY_SECONDS:.0f} seconds"
            raise StoreError(self.path, text) from error


def migrations() -> list[str]:
    """Return the schema's steps in order; a store's `user_version` is how many of them it has seen."""
    return steps_of("scraper.store.sqlite")


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one: `executescript` would commit the transaction around it."""
    statement = ""
    for line in re.sub(r"--[^\n]*", "", script).splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
