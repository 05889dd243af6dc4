"""The addresses that wait to be fetched: what discovery found, what a killed run left, what is to be tried
again.

An address's tries are counted *before* its request goes out. A run that is killed thereby leaves a note: its
addresses in flight wait behind those never tried, and one that was in flight at `MOST_TRIES` deaths, and so
is perhaps their cause, is given up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scraper.discover import Found, Validator
from scraper.errors import FetchError
from scraper.store import Store, utc

MOST_TRIES = 5
"""After so many failed or killed tries an address is given up; each try is up to three requests of the
client."""

FIRST_WAIT = timedelta(minutes=15)
"""Wait after the first failed try; each further one doubles it."""


FOLLOWED = timedelta(days=7)
"""For so long after it was found an article is fetched again when its feed says that it changed."""

PATIENCE = 3600
"""Seconds between two fetches of one article at least; later as many as it was known for at the first of the two, so
that it is fetched after one hour, two, four … if its feed says each time that it has changed."""

_AGAIN = """
    state != 'waiting' AND excluded.changed > coalesce(changed, published, found) AND found >= :news
"""
_NOT_BEFORE = f"""
    strftime('%Y-%m-%dT%H:%M:%SZ', coalesce(asked, found), printf(
        '+%d seconds', max({PATIENCE}, strftime('%s', coalesce(asked, found)) - strftime('%s', found))
    ))
"""
_REMEMBER = f"""
    INSERT INTO address (key, url, source, title, published, changed, found, seen)
    VALUES (:key, :url, :source, :title, :published, :changed, :now, :now)
    ON CONFLICT (key) DO UPDATE SET
        seen = excluded.seen,
        source = iif(state = 'waiting', excluded.source, source),
        title = coalesce(title, excluded.title),
        published = coalesce(published, excluded.published),
        tries = iif({_AGAIN}, 0, tries),
        next_try = iif({_AGAIN}, {_NOT_BEFORE}, next_try),
        changed = iif({_AGAIN}, excluded.changed, changed),
        state = iif({_AGAIN}, 'waiting', state)
"""

SHORTEST_PAUSE = 60.0
"""Seconds; so that a run does not return to what it has just put off."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An address to be fetched; `etag` and `last_modified` are of the page kept before, if there is one."""

    key: str
    url: str
    source: str
    tries: int
    etag: str | None = None
    last_modified: str | None = None


def remember(
    store: Store,
    source: str,
    found: Iterable[Found],
    validators: Mapping[str, Validator],
    moved: Mapping[str, str] | None = None,
) -> int:
    """Take in what one look at a source gave, in one transaction; the number of addresses new to the store.

    An address fetched before waits again when its feed says that it changed since, while it is news, and longer each
    time: some sitemaps give each page the time of day.
    """
    now = datetime.now(UTC)
    with store.write() as database:
        before = database.execute("SELECT count(*) FROM address").fetchone()[0]
        database.executemany(
            _REMEMBER,
            [
                {
                    "key": item.key,
                    "url": item.url,
                    "source": source,
                    "title": item.title,
                    "published": utc(item.published) if item.published else None,
                    "changed": utc(item.changed) if item.changed else None,
                    "now": utc(now),
                    "news": utc(now - FOLLOWED),
                }
                for item in found
            ],
        )
        database.executemany(
            "INSERT OR REPLACE INTO validator VALUES (?, ?, ?, ?, ?)",
            [(source, url, item.etag, item.last_modified, utc(now)) for url, item in validators.items()],
        )
        database.executemany(
            "INSERT OR REPLACE INTO moved (url, target, seen) VALUES (?, ?, ?)",
            [(url, target, utc(now)) for url, target in (moved or {}).items()],
        )
        after = database.execute("SELECT count(*) FROM address").fetchone()[0]
    return int(after - before)


def validators_of(store: Store, source: str) -> dict[str, Validator]:
    """What the source's feeds, sitemaps and sections answered last."""
    rows = store.rows("SELECT url, etag, last_modified FROM validator WHERE source = ?", (source,))
    return {row["url"]: Validator(row["etag"], row["last_modified"]) for row in rows}


def moved_addresses(store: Store) -> dict[str, str]:
    """Feeds and sitemaps whose servers said that they moved for good, and where to."""
    return {row["url"]: row["target"] for row in store.rows("SELECT url, target FROM moved")}


def wait_again(store: Store, source: str, since: timedelta) -> int:
    """Let the source's articles that were kept within `since` wait again, to see whether they changed."""
    with store.write() as database:
        cursor = database.execute(
            """
            UPDATE address SET state = 'waiting', tries = 0, next_try = NULL
            WHERE source = ? AND state = 'kept'
              AND article_id IN (SELECT id FROM article WHERE source = ? AND fetched >= ?)
            """,
            (source, source, utc(datetime.now(UTC) - since)),
        )
    return cursor.rowcount


def forgive(store: Store, source: str) -> int:
    """Let the source's addresses that were given up wait again."""
    with store.write() as database:
        cursor = database.execute(
            """
            UPDATE address SET state = 'waiting', tries = 0, next_try = NULL
            WHERE source = ? AND state = 'failed'
            """,
            (source,),
        )
    return cursor.rowcount


def claim(store: Store, source: str, most: int) -> list[Waiting]:
    """Up to `most` of the source's waiting addresses, their tries counted: never tried first, then the
    newest.
    """
    now = utc()
    with store.write() as database:
        rows = database.execute(
            """
            SELECT key, url, tries + 1 AS tries, (
                SELECT page.headers FROM version JOIN page ON page.id = version.page_id
                WHERE version.article_id = address.article_id AND page.requested = address.url
                ORDER BY version.number DESC LIMIT 1
            ) AS headers
            FROM address
            WHERE source = ? AND state = 'waiting' AND (next_try IS NULL OR next_try <= ?)
            ORDER BY tries, published DESC LIMIT ?
            """,
            (source, now, most),
        ).fetchall()
        lost = [row["key"] for row in rows if row["tries"] > MOST_TRIES]
        database.executemany(
            "UPDATE address SET state = 'failed', cause = coalesce(cause, 'interrupted') WHERE key = ?",
            [(key,) for key in lost],
        )
        rows = [row for row in rows if row["tries"] <= MOST_TRIES]
        # Until it is over, this try must not be taken up a second time by the same run.
        database.executemany(
            "UPDATE address SET tries = tries + 1, cause = NULL, next_try = ? WHERE key = ?",
            [(IN_FLIGHT, row["key"]) for row in rows],
        )
    return [
        Waiting(row["key"], row["url"], source, row["tries"], *_validators(row["headers"])) for row in rows
    ]


IN_FLIGHT = "in flight"
"""In place of a next try; sorts behind every time, so it is never due."""


def take_up(store: Store) -> int:
    """Free what a killed run left in flight; only for the holder of the lock. How many there were."""
    with store.write() as database:
        cursor = database.execute(
            "UPDATE address SET next_try = NULL WHERE state = 'waiting' AND next_try = ?", (IN_FLIGHT,)
        )
    return cursor.rowcount


def release(store: Store, keys: Sequence[str]) -> None:
    """Give back addresses that were claimed but never asked for: a run was told to stop."""
    with store.write() as database:
        database.executemany(
            """
            UPDATE address SET tries = max(tries - 1, 0), next_try = NULL WHERE key = ? AND state = 'waiting'
            """,
            [(key,) for key in keys],
        )


def put_off(store: Store, waiting: Waiting, error: FetchError) -> None:
    """Put an address off until its host is asked again; this was no try of the address."""
    pause = timedelta(seconds=max(error.retry_after or 0, SHORTEST_PAUSE))
    with store.write() as database:
        database.execute(
            "UPDATE address SET tries = max(tries - 1, 0), next_try = ?, cause = ? WHERE key = ?",
            (utc(datetime.now(UTC) + pause), error.cause, waiting.key),
        )


def fail(store: Store, run: int, waiting: Waiting, error: FetchError) -> None:
    """Note a failed try: with its next try when that may help, else as the last one."""
    now = datetime.now(UTC)
    may_help = error.passing or error.hurts
    with store.write() as database:
        if may_help and waiting.tries < MOST_TRIES:
            pause = max(FIRST_WAIT * 2 ** (waiting.tries - 1), timedelta(seconds=error.retry_after or 0))
            state, next_try = "waiting", utc(now + pause)
        else:
            state, next_try = "failed", None
        database.execute(
            "UPDATE address SET state = ?, next_try = ?, cause = ? WHERE key = ?",
            (state, next_try, error.cause, waiting.key),
        )
        note_failure(store, run, waiting.source, error, waiting.url)


def note_failure(store: Store, run: int, source: str, error: FetchError, url: str | None = None) -> None:
    """Write the failure into the run's history; within a transaction. `url` is where the way to it began."""
    detail = error.detail
    if url is not None and url != error.url:
        detail = f"{detail}, at {error.url}" if detail else f"at {error.url}"
    store.connection.execute(
        "INSERT INTO failure (run_id, source, url, at, cause, detail) VALUES (?, ?, ?, ?, ?, ?)",
        (run, source, url or error.url, utc(), error.cause, detail),
    )


def _validators(headers: str | None) -> tuple[str | None, str | None]:
    if headers is None:
        return None, None
    import json

    known = json.loads(headers)
    return known.get("etag"), known.get("last-modified")
