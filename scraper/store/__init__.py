"""What a scraper keeps: addresses that wait, pages and articles, the lines that sites repeat, runs.

`protocol` says what every store can do, `policy` what all of them decide alike. Each kind of database is a folder
beside them (`sqlite` is the only one today), a line in `open_store`, and a line in the store's tests, which run
against all.
"""

from __future__ import annotations

from pathlib import Path

from scraper.store.protocol import Store


def open_store(place: Path | str, *, create: bool = True, look: bool = False) -> Store:
    """Open the store at `place`, a file, and make it if it is not there and `create` allows it. Raises StoreError.

    With `look` it must be there and is only read: it may be another user's, or on a disk that cannot be written.

    >>> with open_store(":memory:") as store:
    ...     store.articles.entries()
    []
    """
    from scraper.store.sqlite import SqliteStore  # a program that only wants the types loads no database

    return SqliteStore(place, create=create, look=look)
