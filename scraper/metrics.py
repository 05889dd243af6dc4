"""How sources are doing, for Prometheus: its text format, version 0.0.4.

Written here and not by prometheus_client, which keeps numbers while a program runs; what is told here is read from
the store once, and the format is three kinds of lines. The tests read it with that package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from scraper.fetch.host import BreakerState
from scraper.store.protocol import SourceStatus
from scraper.terminal import plain

Value = Callable[[SourceStatus], float | None]


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


#: Each number of a source: its name, what it is, and how it is read from the status.
NUMBERS: tuple[tuple[str, str, Value], ...] = (
    (
        "scrape_source_ok",
        "Whether the last run over the source went well.",
        lambda s: float(s.state in ("ok", "waiting")),
    ),
    ("scrape_source_failing_runs", "Runs in a row in which the source failed.", lambda s: s.failing),
    ("scrape_source_last_run_seconds", "When it was looked at last.", lambda s: _seconds(s.last_run)),
    ("scrape_source_last_success_seconds", "When it last worked.", lambda s: _seconds(s.last_success)),
    ("scrape_source_articles", "Articles in the store.", lambda s: s.articles),
    ("scrape_source_articles_today", "Articles of the last 24 hours.", lambda s: s.today),
    ("scrape_source_waiting", "Addresses still to be fetched.", lambda s: s.waiting),
    ("scrape_source_given_up", "Addresses that will not be fetched.", lambda s: s.given_up),
    ("scrape_source_new", "New articles of its last run.", lambda s: s.new),
    ("scrape_source_changed", "Changed articles of its last run.", lambda s: s.changed),
    ("scrape_source_failed", "Addresses that failed in its last run.", lambda s: s.failed),
)


def write_metrics(
    sources: Sequence[SourceStatus],
    changes: Mapping[str, Mapping[str, str]],
    hosts: Iterable[BreakerState],
) -> str:
    """Return the status of all sources, what has changed in them, and the hosts that are left alone.

    >>> write_metrics([SourceStatus("harbour", "ok")], {}, []).splitlines()[2]
    'scrape_source_ok{source="harbour"} 1'
    """
    lines: list[str] = []
    for name, told, value in NUMBERS:
        found = (({"source": source.source}, value(source)) for source in sources)
        lines += _gauge(name, told, found)
    lines += _gauge(
        "scrape_source_changed_ways",
        "1 for what is unlike what it used to be.",
        (({"source": name, "kind": kind}, 1.0) for name, kinds in changes.items() for kind in kinds),
    )
    lines += _gauge(
        "scrape_host_left_alone_until_seconds",
        "When a host in trouble is asked again.",
        (({"host": host.host, "cause": host.cause}, host.open_until) for host in hosts),
    )
    return "".join(line + "\n" for line in lines)


def _gauge(name: str, told: str, values: Iterable[tuple[dict[str, str], float | None]]) -> Iterator[str]:
    yield f"# HELP {name} {told}"
    yield f"# TYPE {name} gauge"
    for labels, value in values:
        if value is not None:
            said = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
            yield f"{name}{{{said}}} {value:.15g}"


def _escaped(text: str) -> str:
    return plain(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
