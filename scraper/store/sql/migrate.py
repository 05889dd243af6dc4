"""Copying a whole store into another, of whichever kind each is."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Protocol, cast

from scraper.errors import StoreError
from scraper.store import open_store
from scraper.store.sql.database import Database, Row
from scraper.store.sql.runs import SqlRuns
from scraper.store.sql.shelf import SqlArticles

#: Every table with rows of its own, those first that others refer to.
TABLES = (
    "run", "source_run", "failure", "article", "address", "validator", "page", "version", "site", "line", "host",
    "robots", "moved", "pruned", "source_day", "told",
)  # fmt: skip
#: Columns that are true or false; SQLite has numbers in their place.
SWITCHES = {("source_run", "ok"), ("validator", "gone")}
#: Rows written at a time: a page may have megabytes.
TOGETHER = 200


class _Tables(Protocol):
    """What there is of a store whose tables are in SQL, as those of both kinds are."""

    database: Database
    articles: SqlArticles
    runs: SqlRuns


def migrate(source: Path | str, target: Path | str) -> dict[str, int]:
    """Copy a store into one that is empty or not there yet; return how many rows there are of each table.

    It is there whole or not at all, and the rows of both are counted in the end. Raises StoreError, also when a run
    goes on in a PostgreSQL, and LockHeld when one does in a file.
    """
    with (
        open_store(source, create=False) as old,
        open_store(target) as new,
        old.sole_run(),
        new.sole_run(),
    ):
        before, after = cast("_Tables", old), cast("_Tables", new)
        if any(_counts(after.database).values()):
            raise StoreError(after.database.place, "it is not empty; a store is copied into a new one")
        if old.pace is not None and _runs_go_on(before):  # of files, there is the lock
            raise StoreError(before.database.place, "a run goes on in it; stop it and try again")
        changed = StoreError(before.database.place, "it has changed meanwhile; stop its runs and try again")
        try:
            with after.database.write():
                for table in TABLES:
                    _copy(table, before.database, after.database)
                for number, plain in before.articles.each():
                    after.articles.index(number, plain["title"], plain["text"])
                after.database.number_on(TABLES)
                counts = _counts(after.database)
                if counts != _counts(before.database):
                    raise changed
        except (
            after.database.clash
        ) as error:  # a row came that refers to one of a table that was copied before
            raise changed from error
        return counts


def _runs_go_on(store: _Tables) -> bool:
    runs = store.database.rows("SELECT id FROM run WHERE finished IS NULL")
    return any(store.runs.goes_on(run["id"]) for run in runs)


def _counts(database: Database) -> dict[str, int]:
    tables = (*TABLES, "article_words")
    return {table: database.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables}


def _copy(table: str, old: Database, new: Database) -> None:
    """Copy the columns of a table that both have: what a kind of store needs for itself alone begins anew."""
    columns = [name for name in old.columns(table) if name in new.columns(table)]
    names, places = ", ".join(columns), ", ".join("?" * len(columns))
    rows = (_values(table, row, columns, old) for row in old.each(f"SELECT {names} FROM {table}"))
    while some := list(islice(rows, TOGETHER)):
        new.execute_each(f"INSERT INTO {table} ({names}) VALUES ({places})", some)


def _values(table: str, row: Row, columns: list[str], old: Database) -> list[object]:
    return [_value(table, column, row[column], old) for column in columns]


def _value(table: str, column: str, value: object, old: Database) -> object:
    if (table, column) in SWITCHES:
        return None if value is None else bool(value)
    in_flight = (table, column) == ("address", "next_try") and value == old.in_flight
    return None if in_flight else value  # no run of the new store has it
