"""Chaos: `scrape run` is killed at random moments; nothing is lost, nothing is twice, no article is asked for thrice.

The short form kills a few runs; `make chaos` (or CHAOS_KILLS=50) kills fifty, and of two workers that share a
PostgreSQL it kills one ten times, at 5,000 articles of 50 hosts.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

from scraper.store.postgres import PostgresStore
from scraper.store.sqlite import SqliteStore
from tests.scraper.server import Site, Web
from tests.scraper.store.shelved import count

KILLS = int(os.environ.get("CHAOS_KILLS", "6"))
SEED = int(os.environ.get("CHAOS_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 30)
SITES = 6
ARTICLES_A_KILL = 10
"""Articles of each site for each kill: enough that the killed runs never finish the work."""
#: Of workers that share a PostgreSQL: times that one is killed, hosts, articles of each, seconds between two requests.
WORKER_KILLS, HOSTS, OF_EACH, DELAY = (10, 50, 100, 0.5) if KILLS > 6 else (2, 6, 20, 0.4)
#: A worker whose leases take less long than they do at work, where nobody waits for it.
WORKER = (
    "import sys\nfrom scraper.store.postgres import leases, pace\n"
    "leases.LEASE_SECONDS, pace.ON_THE_WAY = 2.0, 1.0\n"
    "from scraper.cli import main\nsys.exit(main(['run', sys.argv[1]]))"
)


def start(folder: Path) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "scraper.cli",
        "run",
        str(folder / "sources.toml"),
        "--db",
        str(folder / "wire.db"),
    ]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def asked_for(sites: list[Site]) -> int:
    return sum(len(site.asked) for site in sites)


def wait_for_more(sites: list[Site], before: int) -> None:
    """Wait for a run's first request: how long it takes to start is the machine's affair, but for a minute."""
    for _ in range(6000):
        if asked_for(sites) > before:
            return
        time.sleep(0.01)
    raise AssertionError("the run has not begun within a minute")


def test_killed_runs_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    dice = random.Random(SEED)
    print(f"CHAOS_SEED={SEED} CHAOS_KILLS={KILLS}")  # shown when the test fails
    database = tmp_path / "wire.db"
    with Web() as web:
        sites = [web.site(f"site{number}", articles=ARTICLES_A_KILL * KILLS + 20) for number in range(SITES)]
        (tmp_path / "sources.toml").write_text(web.sources_toml(delay=0.04))
        kept: list[int] = []
        for number in range(KILLS):
            before = asked_for(sites)
            process = start(tmp_path)
            if (
                number % 2 == 0
            ):  # every second run is killed at work, the others for the most part while they start
                wait_for_more(sites, before)
            time.sleep(dice.uniform(0, 0.5))
            os.kill(process.pid, signal.SIGKILL)
            process.communicate()
            if database.exists():
                with SqliteStore(database) as store:
                    assert store.database.rows("PRAGMA integrity_check")[0][0] == "ok"
                    assert count(store, "page") == count(store, "version") == count(store, "article")
                    kept.append(count(store, "article"))
        assert kept == sorted(kept), "an article that was kept is gone"
        last = start(tmp_path)
        _, errors = last.communicate(timeout=300)
        assert (last.returncode, errors) == (0, b"")
        published = {
            site.url(site.newsroom.path(n)) for site in sites for n in range(1, site.newsroom.articles + 1)
        }
        asked = Counter(
            site.url(path.partition("?")[0])
            for site in sites
            for path in site.paths()
            if path.startswith("/news/")
        )
    with SqliteStore(database) as store:
        assert store.database.rows("PRAGMA integrity_check")[0][0] == "ok"
        addresses = [row["url"] for row in store.database.rows("SELECT url FROM article")]
        texts = [row["text"] for row in store.database.rows("SELECT text FROM article_words")]
        assert not store.database.rows("SELECT * FROM address WHERE state != 'kept'")
        assert count(store, "page") == count(store, "version") == count(store, "article")
    assert sorted(addresses) == sorted(published)
    assert len(set(texts)) == len(published)
    assert max(asked.values()) <= 2
    assert len(kept) == KILLS


def work(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WORKER, str(folder / "sources.toml")]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def gets_work(process: subprocess.Popen[bytes], address: str) -> bool:
    """Wait until a worker has addresses in flight, and return whether there was something left for it."""
    query = "SELECT 1 FROM address JOIN run ON run.id = run_id WHERE next_try = 'infinity' AND pid = ?"
    with PostgresStore(address) as store:
        for _ in range(1200):
            if store.database.rows(query, (process.pid,)):
                return True
            if process.poll() is not None:
                return False
            time.sleep(0.05)
    raise AssertionError("the worker has not begun within a minute")


def test_a_worker_that_is_killed_leaves_its_work_to_another_and_no_host_is_asked_too_often(
    tmp_path: Path, address: str
) -> None:
    dice = random.Random(SEED)
    print(f"CHAOS_SEED={SEED} CHAOS_KILLS={KILLS}")  # shown when the test fails
    with Web() as web:
        sites = [web.site(f"site{number}", articles=OF_EACH) for number in range(HOSTS)]
        (tmp_path / "sources.toml").write_text(f'store = "{address}"\n{web.sources_toml(delay=DELAY)}')
        published = {site.url(site.newsroom.path(n)) for site in sites for n in range(1, OF_EACH + 1)}
        steady, killed, kills = work(tmp_path), work(tmp_path), 0
        while kills < WORKER_KILLS and gets_work(killed, address):
            kills += 1
            time.sleep(dice.uniform(0.0, 1.0))
            killed.kill()
            killed.communicate()
            killed = work(tmp_path)
        for process in (steady, killed):
            _, errors = process.communicate(timeout=900)
            assert (process.returncode, errors) == (0, b"")
        with PostgresStore(address) as store:
            for _ in range(5):  # as a clock would start them
                if not store.database.rows("SELECT 1 FROM address WHERE state != 'kept'"):
                    break
                time.sleep(2.5)
                assert work(tmp_path).wait(timeout=900) == 0
    with PostgresStore(address) as store:
        assert store.database.rows("SELECT * FROM address WHERE state != 'kept'") == []
        assert sorted(row["url"] for row in store.database.rows("SELECT url FROM article")) == sorted(
            published
        )
        assert store.database.rows("SELECT max(versions) FROM article") == [(1,)]
        assert store.examine().problems == ()
    assert kills == WORKER_KILLS or (kills and KILLS <= 6), "no worker was killed at work"
    gaps = [
        later.time - earlier.time
        for site in sites
        for earlier, later in pairwise(sorted(site.asked, key=lambda asked: asked.time))
    ]
    assert min(gaps) >= DELAY
    asked = Counter(site.url(path) for site in sites for path in site.paths() if path.startswith("/news/"))
    assert max(asked.values()) <= 1 + WORKER_KILLS
    assert sum(asked.values()) <= len(published) + WORKER_KILLS * HOSTS * 2
