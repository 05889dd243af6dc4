"""Whatever goes wrong with one page, entry or source is its own failure: the rest goes on, and so does the next run."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from scraper.cli import main
from scraper.discover import Discovery
from scraper.errors import StoreError
from scraper.fetch.client import Client
from scraper.run import Run
from scraper.session import Scraper
from scraper.sources import load_sources
from scraper.store.sql.shelf import SqlArticles
from scraper.store.sql.waiting import SqlAddresses
from scraper.store.sqlite import SqliteStore
from tests.scraper.server import Web

Output = pytest.CaptureFixture[str]


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("scraper.session.Client", partial(Client, pace=False))
    with Web() as opened:
        for name in ("harbour", "valley"):
            opened.site(name, articles=4)
        (tmp_path / "sources.toml").write_text(opened.sources_toml())
        yield opened


def states() -> dict[str, str]:
    with SqliteStore(Path("wire.db")) as store:
        return {status.source: status.state for status in store.runs.statuses(datetime.now(UTC))}


def kept() -> int:
    with SqliteStore(Path("wire.db")) as store:
        return len(store.articles.entries())


def test_a_page_at_which_the_cleaner_raises_fails_alone_and_its_way_is_kept(web: Web, capsys: Output) -> None:
    site = web.sites[0]
    site.on(
        site.newsroom.path(2),
        lambda asked, writer: _page(writer, b"<html><body><article><p>BOOM</p></article></body></html>"),
    )
    program = (
        "import cleaners, scraper.worker as worker\n"
        "real = cleaners.clean_html\n"
        "def clean(body, options):\n"
        "    if b'BOOM' in body: raise ZeroDivisionError('a fault that nobody thought of')\n"
        "    return real(body, options)\n"
        "cleaners.clean_html = clean\nworker.main()\n"
    )
    command = (sys.executable, "-c", program)
    with pytest.MonkeyPatch.context() as patch:
        from scraper.cleaning import CleaningPool

        patch.setattr("scraper.session.CleaningPool", partial(CleaningPool, command=command))
        assert main(["run"]) == 0
    assert kept() == 7
    assert states() == {"harbour": "ok", "valley": "ok"}
    capsys.readouterr()
    assert main(["show", "--failure"]) == 0
    [line] = capsys.readouterr().out.splitlines()
    number, url = line.split()[0], line.split()[-1]
    assert url == site.url(site.newsroom.path(2)) + "?utm_source=rss" or url.startswith(site.url("/news/"))
    for what in (number, url):
        assert main(["show", what, "--failure"]) == 0
        shown = capsys.readouterr().out
        assert "cleaner: ZeroDivisionError: a fault that nobody thought of" in shown
        assert "Traceback" in shown
    assert main(["show", "--failure", "--format", "json"]) == 0
    assert '"trace": "Traceback' in capsys.readouterr().out
    assert main(["show", "--failure", "999"]) == 1


async def _page(writer: asyncio.StreamWriter, body: bytes) -> None:
    writer.write(
        b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    )


def raising_once(real: Any, when: Any, error: BaseException) -> Any:
    """Return what does as `real` does, but raises where `when` says so of its arguments."""

    def method(self: Any, *arguments: Any, **options: Any) -> Any:
        if when(*arguments):
            raise error
        return real(self, *arguments, **options)

    return method


def test_an_article_that_cannot_be_kept_fails_alone(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = SqlArticles._keep

    def is_odd(arrival: Any) -> bool:
        return "00002" in arrival.waiting.url

    for error in (UnicodeEncodeError("utf-8", "x", 0, 1, "surrogates"), sqlite3.DataError("too big")):
        with monkeypatch.context() as patch:
            patch.setattr(SqlArticles, "_keep", raising_once(odd, is_odd, error))
            assert main(["run", "--retry-failed"]) == 0
        assert kept() == 6
        assert states() == {"harbour": "ok", "valley": "ok"}
    assert main(["run", "--retry-failed"]) == 0
    assert kept() == 8


def test_a_source_that_cannot_be_remembered_fails_and_the_others_do_not(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    def of_harbour(source: str, look: Discovery) -> bool:
        return source == "harbour"

    with monkeypatch.context() as patch:
        broken = raising_once(SqlAddresses.remember, of_harbour, KeyError("odd"))
        patch.setattr(SqlAddresses, "remember", broken)
        assert main(["run"]) == 1
    assert states() == {"harbour": "failing", "valley": "ok"}
    assert kept() == 4
    assert main(["run"]) == 0
    assert kept() == 8
    assert states() == {"harbour": "ok", "valley": "ok"}


@pytest.mark.parametrize(
    "error", [RuntimeError("odd"), StoreError(Path("wire.db"), "full"), KeyboardInterrupt()]
)
def test_a_run_that_ends_badly_is_not_running_and_the_next_one_runs(
    web: Web, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Run, "_keep", raising_once(Run._keep, lambda batch: batch, error))
        if isinstance(error, RuntimeError):
            with pytest.raises(RuntimeError):
                main(["run"])
        else:
            assert main(["run"]) in (4, 130)
    assert "running" not in states().values()
    assert main(["run"]) == 0
    assert states() == {"harbour": "ok", "valley": "ok"}
    assert kept() == 8


def test_a_run_whose_loop_was_left_early_is_not_running(web: Web) -> None:
    async def first_only() -> None:
        async with Scraper("wire.db") as scraper:
            async for _ in scraper.run(load_sources("sources.toml")):
                break

    asyncio.run(first_only())
    assert "running" not in states().values()
    with SqliteStore(Path("wire.db")) as store:
        assert store.database.rows("SELECT outcome FROM run")[0][0] == "stopped"


def test_the_status_knows_that_a_killed_process_is_dead(web: Web, tmp_path: Path, capsys: Output) -> None:
    slow = web.site("slow", articles=200)
    (tmp_path / "sources.toml").write_text(slow.source_toml(delay=0.2))
    process = subprocess.Popen([sys.executable, "-m", "scraper.cli", "run"], stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(slow.paths()) < 5 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert states() == {"slow": "running"}
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert states() == {"slow": "died"}
    assert main(["status"]) == 0
    assert "died" in capsys.readouterr().out
