"""What a scraper keeps: addresses that wait, pages and articles, the lines that sites repeat, runs.

`protocol` says what every store can do, `policy` and `query` what all of them decide alike, `sql` has the tables of
those that speak SQL. Each kind of database is a folder beside them (`sqlite`, `postgres`), a line in `open_store`, and
a line in the store's tests, which run against all.
"""

from __future__ import annotations

import os
from pathlib import Path

from cleaners.errors import WrongUsage
from scraper.errors import StoreError
from scraper.store.protocol import Store

#: How the address of a PostgreSQL begins, as its own tools write it.
POSTGRES = ("postgresql://", "postgres://")

#: What the names of a store's files end in: its own, those of SQLite beside it, and its lock.
ENDINGS = ("", "-wal", "-shm", "-journal", ".lock")


def is_address(place: Path | str) -> bool:
    """Return whether a store is at an address, and not in a file."""
    return "://" in str(place)


def name_of(place: Path | str) -> str:
    """Return what a store may be called in output: its file, or its address without user, password and options.

    >>> name_of("postgresql://desk:secret@db.example.org:5432/news?sslmode=require")
    'postgresql://db.example.org:5432/news'
    """
    if not is_address(place):
        return str(place)
    if not str(place).startswith(POSTGRES):  # who knows what is a password in it
        return f"{str(place).partition('://')[0]}://…"
    rest, _, options = str(place).partition("://")[2].partition("?")
    if "@" in rest:
        rest = rest.rpartition("@")[2]
    elif "@" in options:  # perhaps a password with a question mark
        rest = "…"
    return f"postgresql://{rest}"


def refuse_own(target: Path | str, place: Path | str, *others: Path | str) -> None:
    """Raise WrongUsage for a file to write to that is one of the store's at `place`, or of the others.

    >>> refuse_own("wire.db-wal", "wire.db")
    Traceback (most recent call last):
        ...
    cleaners.errors.WrongUsage: wire.db-wal: something else is kept there; name another file
    """
    files = () if is_address(place) else (f"{place}{ending}" for ending in ENDINGS)
    if not is_address(target) and any(_are_one(target, file) for file in (*files, *others)):
        raise WrongUsage(f"{target}: something else is kept there; name another file")


def _are_one(target: Path | str, other: Path | str) -> bool:
    try:
        return Path(target).samefile(other)
    except OSError:  # one is not there yet
        return os.path.realpath(target) == os.path.realpath(other)


def open_store(place: Path | str, *, create: bool = True, look: bool = False) -> Store:
    """Open the store at `place`, a file or the address of a PostgreSQL. Raises StoreError.

    It is made if it is not there and `create` allows it.

    With `look` it must be there and is only read: it may be another user's, or on a disk that cannot be written.

    >>> with open_store(":memory:") as store:
    ...     store.articles.entries()
    []
    """
    if is_address(place):
        if not str(place).startswith(POSTGRES):
            raise StoreError(
                name_of(place), "no store has such an address; that of a PostgreSQL begins with postgresql://"
            )
        try:
            from scraper.store.postgres import PostgresStore  # for who has one
        except ImportError:
            raise StoreError(name_of(place), "needs psycopg: pip install 'wireclean[postgres]'") from None
        return PostgresStore(str(place), create=create, look=look)
    from scraper.store.sqlite import SqliteStore  # a program that only wants the types loads no database

    return SqliteStore(place, create=create, look=look)
