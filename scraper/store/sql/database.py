"""What the tables ask of a database, and where the dialects part."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any, ClassVar, TypeVar, overload

from scraper.times import utc

Value = TypeVar("Value")
Done = TypeVar("Done")
#: A row, whose columns go by name and by number.
Row = Any


class Database(ABC):
    """An open database. Statements name their parameters `:name`, or ask for them with `?`.

    `place` is what errors call it, without a password. `write` is the only way to change anything.
    """

    #: In place of a next try while an address is in flight: behind every time, so it is never due.
    in_flight: ClassVar[str]
    #: From when on an address may be fetched again, in SQL: see `policy.PATIENCE`.
    not_before: ClassVar[str]
    #: What ends a query of rows that one caller alone may take.
    for_one_alone: ClassVar[str] = ""

    #: What says that rows do not go together.
    clash: ClassVar[type[Exception]]

    place: Path | str
    clock: Callable[[], datetime]

    def now(self) -> str:
        """Return the time, as it is kept."""
        return utc(self.clock())

    @abstractmethod
    def write(self) -> AbstractContextManager[Any]:
        """Open a transaction: all of it or none of it; within another one it is part of that."""

    @abstractmethod
    def each(self, query: str, parameters: Any = ()) -> Iterator[Row]:
        """Yield the rows of a query one by one, for results that do not fit into memory."""

    @abstractmethod
    def rows(self, query: str, parameters: Any = ()) -> list[Row]:
        """Return all rows of a query, or of a statement that returns what it changed."""

    @abstractmethod
    def execute(self, statement: str, parameters: Any = ()) -> int:
        """Change something in a transaction; return the number of rows it touched."""

    @abstractmethod
    def execute_each(self, statement: str, parameters: Iterable[Any]) -> None:
        """Change something for each of the parameters, in one transaction."""

    @abstractmethod
    def insert(self, table: str, **values: Any) -> int:
        """Insert a row and return its id."""

    @abstractmethod
    def among(self, column: str, values: Iterable[Any]) -> tuple[str, Any]:
        """Return the condition that a column has one of the values, and its one parameter."""

    @abstractmethod
    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns."""

    @abstractmethod
    def number_on(self, tables: Iterable[str]) -> None:
        """Let new rows be numbered behind those there are."""

    @abstractmethod
    def close(self) -> None:
        """Close the database; what was committed stays."""

    def row(self, query: str, parameters: Any = ()) -> Row | None:
        """Return the first row of a query, if it has any."""
        return next(iter(self.rows(query, parameters)), None)

    def transact(self, work: Callable[[], Done], *, sites: Iterable[str] = ()) -> Done:
        """Return what the work gives, done in one transaction, in which nobody else writes of these sites."""
        with self.write():
            return work()


def steps_of(package: str) -> list[str]:
    """Return the steps of a package's schema in order; a store counts how many of them it has seen."""
    folder = resources.files(package) / "schema"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return [(folder / name).read_text("utf-8") for name in names]


@overload
def valid(value: str) -> str: ...
@overload
def valid(value: Value) -> Value: ...
def valid(value: object) -> object:
    r"""Return a text as it can be kept: without halves of surrogate pairs, which are no characters.

    >>> valid("Rain \ud83d"), valid(7)
    ('Rain ?', 7)
    """
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode()
    return value
