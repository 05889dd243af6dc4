"""robots.txt as RFC 9309 has it: whose group it is, what lines mean, how much is read, and what silence means."""

from __future__ import annotations

import asyncio
import gzip
import time

import pytest

from scraper.errors import RobotsForbid
from scraper.fetch.client import Client, Limits, user_agent
from scraper.fetch.politeness import KnownHosts
from scraper.fetch.robots import KEEP, READ_LIMIT, RobotsRecord, read_robots
from scraper.sources import Source
from tests.scraper import faults
from tests.scraper.hostile.play import Play
from tests.scraper.server import Fault, Web

AGENT = user_agent("desk@news.example.org")
TEXT = {"Content-Type": "text/plain"}


def allowed(text: str, path: str = "/news/1") -> bool:
    try:
        read_robots(RobotsRecord("https://example.org", 200, text, 0.0), AGENT).check(
            f"https://example.org{path}"
        )
    except RobotsForbid:
        return False
    return True


@pytest.mark.parametrize(
    "name",
    ["wire", "clean", "wirecleaner", "desk", "news", "example", "example.org", "desk@news.example.org", "org", "w",
     "wireclean-news", "bot", "Mozilla/5.0 (compatible; wireclean)", "", "-", "1.0"],
)  # fmt: skip
def test_a_group_for_another_token_is_not_ours(name: str) -> None:
    assert allowed(f"User-agent: {name}\nDisallow: /")
    assert not allowed(f"User-agent: {name}\nAllow: /\n\nUser-agent: *\nDisallow: /")


@pytest.mark.parametrize(
    "name",
    [
        "wireclean",
        "WireClean",
        "WIRECLEAN",
        "wireclean/1.0",
        "wireclean/2 (x)",
        "wireclean *",
        " wireclean  # us",
    ],
)
def test_a_group_for_our_token_is_ours_however_it_is_written(name: str) -> None:
    assert not allowed(f"User-agent: {name}\nDisallow: /")
    assert allowed(f"User-agent: *\nDisallow: /\nUser-agent: {name}\nDisallow:\n")


@pytest.mark.parametrize(
    ("text", "path", "result"),
    [
        # groups
        (
            "User-agent: wireclean\nDisallow: /a\nUser-agent: *\nDisallow: /b\nUser-agent: wireclean\nDisallow: /c",
            "/c/1",
            False,
        ),
        ("User-agent: wireclean\nDisallow: /a\nUser-agent: *\nDisallow: /b", "/b/1", True),
        ("User-agent: other\nUser-agent: wireclean\nDisallow: /", "/a", False),
        ("User-agent: wireclean\nUser-agent: other\nDisallow: /", "/a", False),
        ("User-agent: wireclean\n\n\nDisallow: /", "/a", False),
        ("User-agent: wireclean\nSitemap: https://example.org/s.xml\nDisallow: /", "/a", False),
        ("User-agent: wireclean\nFoo: bar\nUser-agent: other\nDisallow: /", "/a", False),
        ("User-agent: wireclean\nCrawl-delay: 1\nUser-agent: other\nDisallow: /", "/a", False),
        ("Disallow: /\nUser-agent: other\nAllow: /", "/a", True),
        ("User-agent: *\nDisallow: /\nUser-agent: wireclean", "/a", True),
        # the longest match, and allow where two are as long
        ("User-agent: *\nDisallow: /news\nAllow: /news/open", "/news/open/1", True),
        ("User-agent: *\nAllow: /news\nDisallow: /news/closed", "/news/closed/1", False),
        ("User-agent: *\nDisallow: /page\nAllow: /page", "/page", True),
        ("User-agent: *\nDisallow: /\nAllow: /n", "/news", True),
        ("User-agent: *\nAllow: /$\nDisallow: /", "/", True),
        ("User-agent: *\nAllow: /$\nDisallow: /", "/a", False),
        # letters matter in paths, and not in names of lines
        ("user-AGENT: *\nDISALLOW: /News", "/news/1", True),
        ("user-AGENT: *\nDISALLOW: /News", "/News/1", False),
        # wildcards
        ("User-agent: *\nDisallow: /*.php", "/a/b.php?x", False),
        ("User-agent: *\nDisallow: /*.php$", "/a.php5", True),
        ("User-agent: *\nDisallow: /a*/c$", "/ab/x/c", False),
        ("User-agent: *\nDisallow: *print", "/news/print/1", False),
        ("User-agent: *\nDisallow: /fish*", "/fish.html", False),
        ("User-agent: *\nDisallow: /fish", "/Fish", True),
        # percent-encoding
        ("User-agent: *\nDisallow: /caf%C3%A9", "/café/1", False),
        ("User-agent: *\nDisallow: /café", "/caf%C3%A9/1", False),
        ("User-agent: *\nDisallow: /caf%c3%a9", "/caf%C3%A9/1", False),
        ("User-agent: *\nDisallow: /a%3Cd", "/a%3cd", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
        ("User-agent: *\nDisallow: /%7Ejoe/", "/~joe/1", False),
        ("User-agent: *\nDisallow: /news?print", "/news?print=1", False),
        # odd files
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\rDisallow: /a\rDisallow: /b", "/b", False),
        ("User-agent: *\r\nDisallow: /a\r\n", "/a", False),
        ("User-agent : *\nDisallow : /", "/a", False),
        ("  User-agent: *  \n\tDisallow:\t/  ", "/a", False),
        ("User-agent: *\nDisallow /a", "/a", False),
        ("User-agent *\nDisallow: /a", "/a", False),
        ("useragent: *\ndissallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /a # all of it\n# Disallow: /b", "/a", False),
        ("User-agent: *\nDisallow: /a # all of it\n# Disallow: /b", "/b", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("<html><body>User-agent: * Disallow: /</body></html>", "/a", True),
        ("User-agent: *\nDisallow: /a\n\n\n\nDisallow: /b", "/b", False),
        ("User-agent: *\nDisallow: https://example.org/a", "/a", True),
        ("User-agent: *\nAllow: /news/\nDisallow: /\x00", "/other", True),
    ],
)
def test_lines_mean_what_the_standard_says(text: str, path: str, result: bool) -> None:
    assert allowed(text.lstrip("\ufeff"), path) is result


def test_a_delay_is_for_the_agents_above_it() -> None:
    def delay(text: str) -> float:
        return read_robots(RobotsRecord("https://example.org", 200, text, 0.0), AGENT).delay()

    assert delay("User-agent: other\nCrawl-delay: 9\n\nUser-agent: *\nDisallow: /x") == 0.0
    assert delay("User-agent: *\nCrawl-delay: 9\nUser-agent: wireclean\nCrawl-delay: 2\nDisallow: /x") == 2.0
    assert delay("User-agent: *\nDisallow: /x\nCrawl-delay: 3") == 3.0
    assert delay("User-agent: *\nCrawl-delay: soon") == 0.0
    assert delay("User-agent: *\nCrawl-delay: -5\nDisallow:") == 0.0
    assert delay("User-agent: *\nCrawl-delay: nan\nDisallow:") == 0.0


LONG = b"User-agent: *\nDisallow: /news/\n" + b"# more\n" * READ_LIMIT
BOMB = gzip.compress(b"User-agent: *\nDisallow: /news/\n" + b"\n" * (64 << 20))
LATE = b"# more\n" * (READ_LIMIT // 7 + 1) + b"User-agent: *\nDisallow: /\n"
CUT = b"User-agent: *\n" + b"#" * (READ_LIMIT - 14 - 11 - 1) + b"\nDisallow: /news-of-old/\n"


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (faults.reply(200, LONG, TEXT), 0),
        (faults.reply(200, gzip.compress(LONG), {**TEXT, "Content-Encoding": "gzip"}), 0),
        (faults.reply(200, gzip.compress(LONG), TEXT), 0),
        (faults.reply(200, BOMB, {"Content-Encoding": "gzip"}), 0),
        (faults.reply(200, LATE, TEXT), 2),
        (faults.reply(200, gzip.compress(LATE), {**TEXT, "Content-Encoding": "gzip"}), 2),
        (faults.reply(200, CUT, TEXT), 2),
        (faults.bomb("gzip", 64), 2),
        (faults.bomb("br", 64), 2),
        (faults.bomb("zstd", 64), 2),
        (faults.endless(), 2),
        (faults.reply(204), 2),
        (faults.reply(200, b""), 2),
        (faults.reply(200, b"\xff\xfe\x00binary\x00" * 100), 2),
        (faults.status(418), 2),
        (faults.reply(302, b"", {"Location": "/other-robots.txt"}), 0),
    ],
)  # fmt: skip
def test_so_much_is_read_of_a_long_file_and_no_more(play: Play, answer: Fault, kept: int) -> None:
    site = play.site("harbour", articles=2)
    site.on("/robots.txt", answer)
    site.on("/other-robots.txt", faults.reply(200, b"User-agent: wireclean\nDisallow: /news/"))
    play.run()
    assert len(play.kept(site)) == kept, play.causes(site)


@pytest.mark.parametrize(
    "fault", [faults.status(500), faults.status(429), faults.reset(), faults.silence(5), faults.truncated()]
)
def test_a_file_that_cannot_be_had_today_says_what_it_said_yesterday(fault: Fault) -> None:
    async def run(age: float) -> list[str]:
        record = RobotsRecord(
            site.url("")[: -0 or None].rstrip("/"),
            200,
            "User-agent: *\nDisallow: /section/",
            time.time() - age,
        )
        limits = Limits(connect=1, first_byte=0.3, total=2, tries=1)
        results = []
        async with Client(
            user_agent=AGENT, limits=limits, pace=False, known=KnownHosts(robots=(record,))
        ) as client:
            for path in ("/", "/section/"):
                try:
                    await client.fetch(site.url(path), Source("x", allow_hosts=(site.address,)))
                    results.append("fetched")
                except Exception as error:
                    results.append(getattr(error, "cause", repr(error)))
            kept = client.known_hosts().robots
        assert all(record.status == 200 for record in kept)
        return results

    with Web() as web:
        site = web.site("harbour")
        site.on("/robots.txt", fault)
        assert asyncio.run(run(KEEP * 2)) == ["fetched", "robots"]
        assert site.paths().count("/robots.txt") == 1


@pytest.mark.speed
def test_a_hostile_file_is_read_in_time() -> None:
    agents = "".join(f"User-agent: a{number}\n" for number in range(20_000))
    rules = "".join(f"Disallow: /*{number}*x*y*z$\n" for number in range(20_000))
    began = time.process_time()
    assert allowed(agents + "User-agent: *\n" + rules, "/" + "a" * 1900)
    assert time.process_time() - began < 2.0
