"""A year and a month of daily runs, with a clock that is set on by a day: what changes at the sites is told, once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Self

import pytest
import time_machine

from cleaners.options import Options
from scraper.cli import main
from scraper.commands import report
from scraper.fetch.client import Client
from scraper.store.sqlite import SqliteStore
from scraper.worker import Cleaned, wash
from tests.scraper import faults
from tests.scraper.server import Site, Web

DAYS = 400
START = datetime(2025, 1, 1, 6, 0, tzinfo=UTC)
SETTINGS = """
keep_pages = "20d"
keep_articles = "60d"
log = "wire.log"
"""
JUNK = (
    "Subscribe to our newsletter",
    "Sign up for our daily briefing",
    "Follow us on Facebook",
    "Download our app",
    "Share this article",
    "Read more: the week in pictures",
    "Advertisement",
)


class InThisProcess:
    """Cleans where the test runs: a process for each of 400 runs would take the time for the whole test."""

    def __init__(self, workers: int | None) -> None:
        pass

    async def clean(self, body: bytes, options: Options) -> Cleaned:
        return wash(body, options)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    with pytest.MonkeyPatch.context() as patch, Web() as web:
        patch.setattr("scraper.session.Client", partial(Client, pace=False))
        patch.setattr("scraper.session.CleaningPool", InThisProcess)
        patch.setattr(report, "LOG_BYTES", 100_000)
        folder = tmp_path_factory.mktemp("year")
        patch.chdir(folder)
        year = Year(folder, web)
        year.play()
        yield year


class Year:
    """The sites, and what was told on which day of each."""

    def __init__(self, folder: Path, web: Web) -> None:
        self.folder = folder
        self.sites = {
            name: web.site(name, articles=3, feed_items=items)
            for name, items in (
                ("steady", 90), ("dying", 10), ("moving", 10), ("rebuilt", 20), ("poor", 20), ("silent", 20),
            )
        }  # fmt: skip
        self.told: list[tuple[int, str]] = []
        self.codes: list[int] = []

    def play(self) -> None:
        notify = self.folder / "notify.sh"
        notify.write_text(f"#!/bin/sh\ncat >> {self.folder}/told.txt\n")
        notify.chmod(0o755)
        settings = f'notify = "{notify}"\n{SETTINGS}'
        text = settings + "\n".join(site.source_toml() for site in self.sites.values())
        (self.folder / "sources.toml").write_text(text)
        for day in range(DAYS):
            for name, site in self.sites.items():
                happen(name, site, day)
            with time_machine.travel(START + timedelta(days=day), tick=True):
                self.codes.append(main(["run"]))
            heard = self.folder / "told.txt"
            if heard.exists():
                self.told += [(day, line) for line in heard.read_text().splitlines()]
                heard.unlink()

    def of(self, name: str) -> list[tuple[int, str]]:
        """What was told of a source: the day, and what."""
        return [(day, line.partition(": ")[2]) for day, line in self.told if line.startswith(f"{name}: ")]


def happen(name: str, site: Site, day: int) -> None:
    """Let a day pass at a site."""
    news = site.newsroom
    match name:
        case "steady":
            news.publish(1)
        case "dying":
            if day < 100:
                news.publish(1)
            if day == 100:
                site.on("*", faults.reset())
            if day == 130:
                site.behave()
        case "moving":
            news.publish(100 < day < 300)
            if day == 150:
                site.on("/feed.xml", faults.reply(301, b"", {"Location": "/atom.xml"}))
        case "rebuilt":
            news.publish(2 * (140 < day < 260))
            if day == 200:
                news.captions, news.furniture = False, JUNK
        case "poor":
            if 190 < day < 250:
                news.publish(4)
            elif day > 250 and day % 4 == 0:
                news.publish(1)
        case "silent":
            if 200 <= day < 300:
                news.publish(2)


def test_the_source_that_works_for_a_year_is_never_told_of(told: Year) -> None:
    assert told.of("steady") == []


def test_a_source_that_dies_is_told_of_once_and_once_more_when_it_is_back(told: Year) -> None:
    (failed, why), (back, again), *later = told.of("dying")
    assert failed == 102
    assert "http://127.0.0.1:" in why
    assert 130 <= back <= 131  # its host may be left alone for a day still
    assert again == "works again"
    assert [line.partition(" since")[0] for _, line in later] == ["no new article"]  # it is back, and empty
    assert told.codes[100] == told.codes[110] == 1
    assert told.codes[99] == told.codes[135] == 0


def test_a_source_whose_template_changes_is_told_of_by_its_captions_and_its_junk(told: Year) -> None:
    heard = [(day, line) for day, line in told.of("rebuilt") if day < 230]
    assert all(200 < day <= 208 for day, _ in heard)
    captions, junk = sorted(line for _, line in heard)
    assert captions.startswith("0.0 captions an article in its last ")
    assert "% of its lines are taken away; before, " in junk


def test_a_source_that_drops_to_a_tenth_is_told_of(told: Year) -> None:
    heard = [(day, line) for day, line in told.of("poor") if day > 190]
    day, line = heard[0]
    assert 250 < day <= 262
    assert line.endswith("articles in the last 7 days; before, 28 a week")
    assert len(heard) <= 3, heard


def test_a_source_that_falls_silent_is_told_of_with_its_last_day(told: Year) -> None:
    [(day, line)] = told.of("silent")
    assert 300 < day <= 310
    last = (START + timedelta(days=299)).date()
    assert line == f"no new article since {last}; before, 14 a week"


def test_nobody_is_told_more_than_a_few_times_in_a_year(told: Year) -> None:
    assert len(told.told) <= 15, told.told


def test_a_moved_feed_is_followed(told: Year) -> None:
    with SqliteStore("wire.db") as store:
        [moved] = store.addresses.moved().values()
    assert moved.endswith("/atom.xml")
    paths = {path.partition("?")[0] for path in told.sites["moving"].paths() if path.startswith("/news/")}
    assert len(paths) == 3 + 199


def test_what_was_pruned_stays_away_and_no_article_is_asked_for_twice(told: Year) -> None:
    for name in ("steady", "moving", "rebuilt", "poor"):
        paths = (path.partition("?")[0] for path in told.sites[name].paths())
        asked = Counter(path for path in paths if path.startswith("/news/"))
        assert set(asked.values()) == {1}, name


def test_the_store_is_pruned_and_healthy_after_the_year(told: Year) -> None:
    with SqliteStore("wire.db") as store:
        examined = store.examine()
        oldest = min(entry.fetched for entry in store.articles.entries())
        with_page = store.database.row("SELECT count(*) AS n FROM page WHERE length(body) > 0")
    assert examined.problems == ()
    end = START + timedelta(days=DAYS - 1)
    assert end - oldest <= timedelta(days=60, hours=1)
    assert with_page is not None
    assert 0 < with_page["n"] < examined.holds["page"]
    assert examined.holds["bytes"] < 20_000_000
    assert main(["check", "--store"]) == 0


def test_the_log_rotates_and_is_lines_of_json(told: Year) -> None:
    logs = sorted(told.folder.glob("wire.log*"))
    assert len(logs) == 1 + report.OLD_LOGS
    assert max(log.stat().st_size for log in logs) <= 100_000
    assert json.loads((told.folder / "wire.log").read_text().splitlines()[-1])["event"] == "ended"


def test_the_status_says_in_words_what_is_not_as_it_was(
    told: Year, capsys: pytest.CaptureFixture[str]
) -> None:
    with time_machine.travel(START + timedelta(days=310), tick=True):
        assert main(["status"]) == 0
    assert "silent: no new article since 2025-10-27; before, " in capsys.readouterr().out
