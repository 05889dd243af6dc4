"""Whole runs against a local web: everything is kept once, whatever the web does and whenever the run dies."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from cleaners import Article
from scraper.fetch.client import Limits
from scraper.run import GRACE_SECONDS, LOOK_SECONDS, Event
from scraper.session import Scraper
from scraper.sources import Source, load_sources
from scraper.store.sqlite import SqliteStore
from scraper.store.sqlite.lock import run_lock
from tests.scraper import faults
from tests.scraper.server import Site, Web
from tests.scraper.store.shelved import count

LIMITS = Limits(connect=2, first_byte=1, total=2, page_bytes=1 << 20, tries=2, backoff=0.01, longest_wait=0.1)


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as opened:
        yield opened


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "wire.db"


def sources_of(web: Web, tmp_path: Path, **options: str) -> list[Source]:
    path = tmp_path / "sources.toml"
    path.write_text("\n".join(site.source_toml(**options) for site in web.sites))  # type: ignore[arg-type]
    return load_sources(path)


def run(
    database: Path,
    sources: list[Source],
    *,
    most: int | None = None,
    recheck: timedelta | None = None,
    events: list[Event] | None = None,
) -> tuple[list[Article], bool]:
    """One run: the articles that it yields, and whether every source worked."""

    async def collect() -> tuple[list[Article], bool]:
        tell = events.append if events is not None else lambda event: None
        async with Scraper(database, limits=LIMITS) as scraper:
            kept = [one async for one in scraper.run(sources, most=most, recheck=recheck, tell=tell)]
            return kept, scraper.ok

    return asyncio.run(collect())


def asked_articles(site: Site) -> Counter[str]:
    return Counter(path.partition("?")[0] for path in site.paths() if path.startswith("/news/"))


def scrape(*arguments: str | Path, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scraper.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)


def test_a_run_keeps_every_article_once_and_a_second_fetches_nothing(
    web: Web, database: Path, tmp_path: Path
) -> None:
    sites = [web.site("harbour", articles=15), web.site("valley", articles=15)]
    sources = sources_of(web, tmp_path)
    articles, ok = run(database, sources)
    assert ok
    assert len(articles) == len({article.url for article in articles}) == 30
    assert all(article.text for article in articles)
    before = [len(site.asked) for site in sites]
    assert run(database, sources) == ([], True)
    for site, asked in zip(sites, before, strict=True):
        [again] = site.asked[asked:]
        assert (again.path, again.status) == ("/feed.xml", 304)


def test_only_new_articles_are_fetched(web: Web, database: Path, tmp_path: Path) -> None:
    site = web.site("harbour", articles=5)
    run(database, sources_of(web, tmp_path))
    site.newsroom.publish(2)
    articles, _ = run(database, sources_of(web, tmp_path))
    assert len(articles) == 2
    assert set(asked_articles(site).values()) == {1}


def test_an_article_in_two_sources_is_fetched_once(web: Web, database: Path, tmp_path: Path) -> None:
    site = web.site("harbour", articles=5)
    path = tmp_path / "sources.toml"
    feed, sitemap = site.source_toml(), site.source_toml(kind="sitemap").replace('"harbour"', '"map"')
    path.write_text(feed + sitemap)
    articles, _ = run(database, load_sources(path))
    assert len(articles) == 5
    assert set(asked_articles(site).values()) == {1}


def test_a_changed_article_is_kept_in_both_versions(web: Web, database: Path, tmp_path: Path) -> None:
    site = web.site("harbour", articles=3)
    sources = sources_of(web, tmp_path)
    run(database, sources)
    site.newsroom.edit(2)
    assert run(database, sources)[0] == []
    [changed], _ = run(database, sources, recheck=timedelta(days=1))
    assert "edition 1" in changed.text
    with SqliteStore(database) as store:
        rows = store.database.rows(
            "SELECT version.json FROM version JOIN article ON article.id = article_id AND versions = 2"
        )
    texts = [json.loads(row["json"])["text"] for row in rows]
    assert ["edition 0" in text for text in texts] == [True, False]


def test_no_more_articles_than_asked_for_and_the_rest_next_time(
    web: Web, database: Path, tmp_path: Path
) -> None:
    web.site("harbour", articles=12)
    sources = sources_of(web, tmp_path)
    assert len(run(database, sources, most=5)[0]) == 5
    assert len(run(database, sources)[0]) == 7


BAD_PAGES = {
    "status-404": faults.status(404),
    "status-503": faults.status(503),
    "truncated": faults.truncated(),
    "timeout": faults.silence(),
    "too-large": faults.endless(),
    "bomb": faults.bomb("gzip", 20),
    "header-flood": faults.header_flood(),
    "redirect-loop": faults.redirect("/news/loop"),
    "refused-address": faults.redirect("http://169.254.169.254/latest/meta-data/"),
}


def test_each_bad_page_costs_itself_alone_and_its_cause_is_in_the_status(
    web: Web, database: Path, tmp_path: Path
) -> None:
    good = web.site("good", articles=10)
    for name, fault in BAD_PAGES.items():
        site = web.site(name, articles=4)
        site.on(site.newsroom.path(2), fault)
        if name == "redirect-loop":
            site.on("/news/loop", fault)
    started = time.monotonic()
    articles, _ = run(database, sources_of(web, tmp_path))
    assert time.monotonic() - started < 20
    assert len(articles) == 10 + 3 * len(BAD_PAGES)
    assert set(asked_articles(good).values()) == {1}
    with SqliteStore(database) as store:
        statuses = {status.source: status for status in store.runs.statuses(datetime(2000, 1, 1))}
        assert store.database.rows("PRAGMA integrity_check")[0][0] == "ok"
    for name in BAD_PAGES:
        causes = [failure.cause for failure in statuses[name].failures]
        assert causes == [name] or (name == "too-large" and causes == ["timeout"]), (name, causes)


BAD_FEEDS = {
    "status-500": faults.status(500),
    "timeout": faults.drip(),
    "bomb": faults.bomb("gzip", 40),
    "connection": faults.reset(),
    "not-a-feed": faults.reply(
        200, b"<html><body>Please sign in</body></html>", {"Content-Type": "text/html"}
    ),
}


def test_a_source_whose_feed_is_bad_fails_and_the_others_do_not(
    web: Web, database: Path, tmp_path: Path
) -> None:
    web.site("good", articles=5)
    for name, fault in BAD_FEEDS.items():
        web.site(name, articles=5).on("/feed.xml", fault)
    web.site("entity-bomb", articles=5).on("/feed.xml", faults.entity_bomb())
    articles, ok = run(database, sources_of(web, tmp_path))
    assert not ok
    assert len(articles) == 5
    with SqliteStore(database) as store:
        states = {status.source: status for status in store.runs.statuses(datetime(2000, 1, 1))}
    assert states.pop("good").state == "ok"
    assert {status.state for status in states.values()} == {"failing"}
    assert all(status.failures for status in states.values())


def test_a_feed_that_recovers_loses_nothing(web: Web, database: Path, tmp_path: Path) -> None:
    site = web.site("harbour", articles=5)
    site.on("/feed.xml", faults.status(503), times=2)
    sources = sources_of(web, tmp_path)
    assert run(database, sources) == ([], False)
    articles, ok = run(database, sources)
    assert (len(articles), ok) == (5, True)


def test_a_page_that_was_gone_and_is_back_is_fetched_when_asked_to(
    web: Web, database: Path, tmp_path: Path
) -> None:
    site = web.site("harbour", articles=3)
    site.on(site.newsroom.path(2), faults.status(404), times=1)
    sources_of(web, tmp_path)
    arguments = ["run", str(tmp_path / "sources.toml"), "--db", str(database)]
    for more, kept in (("-v", 2), ("-v", 2), ("--retry-failed", 3)):
        assert scrape(*arguments, more).returncode == 0
        with SqliteStore(database) as store:
            assert count(store, "article") == kept


def test_robots_that_forbid_are_obeyed(web: Web, database: Path, tmp_path: Path) -> None:
    site = web.site("harbour", articles=5, robots="User-agent: *\nDisallow: /news/0000")
    articles, _ = run(database, sources_of(web, tmp_path))
    assert articles == []
    assert not asked_articles(site)


def test_no_host_sees_requests_closer_than_its_delay_nor_more_at_once_than_allowed(
    web: Web, database: Path, tmp_path: Path
) -> None:
    sites = [web.site("harbour", articles=8), web.site("valley", articles=8)]
    articles, _ = run(database, sources_of(web, tmp_path, delay="0.1", extra="concurrency = 3\n"))
    assert len(articles) == 16
    for site in sites:
        times = sorted(asked.time for asked in site.asked)
        assert min(later - sooner for sooner, later in pairwise(times)) > 0.095
        assert site.most_active <= 3


def test_python_hears_of_everything(web: Web, database: Path, tmp_path: Path) -> None:
    site = web.site("harbour", articles=3)
    site.on(site.newsroom.path(1), faults.status(404))
    events: list[Event] = []
    run(database, sources_of(web, tmp_path), events=events)
    assert Counter(event.kind for event in events) == {"discovered": 1, "kept": 2, "failed": 1, "ended": 1}
    assert all(event.article for event in events if event.kind == "kept")


def test_leaving_the_loop_early_loses_nothing(web: Web, database: Path, tmp_path: Path) -> None:
    web.site("harbour", articles=12)
    sources = sources_of(web, tmp_path)

    async def first_only() -> None:
        async with Scraper(database, limits=LIMITS) as scraper:
            async for _ in scraper.run(sources):
                break
        with run_lock(database):
            pass

    asyncio.run(first_only())
    run(database, sources)
    with SqliteStore(database) as store:
        assert count(store, "article") == 12


def test_one_address_gives_its_article(web: Web, tmp_path: Path) -> None:
    site = web.site("harbour", articles=3)

    async def fetch() -> Article:
        async with Scraper(tmp_path / "none.db", limits=LIMITS) as scraper:
            return await scraper.fetch(site.url(site.newsroom.path(2)))

    assert "carries the number 2 in the files of harbour" in asyncio.run(fetch()).text
    assert not list(tmp_path.iterdir())


def test_the_command_is_silent_when_all_is_well(web: Web, database: Path, tmp_path: Path) -> None:
    web.site("harbour", articles=3)
    sources_of(web, tmp_path)
    done = scrape("run", tmp_path / "sources.toml", "--db", database)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_command_says_which_source_failed_and_why(web: Web, database: Path, tmp_path: Path) -> None:
    web.site("harbour", articles=3)
    web.site("valley", articles=3).on("/feed.xml", faults.status(404))
    sources_of(web, tmp_path)
    done = scrape("run", tmp_path / "sources.toml", "--db", database)
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("scrape: valley: status-404: http://127.0.0.1:")


def test_a_second_run_ends_with_code_3_and_the_first_goes_on(
    web: Web, database: Path, tmp_path: Path
) -> None:
    web.site("harbour", articles=2)
    sources_of(web, tmp_path)
    with run_lock(database):
        done = scrape("run", tmp_path / "sources.toml", "--db", database)
        assert (done.returncode, done.stdout, done.stderr) == (3, "", "")  # cron has nothing to mail
        a_day_ago = time.time() - 25 * 3600
        os.utime(f"{database}.lock", (a_day_ago, a_day_ago))
        done = scrape("run", tmp_path / "sources.toml", "--db", database)
    assert done.returncode == 3
    assert f"process {os.getpid()}, for 25 hours" in done.stderr


def test_two_runs_started_at_once_keep_every_article_once(web: Web, database: Path, tmp_path: Path) -> None:
    site = web.site("harbour", articles=20)
    sources_of(web, tmp_path)
    command = [
        sys.executable,
        "-m",
        "scraper.cli",
        "run",
        str(tmp_path / "sources.toml"),
        "--db",
        str(database),
    ]
    started = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(3)]
    codes = sorted(process.wait(60) for process in started)
    assert codes[0] == 0
    assert set(codes) <= {0, 3}
    assert set(asked_articles(site).values()) == {1}
    with SqliteStore(database) as store:
        assert count(store, "article") == 20


def test_a_store_that_cannot_be_written_is_code_4(web: Web, tmp_path: Path) -> None:
    web.site("harbour", articles=2)
    sources_of(web, tmp_path)
    (tmp_path / "wire.db").write_text("not a database at all, but long enough to be one\n" * 50)
    done = scrape("run", tmp_path / "sources.toml", "--db", tmp_path / "wire.db")
    assert done.returncode == 4
    assert "not a database" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_disk_that_fills_up_is_code_4_and_the_next_run_goes_on(
    web: Web, database: Path, tmp_path: Path
) -> None:
    web.site("harbour", articles=200)
    sources_of(web, tmp_path)
    command = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, resource.RLIM_INFINITY));"
        "from scraper.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    arguments = ["run", str(tmp_path / "sources.toml"), "--db", str(database)]
    full = subprocess.run(
        [sys.executable, "-c", command, *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    assert full.returncode == 4, full.stderr
    assert "Traceback" not in full.stderr
    with SqliteStore(database) as store:
        assert store.database.rows("PRAGMA integrity_check")[0][0] == "ok"
        assert 0 < count(store, "article") == count(store, "version") < 200
    assert scrape(*arguments).returncode == 0
    with SqliteStore(database) as store:
        assert count(store, "article") == 200


def test_a_source_that_a_clock_ahead_of_its_time_looked_at_is_looked_at(
    web: Web, database: Path, tmp_path: Path
) -> None:
    site = web.site("harbour", articles=2)
    sources = sources_of(web, tmp_path, extra='interval = "1h"')
    run(database, sources)
    with SqliteStore(database) as store:
        store.database.execute("UPDATE source_run SET started = '2136-01-31T12:00:00Z'")
    site.newsroom.publish(1)
    assert len(run(database, sources)[0]) == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_finishes_what_is_in_flight_and_stops(
    number: signal.Signals, code: int, web: Web, database: Path, tmp_path: Path
) -> None:
    site = web.site("harbour", articles=300)
    sources_of(web, tmp_path, delay="0.02")
    command = [
        sys.executable,
        "-m",
        "scraper.cli",
        "run",
        str(tmp_path / "sources.toml"),
        "--db",
        str(database),
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while sum(asked_articles(site).values()) < 10 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(number)
    _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (code, "")
    with SqliteStore(database) as store:
        kept = count(store, "article")
        assert kept == sum(asked_articles(site).values()) < 300
        assert store.database.rows("SELECT outcome FROM run")[0][0] == "stopped"
        assert not store.database.rows("SELECT 1 FROM address WHERE state = 'waiting' AND tries > 0")


def test_sigterm_does_not_wait_for_a_feed_that_is_mute(web: Web, database: Path, tmp_path: Path) -> None:
    mute = web.site("mute", articles=0)
    mute.on("/feed.xml", faults.silence(60))
    web.site("harbour", articles=3)
    sources_of(web, tmp_path)
    command = [sys.executable, "-m", "scraper", "run", str(tmp_path / "sources.toml"), "--db", str(database)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while "/feed.xml" not in mute.paths() and process.poll() is None:
        time.sleep(0.01)
    time.sleep(LOOK_SECONDS + 0.5)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, "")
    assert time.monotonic() - began < GRACE_SECONDS / 2
    with SqliteStore(database) as store:
        states = {status.source: status.state for status in store.runs.statuses(datetime(2000, 1, 1))}
    assert states == {"harbour": "ok", "mute": "stopped"}


def test_json_logs_are_a_line_for_each_event(web: Web, database: Path, tmp_path: Path) -> None:
    web.site("harbour", articles=3)
    sources_of(web, tmp_path)
    done = scrape("run", tmp_path / "sources.toml", "--db", database, "--log", "json")
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert Counter(event["event"] for event in events) == {"discovered": 1, "kept": 3, "ended": 1}
    assert events[-1]["new"] == 3


def test_a_dry_run_says_what_it_would_fetch_and_fetches_nothing(
    web: Web, database: Path, tmp_path: Path
) -> None:
    site = web.site("harbour", articles=3)
    sources_of(web, tmp_path)
    done = scrape("run", tmp_path / "sources.toml", "--db", database, "--dry-run")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3
    assert not asked_articles(site)
    assert not database.exists()
