"""robots.txt is asked for once, obeyed, and read as RFC 9309 says."""

import asyncio
import time

import pytest

from scraper.errors import FetchError, RobotsForbid, RobotsUnreachable
from scraper.fetch.client import Client, Limits, user_agent
from scraper.fetch.politeness import KnownHosts
from scraper.fetch.robots import KEEP, LONGEST_DELAY, READ_LIMIT, RobotsRecord, read_robots
from scraper.sources import Source
from tests.scraper import faults
from tests.scraper.server import Site, Web

LIMITS = Limits(connect=2, first_byte=0.3, total=4, tries=1)
AGENT = user_agent("desk@example.org")


def rules_of(text: str, status: int = 200):  # type: ignore[no-untyped-def]
    return read_robots(RobotsRecord("https://example.org", status, text, time.time()), AGENT)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /private/", "/news/1", True),
        ("User-agent: *\nDisallow: /private/", "/private/1", False),
        ("User-agent: *\nDisallow: /\nAllow: /news/", "/news/1", True),
        ("User-agent: wireclean\nDisallow: /\n\nUser-agent: *\nAllow: /", "/news/1", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: wireclean\nDisallow:", "/news/1", True),
        ("User-agent: other\nDisallow: /", "/news/1", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/news/1.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/news/1.pdf?x=1", True),
        ("<html>not found, but with status 200</html>", "/news/1", True),
        ("", "/news/1", True),
    ],
)
def test_the_rules_that_name_us_or_everyone_are_followed(text: str, path: str, allowed: bool) -> None:
    try:
        rules_of(text).check(f"https://example.org{path}")
    except RobotsForbid:
        assert not allowed
    else:
        assert allowed


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451])
def test_a_site_without_robots_txt_allows_all(status: int) -> None:
    rules_of("", status).check("https://example.org/news/1")


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_site_whose_robots_txt_fails_forbids_all_for_now(status: int) -> None:
    with pytest.raises(RobotsUnreachable):
        rules_of("", status).check("https://example.org/news/1")


def test_an_endless_crawl_delay_is_bounded() -> None:
    assert rules_of("User-agent: *\nCrawl-delay: 86400").delay() == LONGEST_DELAY


def test_a_hostile_pattern_is_matched_in_time() -> None:
    rules = rules_of("User-agent: *\nDisallow: /" + "a*" * 2000 + "b")
    began = time.process_time()
    rules.check("https://example.org/" + "a" * 2000)
    assert time.process_time() - began < 1.0


def fetch(site: Site, *paths: str, records: tuple[RobotsRecord, ...] = (), **kinds: str) -> list[object]:
    """What comes of fetching each path: its status, or the cause of its failure; last, the client's records."""

    async def run() -> list[object]:
        async with Client(
            user_agent=AGENT, limits=LIMITS, pace=False, known=KnownHosts(robots=tuple(records))
        ) as client:
            source = Source("x", allow_hosts=(site.address,), concurrency=4)

            async def one(path: str) -> object:
                try:
                    return (await client.fetch(site.url(path), source)).status
                except FetchError as error:
                    return error.cause

            results = await asyncio.gather(*(one(path) for path in paths))
            return [*results, list(client.known_hosts().robots)]

    return asyncio.run(run())


def test_it_is_asked_for_once_though_many_fetch_at_once_and_a_forbidden_page_is_never_asked_for() -> None:
    with Web() as web:
        site = web.site("harbour", robots="User-agent: *\nDisallow: /section/")
        results = fetch(site, "/", "/feed.xml", "/section/", "/atom.xml")
        assert results[:4] == [200, 200, "robots", 200]
        assert site.paths().count("/robots.txt") == 1
        assert "/section/" not in site.paths()


def test_the_next_run_asks_again_only_after_a_day() -> None:
    with Web() as web:
        site = web.site("harbour", robots="User-agent: *\nDisallow: /section/")
        *_, records = fetch(site, "/")
        assert isinstance(records, list)
        site.asked.clear()
        assert fetch(site, "/section/", records=tuple(records))[0] == "robots"
        assert site.paths() == []
        old = RobotsRecord(records[0].origin, 200, "", records[0].fetched - KEEP)
        assert fetch(site, "/section/", records=(old,))[0] == "robots"
        assert site.paths() == ["/robots.txt"]


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        (faults.status(404), 200),
        (faults.status(403), 200),
        (faults.status(500), "robots-unreachable"),
        (faults.status(429), "robots-unreachable"),
        (faults.redirect("/robots.txt"), 200),
        (faults.redirect("http://10.0.0.1/robots.txt"), "refused-address"),
        (faults.silence(), "timeout"),
        (faults.reset(), "connection"),
        (faults.reply(200, b"User-agent: *\nDisallow: /\n" + b"#" * (2 * READ_LIMIT)), "robots"),
        (faults.reply(200, b"#" * (READ_LIMIT + 10) + b"\nUser-agent: *\nDisallow: /\n"), 200),
        (faults.endless(), 200),
    ],
)
def test_what_a_bad_robots_txt_means_for_the_page(fault, result: object) -> None:  # type: ignore[no-untyped-def]
    with Web() as web:
        site = web.site("harbour")
        site.on("/robots.txt", fault)
        assert fetch(site, "/")[0] == result
