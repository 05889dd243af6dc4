"""The PostgreSQL under the store: its connections, its transactions, its schema and its one error."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any

import psycopg
from psycopg.adapt import Buffer
from psycopg.errors import DeadlockDetected, ProgramLimitExceeded, SerializationFailure, UniqueViolation
from psycopg.types.string import StrDumperUnknown, TextLoader
from psycopg_pool import ConnectionPool

from scraper.errors import NoStore, StoreError
from scraper.store import name_of, policy
from scraper.store.sql import database as sql
from scraper.store.sql.database import Done, Row, steps_of

#: The schema that the tables are in: the database may be other programs' too.
SCHEMA = "wireclean"
#: Connections of one worker: one for what it keeps, one for its lease, one for an article that somebody reads.
MOST_CONNECTIONS = 4
#: Seconds to wait for the server to answer, and for a connection of ours to be free.
ANSWER_SECONDS = 15
#: How often what came in another worker's way is done again, and how much later each time, at most.
MOST_TIMES, LATER_SECONDS = 5, 0.05
#: What says that a value cannot be kept, and nothing of the database: a fault of one address, not of the store.
OF_ONE_VALUE = (psycopg.DataError, psycopg.IntegrityError, ProgramLimitExceeded)
#: What is said of an address instead of what is wrong with it, which may be a part of the password.
UNREADABLE = "the address of the database cannot be read; signs like @ in a password are written %40"
#: What a mark in a statement is here; `::` is no mark.
_MARK = re.compile(r"(?<!:):([a-z_]+)|\?|%")
_NOT_BEFORE = f"""
    coalesce(address.asked, address.found) + greatest(
        interval '{policy.PATIENCE.total_seconds():.0f} seconds', coalesce(address.asked, address.found) - address.found
    )
"""


class Database(sql.Database):
    """A database at an address, over a pool of connections; several threads may use it."""

    in_flight = "infinity"
    not_before = _NOT_BEFORE
    clash = psycopg.IntegrityError
    for_one_alone = " FOR UPDATE OF address SKIP LOCKED"

    def __init__(
        self, address: str, *, create: bool, look: bool = False, clock: Callable[[], datetime]
    ) -> None:
        self.place, self.clock, self._look = name_of(address), clock, look
        self._here = threading.local()
        login, _, path = address.partition("://")[2].partition("?")[0].partition("/")
        if (
            login.count("@") > 1 or "@" in path
        ):  # a part of the password would be taken for the host, and told
            raise StoreError(self.place, UNREADABLE)
        with self._named_errors():
            # asked by itself first: a pool tells of no error, it tries again
            with psycopg.connect(address, autocommit=True, connect_timeout=ANSWER_SECONDS) as connection:
                self._set_up(connection, create=create and not look)
            self._pool = ConnectionPool(
                address,
                min_size=1,
                max_size=MOST_CONNECTIONS,
                timeout=ANSWER_SECONDS,
                kwargs={"autocommit": True, "connect_timeout": ANSWER_SECONDS, "row_factory": _rows_of},
                configure=self._configure,
                open=True,
            )

    def _configure(self, connection: psycopg.Connection[Any]) -> None:
        connection.execute(f"SET search_path TO {SCHEMA}")
        # as the loaders below read it, whatever the database, the user or the environment would have
        for setting, value in (("timezone", "UTC"), ("datestyle", "ISO"), ("client_encoding", "UTF8")):
            connection.execute(f"SET {setting} TO '{value}'")
        # as with SQLite: a power cut may cost the last commits, never the database; they are fetched again
        connection.execute("SET synchronous_commit TO off")
        if self._look:
            connection.execute("SET default_transaction_read_only TO on")
        for kind in ("timestamptz", "timestamp"):
            connection.adapters.register_loader(kind, _TimeLoader)
        for kind in ("json", "date"):
            connection.adapters.register_loader(kind, TextLoader)
        connection.adapters.register_dumper(str, _TextDumper)

    def _set_up(self, connection: psycopg.Connection[Any], *, create: bool) -> None:
        """Bring the schema up to date, if it is ours, each step in a transaction of its own."""
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise StoreError(self.place, f"its encoding is {encoding}; a store needs a database in UTF8")
        steps, version = steps_of("scraper.store.postgres"), self._version(connection)
        if version > len(steps):
            raise StoreError(self.place, "the store was written by a newer wireclean; update wireclean")
        if not version and not create:
            raise NoStore(self.place)
        while (version := self._version(connection)) < len(steps) and not self._look:
            with connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (SCHEMA,))
                if self._version(connection) != version:  # another worker was first
                    continue
                if not version:
                    connection.execute(f"CREATE SCHEMA {SCHEMA}")
                connection.execute(f"SET LOCAL search_path TO {SCHEMA}")
                connection.execute(steps[version].encode())
                connection.execute(f"COMMENT ON SCHEMA {SCHEMA} IS 'wireclean {version + 1}'")

    def _version(self, connection: psycopg.Connection[Any]) -> int:
        """Return how many steps of the schema the store has seen: its schema says it."""
        query = "SELECT obj_description(oid) FROM pg_namespace WHERE nspname = %s"
        row = connection.execute(query, (SCHEMA,)).fetchone()
        told = re.fullmatch(r"wireclean (\d+)", row[0] or "") if row else None
        if row and not told:
            raise StoreError(
                self.place, f"its schema {SCHEMA} is another program's; name another database with --db"
            )
        return int(told[1]) if told else 0

    @contextmanager
    def _connection(self) -> Iterator[psycopg.Connection[Any]]:
        """Give this thread's transaction, or a connection for one statement."""
        with self._named_errors():
            if (open_one := getattr(self._here, "connection", None)) is not None:
                yield open_one
            else:
                with self._pool.connection() as connection:
                    yield connection

    @contextmanager
    def write(self) -> Iterator[None]:
        """Open a transaction of this thread: all of it or none of it; within another one it is part of that."""
        if getattr(self._here, "connection", None) is not None:
            yield
            return
        with self._connection() as connection, connection.transaction():
            self._here.connection = connection
            try:
                yield
            finally:
                self._here.connection = None

    def transact(self, work: Callable[[], Done], *, sites: Iterable[str] = ()) -> Done:
        """Return what the work gives, done in one transaction, in which nobody else writes of these sites.

        Done again when it and another worker's came in each other's way, and once when both wrote the same: the second
        time it sees what the other wrote.
        """
        within, times = getattr(self._here, "connection", None) is not None, 0
        while True:
            times += 1
            try:
                with self.write():
                    for number in sorted({policy.fingerprint(site) for site in sites}):
                        self.rows("SELECT pg_advisory_xact_lock(?)", (number,))
                    return work()
            except UniqueViolation:
                if within or times > 1:
                    raise
            except StoreError as error:
                again = isinstance(error.__cause__, DeadlockDetected | SerializationFailure)
                if within or not again or times == MOST_TIMES:
                    raise
                time.sleep(random.uniform(0, times * LATER_SECONDS))

    def execute(self, statement: str, parameters: Any = ()) -> int:
        """Change something; return the number of rows it touched."""
        with self._connection() as connection:
            return connection.execute(_translated(statement), parameters).rowcount

    def execute_each(self, statement: str, parameters: Iterable[Any]) -> None:
        """Change something for each of the parameters, in one transaction."""
        with self.write(), self._connection() as connection, connection.cursor() as cursor:
            cursor.executemany(_translated(statement), list(parameters))

    def insert(self, table: str, **values: Any) -> int:
        """Insert a row and return its id."""
        names, places = ", ".join(values), ", ".join("?" * len(values))
        statement = f"INSERT INTO {table} ({names}) VALUES ({places}) RETURNING id"
        [[number]] = self.rows(statement, tuple(values.values()))
        return int(number)

    def rows(self, query: str, parameters: Any = ()) -> list[Row]:
        """Return all rows of a query, or of a statement that returns what it changed."""
        with self._connection() as connection:
            return connection.execute(_translated(query), parameters).fetchall()

    def rows_of_each(self, statement: str, parameters: Iterable[Any]) -> list[Row]:
        """Change something for each of the parameters, in one transaction; return what the statements return."""
        with self.write(), self._connection() as connection, connection.cursor() as cursor:
            cursor.executemany(_translated(statement), list(parameters), returning=True)
            return [row for result in cursor.results() for row in result]

    def each(self, query: str, parameters: Any = ()) -> Iterator[Row]:
        """Yield the rows of a query one by one, for results that do not fit into memory."""
        with (
            self._named_errors(),
            self._pool.connection() as connection,
            connection.transaction(),
            connection.cursor(name="each") as cursor,
        ):
            yield from cursor.execute(_translated(query), parameters)

    def among(self, column: str, values: Iterable[Any]) -> tuple[str, list[Any]]:
        """Return the condition that a column has one of the values, and its one parameter."""
        return f"{column} = ANY(?)", list(values)

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns."""
        query = "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = ? AND table_name = ?"
        return [row["name"] for row in self.rows(query, (SCHEMA, table))]

    def number_on(self, tables: Iterable[str]) -> None:
        """Let new rows be numbered behind those there are."""
        for table in tables:
            if "id" in self.columns(table):
                self.rows(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        """Turn the server's errors into the store's, without what they may say of the address."""
        try:
            yield
        except psycopg.ProgrammingError as error:
            if (
                error.sqlstate is None
            ):  # the address could not be read: what is told may be a part of the password
                raise StoreError(self.place, UNREADABLE) from None
            raise StoreError(self.place, str(error)) from error
        except psycopg.Error as error:
            if isinstance(error, OF_ONE_VALUE):
                raise
            told = (error.diag.message_primary or str(error)).strip().splitlines()
            raise StoreError(self.place, told[0] if told else type(error).__name__) from error


class _TimeLoader(TextLoader):
    """Loads a time as it is kept elsewhere: 2025-01-31T12:00:00Z."""

    def load(self, data: Buffer) -> str:
        text = bytes(data).decode()
        return text if "infinity" in text else f"{text[:10]}T{text[11:19]}Z"


class _TextDumper(StrDumperUnknown):
    """Writes a text, but for the one character that PostgreSQL can keep in none."""

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\0", ""))


@lru_cache(maxsize=512)
def _translated(statement: str) -> bytes:
    """Return a statement with psycopg's marks for its parameters."""
    marks = {"?": "%s", "%": "%%"}
    return _MARK.sub(lambda found: marks.get(found[0]) or f"%({found[1]})s", statement).encode()


@lru_cache(maxsize=512)
def _row_type(names: tuple[str, ...]) -> type[tuple[Any, ...]]:
    """Return the type of a row whose columns go by name and by number, as sqlite3's do."""
    numbers = {name: number for number, name in enumerate(names)}

    class NamedRow(tuple[Any, ...]):
        __slots__ = ()

        def __getitem__(self, column: Any) -> Any:
            return tuple.__getitem__(self, numbers[column] if isinstance(column, str) else column)

        def keys(self) -> tuple[str, ...]:
            return names

    return NamedRow


def _rows_of(cursor: psycopg.Cursor[Any]) -> Callable[[Any], Any]:
    return _row_type(tuple(column.name for column in cursor.description or ()))
