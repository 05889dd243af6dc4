"""No source takes what the others need: limits for a run and for a source, turns, and what is left for next time."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.fetch.client import Limits
from scraper.run import DISCOVERIES, Event
from scraper.session import Scraper
from scraper.sources import Source, load_sources
from scraper.store.sqlite import SqliteStore
from scraper.store.sqlite.runs import SqliteRuns
from tests.scraper import faults
from tests.scraper.server import Site, Web
from tests.scraper.store.shelved import count

LIMITS = Limits(connect=2, first_byte=4, total=5, tries=1, backoff=0.01, longest_wait=0.1)


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as opened:
        yield opened


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "wire.db"


def sources_of(web: Web, tmp_path: Path, extra: str = "", delay: float = 0.0) -> list[Source]:
    path = tmp_path / "sources.toml"
    path.write_text("\n".join(site.source_toml(extra=extra, delay=delay) for site in web.sites))
    return load_sources(path)


def run(database: Path, sources: list[Source], **options: Any) -> Counter[str]:
    """Do a run; how many articles each source brought."""
    events: list[Event] = []

    async def work() -> None:
        async with Scraper(database, limits=LIMITS) as scraper:
            async for _ in scraper.run(sources, tell=events.append, **options):
                pass

    asyncio.run(work())
    return Counter(event.source for event in events if event.kind == "kept")


def test_a_limit_of_the_run_is_shared_out_and_no_backlog_takes_it_all(
    web: Web, database: Path, tmp_path: Path
) -> None:
    for name, articles in (("large", 100), ("small", 3), ("middle", 20)):
        web.site(name, articles=articles)
    sources = sources_of(web, tmp_path)
    first = run(database, sources, most=15)
    assert first == {"large": 6, "small": 3, "middle": 6}
    assert run(database, sources, most=15) == {"large": 8, "middle": 7}


def test_a_source_fetches_no_more_in_a_run_than_it_may_and_the_rest_next_time(
    web: Web, database: Path, tmp_path: Path
) -> None:
    web.site("large", articles=12)
    sources = sources_of(web, tmp_path, "max_per_run = 5\n")
    assert [run(database, sources)["large"] for _ in range(4)] == [5, 5, 2, 0]


def test_a_run_begins_nothing_when_its_time_is_over_and_leaves_the_rest_to_the_next(
    web: Web, database: Path, tmp_path: Path
) -> None:
    web.site("slow", articles=200)
    sources = sources_of(web, tmp_path, delay=0.1)
    began = time.monotonic()
    brought = run(database, sources, time=timedelta(seconds=2))
    assert time.monotonic() - began < 10
    assert 0 < brought["slow"] < 100
    with SqliteStore(database) as store:
        assert store.database.rows("SELECT outcome FROM run")[0][0] == "done"
        assert not store.database.rows("SELECT 1 FROM address WHERE state = 'waiting' AND tries > 0")
        [status] = store.runs.statuses(store.database.clock() - timedelta(days=1))
        assert (status.state, status.waiting) == ("ok", 200 - brought["slow"])


def asked(site: Site) -> int:
    return site.paths().count("/feed.xml")


def test_a_source_is_looked_at_no_more_often_than_it_says(web: Web, database: Path, tmp_path: Path) -> None:
    often, seldom = web.site("often", articles=2), web.site("seldom", articles=2)
    path = tmp_path / "sources.toml"
    path.write_text(often.source_toml() + seldom.source_toml(extra='interval = "1h"\n'))
    sources = load_sources(path)
    for _ in range(3):
        run(database, sources)
    assert (asked(often), asked(seldom)) == (3, 1)
    run(database, sources, all_due=True)
    assert asked(seldom) == 2
    with SqliteStore(database) as store:
        later = "UPDATE source_run SET started = '2025-01-01T00:00:00Z' WHERE source = 'seldom'"
        store.database.execute(later)
    run(database, sources)
    assert asked(seldom) == 3


def test_who_has_waited_longest_comes_first(web: Web, database: Path, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        web.site(name, articles=1)
    sources = sources_of(web, tmp_path)
    with SqliteStore(database) as store:
        for name in ("b", "a"):
            number = store.runs.begin()
            store.runs.begin_source(number, name)
            long_ago = f"2025-01-0{2 if name == 'a' else 1}T00:00:00Z"
            store.database.execute("UPDATE source_run SET started = ? WHERE source = ?", (long_ago, name))
    run(database, sources)
    first = {site.name: next(one.time for one in site.asked if one.path == "/feed.xml") for site in web.sites}
    assert sorted(first, key=first.__getitem__)[0] == "c"


def test_hosts_that_are_mute_cost_their_own_time_and_not_that_of_the_others(
    web: Web, database: Path, tmp_path: Path
) -> None:
    for number in range(2 * DISCOVERIES):
        web.site(f"mute{number}", articles=1).on("/feed.xml", faults.silence())
    good = web.site("good", articles=3)
    began = time.monotonic()
    brought = run(database, sources_of(web, tmp_path))
    assert brought == {"good": 3}
    # one after the other, the mute ones would have taken twice their 4 seconds before the good one's turn
    assert good.asked[0].time - began < 7.5
    with SqliteStore(database) as store:
        assert count(store, "failure") == 2 * DISCOVERIES


def test_a_dead_link_a_film_and_a_pdf_are_no_failing_source(web: Web, database: Path, tmp_path: Path) -> None:
    site = web.site("harbour", articles=2)
    film = faults.reply(200, b"....", {"Content-Type": "video/mp4"})
    site.on(site.newsroom.path(1), faults.status(404))
    site.on(site.newsroom.path(2), film)
    assert run(database, sources_of(web, tmp_path)) == {}
    with SqliteStore(database) as store:
        [status] = store.runs.statuses(store.database.clock() - timedelta(days=1))
    assert (status.state, status.failed, status.failing) == ("ok", 2, 0)
    assert {failure.cause for failure in status.failures} == {"status-404", "not-a-page"}


def test_a_source_most_of_whose_pages_fail_is_failing(web: Web, database: Path, tmp_path: Path) -> None:
    site = web.site("harbour", articles=5)
    for number in (1, 2, 3):
        site.on(site.newsroom.path(number), faults.status(403))
    run(database, sources_of(web, tmp_path))
    with SqliteStore(database) as store:
        [status] = store.runs.statuses(store.database.clock() - timedelta(days=1))
    assert (status.state, status.failing) == ("failing", 1)


def test_who_helps_another_worker_fetches_no_more_of_a_source_than_it_may(
    web: Web, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.site("harbour", articles=6)
    looks = iter([{"harbour"}, {"harbour"}])
    monkeypatch.setattr("scraper.run.HELP_SECONDS", 0.01)
    monkeypatch.setattr(SqliteRuns, "sources_of_others", lambda *_: next(looks, set()))
    assert run(database, sources_of(web, tmp_path, "max_per_run = 2\n"))["harbour"] == 2
