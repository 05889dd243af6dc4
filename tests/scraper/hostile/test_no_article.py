"""What is no article is not kept as one, has its cause, and is not asked for again at every run; what is one stays."""

# ruff: noqa: E501 — pages stand as servers send them

from __future__ import annotations

import json

import pytest

from tests.scraper import faults
from tests.scraper.hostile.play import Play, feed, page, rss, story
from tests.scraper.server import Fault

MENU = "<nav><a href=/>Home</a> <a href=/world/>World</a></nav>"
CARDS = "".join(
    f"<article><h3><a href='/news/{n}'>The harbour authority approved plan {n} for its berths</a></h3>"
    f"<p>Engineers said that the berth would take ships of {n} metres.</p></article>"
    for n in range(20)
)
LINKS = "".join(
    f"<li><a href='/news/{n}'>The harbour authority approved plan {n} for berths</a></li>" for n in range(40)
)
CONSENT = """<h1>We value your privacy</h1><p>We and our 842 partners store and/or access information on a device, such as
cookies, and process personal data, such as unique identifiers and standard information sent by a device for personalised
advertising and content.</p><p>With your permission we and our partners may use precise geolocation data and identification
through device scanning. You may click to consent to our processing as described above.</p><p>Your preferences will apply to
this website only. You can change them or withdraw your consent at any time.</p><button>Accept all</button>"""

NO_ARTICLES: dict[str, tuple[Fault, str]] = {
    "nothing": (page(b""), "empty-page"),
    "spaces": (page("<html><body> &nbsp; \n </body></html>"), "empty-page"),
    "a head alone": (page("<html><head><title>Story</title></head><body></body></html>"), "empty-page"),
    "a menu alone": (page(f"<html><body>{MENU}</body></html>"), "empty-page"),
    "a shell": (
        page("<html><body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div></body>"),
        "needs-javascript",
    ),
    "a shell with a loader": (
        page("<html><head><title>News</title></head><body><div id=app><div class=loader>Loading...</div></div></body>"),
        "empty-page",
    ),
    "a plea for scripts": (
        page("<html><body><h1>Please enable JavaScript</h1><p>This site requires JavaScript and cookies.</p></body></html>"),
        "needs-javascript",
    ),
    "a plea in German": (
        page("<html><body><h1>Hinweis</h1><p>Bitte aktivieren Sie JavaScript in Ihrem Browser, um fortzufahren.</p></body>"),
        "needs-javascript",
    ),
    "consent": (page(f"<html><head><title>Before you continue</title></head><body>{CONSENT}</body></html>"), "consent-wall"),
    "long consent": (
        page(f"<html><body>{CONSENT}{CONSENT.replace('842', '843')}</body></html>"), "consent-wall"),
    "a robot check": (
        page("<html><head><title>Just a moment...</title></head><body><h1>www.example.org</h1><p>www.example.org needs to "
             "review the security of your connection before proceeding.</p></body></html>"),
        "robot-check",
    ),
    "a soft 404": (
        page("<html><head><title>Page not found</title></head><body><h1>Page not found</h1><p>Sorry, the page you are "
             "looking for does not exist. Try our search.</p></body></html>"),
        "missing-page",
    ),
    "a login": (
        page("<html><head><title>Log in</title></head><body><h1>Log in</h1><form><input name=a><input type=password>"
             "<button>Log in</button></form><p>Forgot your password? Become a member to read this story today.</p></body>"),
        "login",
    ),
    "maintenance": (
        page("<html><head><title>Maintenance</title></head><body><h1>Sorry</h1><p>Our site is down for scheduled maintenance "
             "tonight, and every reader will find the news here tomorrow.</p></body></html>"),
        "maintenance",
    ),
    "a film": (
        page("<html><head><title>Watch: the harbour</title><meta property='og:type' content='video.other'></head><body>"
             "<h1>Watch: the harbour</h1><video src=/v.mp4></video><p>The harbour opens its berth.</p></body></html>"),
        "video",
    ),
    "a front page": (page(f"<html><head><title>Harbour</title></head><body><main>{CARDS}</main></body></html>"), "front-page"),
    "a list of links": (page(f"<html><head><title>Harbour</title></head><body><ul>{LINKS}</ul></body></html>"), "front-page"),
    "JSON": (page(b'{"error": "not found"}', {"Content-Type": "application/json"}), "not-a-page"),
    "JSON called HTML": (page(b'{"story": "The harbour opened."}'), "not-a-page"),
    "a script called HTML": (page(b"window.location = '/';"), "not-a-page"),
    "a feed": (page(rss(("/news/2", "x")), {"Content-Type": "text/html"}), "not-a-page"),
    "a PDF": (page(b"%PDF-1.7 ...", {"Content-Type": "application/pdf"}), "not-a-page"),
    "a PDF called HTML": (page(b"%PDF-1.7\n" + b"\x00\xff" * 500), "not-a-page"),
    "a picture called HTML": (page(b"\xff\xd8\xff\xe0" + b"\x00\xff" * 500), "not-a-page"),
    "a PNG called HTML": (page(b"\x89PNG\r\n\x1a\n" + b"\x00\xff" * 500), "not-a-page"),
    "a WebP called HTML": (page(b"RIFF\x00\x00\x00\x00WEBPVP8 " + b"\x00" * 500), "not-a-page"),
    "a film called HTML": (page(b"\x00\x00\x00\x20ftypisom" + b"\x00" * 500), "not-a-page"),
    "an mp4": (faults.reply(200, b"\x00\x00\x00\x20ftypisom", {"Content-Type": "video/mp4"}), "not-a-page"),
    "a zip called HTML": (page(b"PK\x03\x04" + b"\x00" * 500), "not-a-page"),
}  # fmt: skip


@pytest.mark.parametrize("kind", NO_ARTICLES)
def test_what_is_no_article_is_a_failure_with_its_cause_and_is_not_asked_for_again(
    play: Play, kind: str
) -> None:
    fault, cause = NO_ARTICLES[kind]
    site = play.site("harbour", articles=0)
    site.on("/feed.xml", feed(rss(("/news/1", "Harbour opens"), ("/news/2", "Second"))))
    site.on("/news/1", fault)
    site.on("/news/2", page(story(2)))
    play.run()
    assert len(play.kept(site)) == 1
    assert play.causes(site) == [cause]
    for _ in range(3):
        play.run()
    assert site.paths().count("/news/1") == 1


FLASH = "<p>PORT AMBER (AFP) - A 6.1 quake hit Port Amber on Tuesday, officials said.</p>"
ARTICLES: dict[str, str] = {
    "a flash of one sentence": f"<html><body><article><h1>Quake</h1>{FLASH}</article></body></html>",
    "a flash that quotes a wall": "<html><head><meta property='article:published_time' content='2025-01-31T12:00:00Z'></head>"
    "<body><article><h1>Metro line closed</h1><p>The metro is temporarily unavailable, the operator said on Tuesday, after "
    "a page not found on its site had left travellers without news.</p></article></body></html>",
    "a story about cookies": "<html><body><article><h1>Court rules on cookies</h1><p>By Mara Lindqvist</p>"
    "<p>BELLIS (AFP) — Sites may not set cookies before users give consent, the court said on Tuesday.</p>"
    "<p>The ruling says that a site must let users withdraw your consent, as banners call it, and reject all of it.</p>"
    + "<p>Engineers said that banners would change within the year, and that few users read what they accept.</p>" * 4
    + "</article></body></html>",
    "a photo with its caption": "<html><body><article><h1>The dam</h1><figure><img src=/a.jpg width=900><figcaption>The dam "
    "on Tuesday. Mara Lindqvist/AFP</figcaption></figure></article></body></html>",
    "a story with a film": "<html><head><script type='application/ld+json'>"
    + json.dumps([{"@type": "NewsArticle", "headline": "Quake"}, {"@type": "VideoObject", "name": "Quake"}])
    + f"</script></head><body><article><h1>Quake</h1>{FLASH}</article></body></html>",
    "results without a sentence": "<html><body>" + MENU + "<article><h1>Football results</h1><p>BELLIS (AFP) — Results</p>"
    + "".join(f"<p>Lowmoor {n} East Hale 2</p>" for n in range(20)) + "</article><ul>" + LINKS + "</ul></body></html>",
    "a story in noscript's company": story(1).decode().replace(
        "<body>", "<body><noscript>Please enable JavaScript</noscript>"
    ),
    "a Thai story": "<html><body><article><h1>ข่าว</h1>" + "<p>" + "รัฐบาลประกาศแผนใหม่สำหรับท่าเรือในวันอังคาร" * 6 + "</p></article></body></html>",
}  # fmt: skip


@pytest.mark.parametrize("kind", ARTICLES)
def test_what_is_an_article_is_kept(play: Play, kind: str) -> None:
    site = play.site("harbour", articles=0)
    site.on("/feed.xml", feed(rss(("/news/1", "Harbour opens"))))
    site.on("/news/1", page(ARTICLES[kind]))
    play.run()
    assert play.causes(site) == []
    assert len(play.kept(site)) == 1


def test_a_link_to_the_front_page_in_a_feed_is_no_article(play: Play) -> None:
    site = play.site("harbour", articles=2)
    site.on("/feed.xml", feed(rss(("/", "Home"), (site.newsroom.path(1), "One"))))
    play.run()
    assert len(play.kept(site)) == 1
    assert play.causes(site) == ["front-page"]


@pytest.mark.parametrize(
    "charset",
    ["undefined", "idna", "punycode", "rot13", "zlib_codec", "utf-7", "x" * 5000, "", "unicode_escape"],
)
def test_a_charset_that_is_none_is_no_crash(play: Play, charset: str) -> None:
    site = play.site("harbour", articles=0)
    site.on("/feed.xml", feed(rss(("/news/1", "Harbour opens"))))
    site.on("/news/1", page(story(1), {"Content-Type": f"text/html; charset={charset}"}))
    play.run()
    assert len(play.kept(site)) == 1


def test_a_page_in_no_encoding_that_can_be_told_is_refused_once_and_not_garbled(play: Play) -> None:
    site = play.site("harbour", articles=0)
    site.on("/feed.xml", feed(rss(("/news/1", "Harbour opens"))))
    noise = b"<html><body><article><p>" + bytes(range(128, 256)) * 40 + b".</p></article></body></html>"
    site.on("/news/1", page(noise, {"Content-Type": "text/html"}))
    play.run()
    play.run()
    assert site.paths().count("/news/1") == 1
    assert play.kept(site) == []
    assert play.causes(site) == ["not-a-page"]


def test_a_list_of_teasers_beneath_linked_headings_is_no_article(play: Play) -> None:
    site = play.site("harbour", articles=0)
    site.on("/feed.xml", feed(rss(("/news/1", "Harbour opens"))))
    found = "".join(
        f"<h2><a href='/n/{number}'>The harbour opened berth {number} on Monday</a></h2>\n<p>Short teaser {number}.</p>"
        for number in range(20)
    )
    site.on("/news/1", page(f"<html><head><title>Search</title></head><body>{found}</body></html>"))
    play.run()
    assert play.kept(site) == []
    assert play.causes(site) == ["front-page"]


@pytest.mark.parametrize(
    "host", ["xn--" + "a" * 300, ".".join(["a"] * 200), "xn--a.xn--b", "a" * 64, "-", "a..b"]
)
def test_a_host_that_nothing_can_be_called_is_a_bad_link_and_no_fault_of_ours(host: str, play: Play) -> None:
    site = play.site("harbour", articles=0)
    site.on("/feed.xml", feed(rss((f"http://{host}.test/", "Odd"), ("/news/1", "Harbour opens"))))
    site.on("/news/1", page(story(1)))
    play.run()
    assert len(play.kept(site)) == 1
    assert set(play.causes(site)) <= {"dns", "refused-address"}


def test_a_quiet_hour_with_films_and_a_dead_link_is_no_failure_of_its_source(play: Play) -> None:
    site = play.site("harbour", articles=0)
    pages = ["/gone", *(f"/{name}{number}" for name in ("film", "unwanted") for number in range(3))]
    site.on("/feed.xml", feed(rss(*((path, "x") for path in pages))))
    site.on("/film*", faults.reply(200, b"0" * 99, {"Content-Type": "video/mp4"}))
    site.on("/gone", faults.status(410))
    site.on("/unwanted*", page(story(1), {"X-Robots-Tag": "noindex"}))
    play.run()
    status = play.status(site)
    assert play.ok
    assert (status.state, status.failed) == ("ok", 7)
    assert play.causes(site) == ["noindex", "not-a-page", "status-410"]
