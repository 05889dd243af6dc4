"""How each source is doing: what `scrape status` shows, as rows, as a table, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from cleaners.columns import align
from scraper.store import Store

_NEW = """
    SELECT source, count(*) AS articles, coalesce(sum(fetched >= :day_ago), 0) AS today
    FROM article GROUP BY source
"""
_WAITING = """
    SELECT source, sum(state = 'waiting') AS waiting, sum(state = 'failed') AS given_up,
           min(iif(state = 'waiting' AND next_try LIKE '2%', next_try, NULL)) AS next_try
    FROM address WHERE state != 'kept' GROUP BY source
"""
_RUNS = """
    SELECT source, max(iif(ok = 1, coalesce(finished, started), NULL)) AS last_success, max(run_id) AS run_id
    FROM source_run GROUP BY source
"""
_LAST = """
    SELECT source_run.*, run.finished AS run_finished FROM source_run JOIN run ON run.id = source_run.run_id
    WHERE run_id = ? AND source = ?
"""
_CAUSES = """
    SELECT cause, count(DISTINCT url) AS times, max(url) AS url, max(detail) AS detail FROM failure
    WHERE source = :source AND (run_id = :run OR url IN (
        SELECT url FROM address WHERE source = :source AND state != 'kept' AND cause = failure.cause
    ))
    GROUP BY cause ORDER BY times DESC, cause
"""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something failed in the last run or is still to be had, at how many addresses, and one of them."""

    cause: str
    times: int
    url: str
    detail: str


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source in one line: `state` is ok, failing, running or never; times are UTC.

    `new`, `changed` and `failed` are of its last run, `today` are articles of the last 24 hours, `waiting`
    are addresses still to be fetched, `given_up` those that will not be; `next_try` is when the first of
    what failed is tried again.
    """

    source: str
    state: str
    last_run: str | None
    last_success: str | None
    new: int
    changed: int
    failed: int
    today: int
    articles: int
    waiting: int
    given_up: int
    next_try: str | None
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class HostStatus:
    """A host that is left alone because it keeps failing, and until when."""

    host: str
    cause: str
    failures: int
    until: str | None


def source_statuses(store: Store, day_ago: str) -> list[SourceStatus]:
    """The status of every source that the store has ever heard of, by name; `day_ago` is the time 24 hours
    ago.
    """
    counts = {row["source"]: row for row in store.rows(_NEW, {"day_ago": day_ago})}
    waiting = {row["source"]: row for row in store.rows(_WAITING)}
    runs = {row["source"]: row for row in store.rows(_RUNS)}
    return [
        _status(store, name, counts.get(name), waiting.get(name), runs.get(name))
        for name in sorted({*counts, *waiting, *runs})
    ]


def hosts_left_alone(store: Store) -> list[HostStatus]:
    """The hosts whose circuit breaker has tripped, worst first."""
    rows = store.rows("SELECT * FROM host WHERE trips > 0 ORDER BY failures DESC, host")
    return [
        HostStatus(
            row["host"],
            row["cause"],
            row["failures"],
            f"{datetime.fromtimestamp(row['open_until'], UTC):%Y-%m-%dT%H:%M:%SZ}"
            if row["open_until"]
            else None,
        )
        for row in rows
    ]


def as_json(sources: Sequence[SourceStatus], hosts: Sequence[HostStatus]) -> dict[str, Any]:
    """The status as plain values."""
    return {"sources": [asdict(source) for source in sources], "hosts": [asdict(host) for host in hosts]}


def as_table(sources: Sequence[SourceStatus], hosts: Sequence[HostStatus]) -> str:
    """The status as aligned columns, with the causes of failures under it."""
    if not sources:
        return "No run yet.\n"
    head = ("source", "state", "last success", "new", "today", "articles", "waiting", "failed", "next try")
    rows = [
        (
            source.source,
            source.state,
            _short(source.last_success) or "never",
            str(source.new),
            str(source.today),
            str(source.articles),
            str(source.waiting),
            str(source.failed),
            _short(source.next_try),
        )
        for source in sources
    ]
    lines = align([head, *rows], right=[3, 4, 5, 6, 7])
    for source in sources:
        for failure in source.failures:
            times = f"{failure.times} × " if failure.times > 1 else ""
            detail = f" ({failure.detail})" if failure.detail else ""
            lines.append(f"{source.source}: {times}{failure.cause}: {failure.url}{detail}")
    for host in hosts:
        until = f" until {_short(host.until)}" if host.until else ""
        lines.append(f"{host.host} is left alone{until}: {host.failures} failures, {host.cause}")
    return "".join(line + "\n" for line in lines)


def _status(store: Store, name: str, counts: Any, waiting: Any, run: Any) -> SourceStatus:
    last = store.rows(_LAST, (run["run_id"], name))[0] if run else None
    failures = store.rows(_CAUSES, {"run": run["run_id"], "source": name}) if run else []
    return SourceStatus(
        source=name,
        state=_state(last),
        last_run=last["started"] if last else None,
        last_success=run["last_success"] if run else None,
        new=last["new"] if last else 0,
        changed=last["changed"] if last else 0,
        failed=last["failed"] if last else 0,
        today=counts["today"] if counts else 0,
        articles=counts["articles"] if counts else 0,
        waiting=waiting["waiting"] if waiting else 0,
        given_up=waiting["given_up"] if waiting else 0,
        next_try=waiting["next_try"] if waiting else None,
        failures=tuple(Failure(**dict(row)) for row in failures),
    )


def _state(last: Any) -> str:
    if last is None:
        return "never"
    if last["finished"] is None:
        return "unfinished" if last["run_finished"] else "running"
    if last["ok"] is None:
        return "stopped"
    return "ok" if last["ok"] else "failing"


def _short(moment: str | None) -> str:
    """A time without its seconds: 2025-01-31 12:00."""
    return moment[:16].replace("T", " ") if moment else ""
