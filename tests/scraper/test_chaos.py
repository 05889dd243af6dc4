"""Chaos: `scrape run` is killed at random moments; nothing is lost, nothing is twice, no article is asked for thrice.

The short form kills a few runs; `make chaos` (or CHAOS_KILLS=50) kills fifty.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from scraper.store.sqlite import SqliteStore
from tests.scraper.server import Site, Web
from tests.scraper.store.shelved import count

KILLS = int(os.environ.get("CHAOS_KILLS", "6"))
SEED = int(os.environ.get("CHAOS_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 30)
SITES = 6
ARTICLES_A_KILL = 10
"""Articles of each site for each kill: enough that the killed runs never finish the work."""


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
