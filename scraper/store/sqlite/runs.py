"""The runs of a store in SQLite, of which one goes on at a time: who holds the lock is at work."""

from __future__ import annotations

from pathlib import Path

from scraper.store.sql.runs import SqlRuns
from scraper.store.sqlite.lock import is_held

#: Where a database is that is in the memory of its process.
IN_MEMORY = ":memory:"


class SqliteRuns(SqlRuns):
    """Runs and how each source fared in them."""

    def goes_on(self, run: int) -> bool:
        """Return whether somebody holds the lock."""
        place = Path(self._database.place)
        return str(place) == IN_MEMORY or is_held(place)
