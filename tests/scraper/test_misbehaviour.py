"""One run over many sites, most of which misbehave, each in a way of its own.

The run ends by itself, the honest sites' articles are all there, so are a bad site's good ones, and each failure is
in the status with its cause.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from scraper import Scraper, load_sources
from scraper.fetch.client import Limits
from scraper.store.protocol import SourceStatus
from scraper.store.sqlite import SqliteStore
from tests.scraper import faults
from tests.scraper.server import Fault, Web

LIMITS = Limits(
    connect=4, first_byte=4, total=6, tries=2, backoff=0.01, page_bytes=1 << 20, feed_bytes=1 << 20
)

FEED = "/feed.xml"
HALF = b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<html><p>The harbour"

BAD_PAGES: dict[str, tuple[Fault, str]] = {
    "missing": (faults.status(404), "status-404"),
    "gone": (faults.status(410), "status-410"),
    "broken": (faults.status(500), "status-500"),
    "busy": (faults.status(503, "0"), "status-503"),
    "too-many": (faults.status(429, "0"), "status-429"),
    "cut": (faults.truncated(), "truncated"),
    "cut-chunks": (faults.truncated_chunks(), "truncated"),
    "cut-gzip": (faults.truncated_gzip(), "truncated"),
    "wrong-length": (faults.wrong_length(), "truncated"),
    "reset": (faults.reset(), "connection"),
    "reset-midway": (faults.reset(HALF), "connection"),
    "silent": (faults.silence(), "timeout"),
    "drip": (faults.drip(), "timeout"),
    "drip-headers": (faults.drip_headers(), "timeout"),
    "endless": (faults.endless(), "too-large"),
    "header-flood": (faults.header_flood(), "header-flood"),
    "bomb-gzip": (faults.bomb("gzip", 64), "bomb"),
    "bomb-br": (faults.bomb("br", 64), "bomb"),
    "bomb-zstd": (faults.bomb("zstd", 64), "bomb"),
    "no-http": (faults.raw(b"hello, I am no web server\r\n\r\n"), "protocol"),
    "loop": (faults.redirect("?again"), "redirect-loop"),
    "to-metadata": (faults.redirect("http://169.254.169.254/latest/meta-data/"), "refused-address"),
    "to-loopback": (faults.redirect("http://127.0.0.1:22/"), "refused-address"),
    "to-decimal": (faults.redirect("http://2130706433/", 301), "refused-address"),
    "to-ipv6": (faults.redirect("http://[::1]/"), "refused-address"),
    "to-mapped": (faults.redirect("http://[::ffff:10.0.0.1]/"), "refused-address"),
    "to-file": (faults.redirect("file:///etc/passwd"), "refused-address"),
    "nowhere": (faults.reply(302), "bad-redirect"),
}
"""What one article of a site does, and the cause that its source must show."""

BAD_FEEDS: dict[str, tuple[Fault, str]] = {
    "feed-missing": (faults.status(404), "status-404"),
    "feed-entities": (faults.entity_bomb(), "bomb"),
    "feed-bomb": (faults.bomb("gzip", 64), "bomb"),
    "feed-endless": (faults.endless(), "too-large"),
    "feed-silent": (faults.silence(), "timeout"),
    "feed-cut": (faults.truncated(b"<rss><channel><item>"), "truncated"),
    "feed-is-a-page": (faults.reply(200, b"<html><body>Log in</body></html>"), "not-a-feed"),
    "feed-inside": (faults.redirect("http://10.0.0.1/feed"), "refused-address"),
}
"""What the feed of a site does."""

PASSING: dict[str, tuple[str, Fault]] = {
    "burst": ("/news/*", faults.status(503)),
    "patience": ("/news/*", faults.status(429, "0")),
    "hiccup": ("/news/*", faults.reset()),
    "feed-hiccup": (FEED, faults.status(502)),
}
"""What a site does once and then no more: no failure at all."""

ARTICLES = 3
CHARSET_LIE = """<html><head><title>Le port rouvre</title></head><body><article><h1>Le port rouvre après la tempête</h1>
<p>Le port a rouvert dimanche à midi, après deux journées de fermeture, a déclaré le préfet de la région.</p>
<p>Les pêcheurs, privés de mer depuis jeudi, ont été autorisés à sortir dès l'après-midi, malgré la houle.</p>
<p>Aucun blessé n'a été signalé, mais les dégâts sont évalués à plusieurs millions, selon la mairie.</p></article>"""


@dataclass
class Outcome:
    """What the run left behind."""

    seconds: float
    statuses: dict[str, SourceStatus]
    texts: dict[str, list[str]]
    asked: dict[str, list[str]]


def run_once(folder: Path) -> float:
    async def run() -> None:
        async with Scraper(folder / "wire.db", pace=False, limits=LIMITS, workers=1) as scraper:
            async for _ in scraper.run(load_sources(folder / "sources.toml")):
                pass

    began = time.monotonic()
    asyncio.run(run())
    return time.monotonic() - began


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("run")
    with Web() as web:
        for name in ("honest-one", "honest-two", *BAD_PAGES, *BAD_FEEDS, *PASSING, "charset"):
            web.site(name, articles=ARTICLES)
        for site in web.sites:
            if site.name in BAD_PAGES:
                site.on(site.newsroom.path(2) + "*", BAD_PAGES[site.name][0])
            elif site.name in BAD_FEEDS:
                site.on(FEED, BAD_FEEDS[site.name][0])
            elif site.name in PASSING:
                site.on(*PASSING[site.name], times=1)
            elif site.name == "charset":
                site.on(
                    site.newsroom.path(2) + "*", faults.reply(200, CHARSET_LIE.encode("latin-1"), faults.HTML)
                )
        return outcome_of(web, folder)


def outcome_of(web: Web, folder: Path) -> Outcome:
    """Do a run over all sites of a web."""
    (folder / "sources.toml").write_text(web.sources_toml())
    seconds = run_once(folder)
    asked = {site.name: site.paths() for site in web.sites}
    texts: dict[str, list[str]] = {name: [] for name in asked}
    with SqliteStore(folder / "wire.db") as store:
        statuses = {status.source: status for status in store.runs.statuses(datetime(2000, 1, 1))}
        for name in asked:
            for _, article in store.articles.each(source=name):
                texts[name].append(json.dumps(article, ensure_ascii=False))
    return Outcome(seconds, statuses, texts, asked)


def causes(outcome: Outcome, name: str) -> list[str]:
    return [failure.cause for failure in outcome.statuses[name].failures]


def test_the_run_ends_by_itself_and_soon(outcome: Outcome) -> None:
    assert outcome.seconds < 30


@pytest.mark.parametrize("name", ["honest-one", "honest-two"])
def test_the_articles_of_honest_sites_are_all_there(outcome: Outcome, name: str) -> None:
    assert len(outcome.texts[name]) == ARTICLES
    for number in range(1, ARTICLES + 1):
        assert any(
            f"carries the number {number} in the files of {name}" in text for text in outcome.texts[name]
        )
    assert outcome.statuses[name].state == "ok"


@pytest.mark.parametrize("name", BAD_PAGES)
def test_a_bad_page_costs_itself_alone_and_shows_its_cause(outcome: Outcome, name: str) -> None:
    assert len(outcome.texts[name]) == ARTICLES - 1
    assert causes(outcome, name) == [BAD_PAGES[name][1]]


@pytest.mark.parametrize("name", BAD_FEEDS)
def test_a_bad_feed_shows_its_cause(outcome: Outcome, name: str) -> None:
    assert causes(outcome, name) == [BAD_FEEDS[name][1]]


@pytest.mark.parametrize("name", PASSING)
def test_a_passing_trouble_costs_nothing(outcome: Outcome, name: str) -> None:
    assert len(outcome.texts[name]) == ARTICLES
    assert causes(outcome, name) == []


def test_a_page_that_lies_about_its_charset_is_read_all_the_same(outcome: Outcome) -> None:
    assert any(
        "après deux journées de fermeture, a déclaré le préfet" in text for text in outcome.texts["charset"]
    )


def test_a_site_that_forbids_is_not_asked(tmp_path: Path) -> None:
    with Web() as web:
        web.site("forbids-all", articles=ARTICLES, robots="User-agent: *\nDisallow: /")
        web.site("forbids-news", articles=ARTICLES, robots="User-agent: *\nDisallow: /news/")
        web.site("robots-broken", articles=ARTICLES).on("/robots.txt", faults.status(503))
        outcome = outcome_of(web, tmp_path)
    assert causes(outcome, "forbids-all") == ["robots"]
    assert set(outcome.asked["forbids-all"]) == {"/robots.txt"}
    assert causes(outcome, "forbids-news") == ["robots"]
    assert set(outcome.asked["forbids-news"]) == {"/robots.txt", FEED}
    assert causes(outcome, "robots-broken") == ["robots-unreachable"]
    assert FEED not in outcome.asked["robots-broken"]


def test_a_second_run_over_unchanged_sites_asks_once_for_each_feed(tmp_path: Path) -> None:
    with Web() as web:
        for _, name in zip(range(3), count(1), strict=False):
            web.site(f"site{name}", articles=ARTICLES)
        (tmp_path / "sources.toml").write_text(web.sources_toml())
        run_once(tmp_path)
        for site in web.sites:
            site.asked.clear()
        run_once(tmp_path)
        for site in web.sites:
            assert [(asked.path, asked.status) for asked in site.asked] == [(FEED, 304)]
