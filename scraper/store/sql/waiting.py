"""The tables of addresses that wait, and of what discovery knows of its lists."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from scraper.store import policy
from scraper.store.protocol import Waiting
from scraper.store.sql.database import Database, Row, valid
from scraper.times import LONGEST_WAIT, latest, utc

if TYPE_CHECKING:  # as in the protocol
    from scraper.discover.look import Discovery, Found, Validator
    from scraper.errors import FetchError

_AGAIN = """
    address.state != 'waiting' AND address.found >= :news
    AND excluded.changed > coalesce(address.changed, address.published, address.found)
"""
_REMEMBER = f"""
    INSERT INTO address (key, url, source, title, published, changed, found, seen)
    VALUES (:key, :url, :source, :title, :published, :changed, :now, :now)
    ON CONFLICT (key) DO UPDATE SET
        seen = excluded.seen,
        source = CASE WHEN address.state = 'waiting' THEN excluded.source ELSE address.source END,
        title = coalesce(address.title, excluded.title),
        published = coalesce(address.published, excluded.published),
        tries = CASE WHEN {_AGAIN} THEN 0 ELSE address.tries END,
        next_try = CASE WHEN {_AGAIN} THEN {{not_before}} ELSE address.next_try END,
        changed = CASE WHEN {_AGAIN} THEN excluded.changed ELSE address.changed END,
        state = CASE WHEN {_AGAIN} THEN 'waiting' ELSE address.state END
"""
_VALIDATE = """
    INSERT INTO validator (source, url, etag, last_modified, checked, fresh_until, gone) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (source, url) DO UPDATE SET
        etag = excluded.etag, last_modified = excluded.last_modified, checked = excluded.checked,
        fresh_until = excluded.fresh_until, gone = excluded.gone
"""
_MOVED = """
    INSERT INTO moved (url, target, seen) VALUES (?, ?, ?)
    ON CONFLICT (url) DO UPDATE SET target = excluded.target, seen = excluded.seen
"""
_DUE = """
    SELECT key, url, title, tries + 1 AS tries, (
        SELECT page.headers FROM version JOIN page ON page.id = version.page_id
        WHERE version.article_id = address.article_id AND page.requested = address.url
        ORDER BY version.number DESC LIMIT 1
    ) AS headers
    FROM address
    WHERE source = :source AND state = 'waiting' AND (
        next_try IS NULL OR next_try <= :now OR (next_try > :latest AND next_try != :in_flight)
    ) ORDER BY tries, published DESC NULLS LAST LIMIT :most
"""
_WAIT = "UPDATE address SET state = 'waiting', tries = 0, next_try = NULL WHERE source = :source AND "
_NO_TRY = "UPDATE address SET tries = CASE WHEN tries > 0 THEN tries - 1 ELSE 0 END,"


class SqlAddresses:
    """The addresses that wait to be fetched."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember(self, source: str, look: Discovery) -> int:
        """Take in what one look gave; return the number of addresses new to the store."""
        now, news = self._database.now(), utc(self._database.clock() - policy.FOLLOWED)

        def remember() -> int:
            items = [
                {
                    name: utc(told) if isinstance(told, datetime) else valid(told)
                    for name, told in asdict(item).items()
                }
                | {"source": source, "now": now, "news": news}
                for item in self._still_wanted(look.found)
            ]
            new = self._take_in(_REMEMBER.format(not_before=self._database.not_before), items)
            self._database.execute_each(
                _VALIDATE,
                [
                    (source, url, known.etag, known.last_modified, now, fresh and utc(fresh), known.gone)
                    for url, known in look.validators.items()
                    for fresh in (known.fresh_until,)
                ],
            )
            self._database.execute_each(
                _MOVED, [(url, valid(target), now) for url, target in look.moved.items()]
            )
            return new

        return self._database.transact(remember)

    def _take_in(self, statement: str, items: list[dict[str, Any]]) -> int:
        """Insert or update the addresses; return how many are new."""
        [[before]] = self._database.rows("SELECT count(*) FROM address")
        self._database.execute_each(statement, items)
        [[after]] = self._database.rows("SELECT count(*) FROM address")
        return int(after - before)

    def validators(self, source: str) -> dict[str, Validator]:
        """Return what the source's lists answered last."""
        from scraper.discover.look import Validator  # for runs

        rows = self._database.rows(
            "SELECT url, etag, last_modified, fresh_until, gone FROM validator WHERE source = ?", (source,)
        )
        return {
            url: Validator(etag, last_modified, fresh and datetime.fromisoformat(fresh), bool(gone))
            for url, etag, last_modified, fresh, gone in rows
        }

    def moved(self) -> dict[str, str]:
        """Return the lists that moved for good, and where to."""
        return {row["url"]: row["target"] for row in self._database.rows("SELECT url, target FROM moved")}

    def unsettled(self, found: Iterable[Found]) -> list[Found]:
        """Return those of what was found that are still to be fetched."""
        wanted = self._still_wanted(found)
        among, keys = self._database.among("key", (item.key for item in wanted))
        rows = self._database.rows(f"SELECT key FROM address WHERE state != 'waiting' AND {among}", (keys,))
        settled = {row["key"] for row in rows}
        return [item for item in wanted if item.key not in settled]

    def _still_wanted(self, found: Iterable[Found]) -> list[Found]:
        """Return what was found without what was taken out of the store."""
        if self._database.row("SELECT 1 FROM pruned LIMIT 1") is None:
            return list(found)
        by_hash = {policy.fingerprint(item.key): item for item in found}
        among, hashes = self._database.among("hash", by_hash)
        gone = {
            row["hash"] for row in self._database.rows(f"SELECT hash FROM pruned WHERE {among}", (hashes,))
        }
        return [item for key, item in by_hash.items() if key not in gone]

    def recheck(self, source: str, since: timedelta) -> int:
        """Let the source's articles that were kept within `since` wait again."""
        kept = "state = 'kept' AND article_id IN (SELECT id FROM article WHERE source = :source AND fetched >= :since)"
        values = {"source": source, "since": utc(self._database.clock() - since)}
        return self._database.execute(_WAIT + kept, values)

    def forgive(self, source: str) -> int:
        """Let the source's addresses that were given up, or put off because they failed, wait again."""
        failed = "(state = 'failed' OR state = 'waiting' AND cause IS NOT NULL)"
        return self._database.execute(_WAIT + failed, {"source": source})

    def claim(self, source: str, most: int) -> list[Waiting]:
        """Return up to `most` of the source's waiting addresses, their tries counted."""
        values = {"source": source, "now": self._database.now(), "most": most}
        values |= {"latest": latest_try(self._database), "in_flight": self._database.in_flight}
        with self._database.write():
            rows = self._database.rows(_DUE + self._database.for_one_alone, values)
            self._database.execute_each(
                "UPDATE address SET state = 'failed', cause = coalesce(cause, 'interrupted') WHERE key = ?",
                [(row["key"],) for row in rows if row["tries"] > policy.MOST_TRIES],
            )
            rows = [row for row in rows if row["tries"] <= policy.MOST_TRIES]
            self._take(rows)
        found = []
        for row in rows:
            headers = json.loads(row["headers"] or "{}")
            validators = headers.get("etag"), headers.get("last-modified")
            found.append(Waiting(row["key"], row["url"], source, row["tries"], *validators, row["title"]))
        return found

    def _take(self, rows: Iterable[Row]) -> None:
        """Note what is in flight: until it is over, this try must not be taken up a second time."""
        self._database.execute_each(
            "UPDATE address SET tries = tries + 1, cause = NULL, next_try = ? WHERE key = ?",
            [(self._database.in_flight, row["key"]) for row in rows],
        )

    def _own(self) -> str:
        """Return the condition that what was claimed is still this run's: where one goes on at a time, it is."""
        return "TRUE"

    def release(self, addresses: Iterable[Waiting]) -> None:
        """Give back addresses that were claimed but never asked for."""
        self._database.execute_each(
            f"{_NO_TRY} next_try = NULL WHERE key = ? AND state = 'waiting' AND {self._own()}",
            [(address.key,) for address in addresses],
        )

    def put_off(self, address: Waiting, error: FetchError) -> None:
        """Put an address off until its host is asked again."""
        wait = max(policy.asked_wait(error), policy.SHORTEST_WAIT)
        self._database.execute(
            f"{_NO_TRY} next_try = ?, cause = ? WHERE key = ? AND {self._own()}",
            (utc(self._database.clock() + wait), error.cause, address.key),
        )

    def fail(self, run: int, address: Waiting, error: FetchError) -> None:
        """Note a failed try, with its next try or as the last."""
        again = policy.next_try(address, error, self._database.clock())
        with self._database.write():
            self._database.execute(
                f"UPDATE address SET state = ?, next_try = ?, cause = ? WHERE key = ? AND {self._own()}",
                ("waiting" if again else "failed", again and utc(again), error.cause, address.key),
            )
            note_failure(self._database, run, address.source, error, address.url)


def latest_try(database: Database) -> str:
    """Return the latest time at which something can be tried again, as it is kept."""
    return utc(latest(database.clock(), LONGEST_WAIT))


def note_failure(database: Database, run: int, source: str, error: FetchError, url: str) -> None:
    """Write a failure on the way that began at `url` into the run's history."""
    detail = valid(policy.failure_detail(error, url))
    values = {"run_id": run, "source": source, "url": valid(url), "cause": error.cause, "detail": detail}
    database.insert("failure", at=database.now(), trace=valid(error.trace), **values)
