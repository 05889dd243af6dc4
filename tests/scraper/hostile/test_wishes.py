"""What a publisher says of its pages' use is respected, shown, and can be switched off by who has a licence."""

from __future__ import annotations

import pytest

from tests.scraper import faults
from tests.scraper.hostile.play import Play, feed, page, rss, story

HEADERS: list[tuple[dict[str, str], str | None]] = [
    ({"X-Robots-Tag": "noindex"}, "noindex"),
    ({"X-Robots-Tag": "NOINDEX, nofollow"}, "noindex"),
    ({"X-Robots-Tag": "nofollow,noindex"}, "noindex"),
    ({"X-Robots-Tag": "none"}, "noindex"),
    ({"X-Robots-Tag": "noai, noimageai"}, "noai"),
    ({"X-Robots-Tag": "wireclean: noindex"}, "noindex"),
    ({"X-Robots-Tag": "googlebot: noindex, nofollow"}, None),
    ({"X-Robots-Tag": "googlebot: nofollow, wireclean: noindex"}, "noindex"),
    ({"X-Robots-Tag": "unavailable_after: 25 Jun 2010 15:00:00 PST, noindex"}, "noindex"),
    ({"X-Robots-Tag": "max-snippet: 20, index"}, None),
    ({"X-Robots-Tag": "noimageindex, noarchive, nosnippet, noimageai"}, None),
    ({"X-Robots-Tag": "googlebot: noindex\r\nX-Robots-Tag: noindex"}, "noindex"),
    ({"X-Robots-Tag": "noarchive\r\nX-Robots-Tag: googlebot: noindex"}, None),
    (
        {"X-Robots-Tag": "googlebot: noindex\r\nX-Robots-Tag: nofollow\r\nX-Robots-Tag: wireclean: none"},
        "noindex",
    ),
    ({"TDM-Reservation": "1"}, "tdm-reservation"),
    ({"tdm-reservation": "1", "tdm-policy": "https://example.org/policy.json"}, "tdm-reservation"),
    ({"tdm-reservation": "0"}, None),
    ({"tdm-reservation": "2"}, None),
]
METAS: list[tuple[str, str | None]] = [
    ('<meta name="robots" content="noindex">', "noindex"),
    ("<META NAME=ROBOTS CONTENT='index, NOINDEX'>", "noindex"),
    ('<meta content="none" name="robots">', "noindex"),
    ('<meta name="robots" content="noai">', "noai"),
    ('<meta name="wireclean" content="noindex">', "noindex"),
    ('<meta name="googlebot" content="noindex">', None),
    ('<meta name="robots" content="index, follow, max-image-preview:large">', None),
    ('<!-- <meta name="robots" content="noindex"> -->', None),
    ('<script>var x = \'<meta name="robots" content="noindex">\'</script>', None),
    ('<meta name="tdm-reservation" content="1">', "tdm-reservation"),
    ('<meta name="tdm-reservation" content="0">', None),
    ('<meta name="description" content="none">', None),
]


def run(play: Play, headers: dict[str, str], head: str, extra: str = "") -> tuple[int, list[str]]:
    site = play.site("harbour", articles=0, extra=extra)
    site.on("/feed.xml", feed(rss(("/news/1", "One"))))
    site.on("/news/1", page(story(1, head=head), headers))
    play.run()
    play.run()
    assert site.paths().count("/news/1") == 1
    return len(play.kept(site)), play.causes(site)


@pytest.mark.parametrize(("headers", "cause"), HEADERS)
def test_a_wish_in_the_headers_is_respected(play: Play, headers: dict[str, str], cause: str | None) -> None:
    assert run(play, headers, "") == ((0, [cause]) if cause else (1, []))


@pytest.mark.parametrize(("head", "cause"), METAS)
def test_a_wish_in_the_page_is_respected(play: Play, head: str, cause: str | None) -> None:
    assert run(play, {}, head) == ((0, [cause]) if cause else (1, []))


def test_who_has_a_licence_may_say_so(play: Play) -> None:
    wishes = {"X-Robots-Tag": "noindex", "TDM-Reservation": "1"}
    assert run(play, wishes, METAS[0][0], "respect_optouts = false") == (1, [])


def test_a_section_that_is_not_to_be_indexed_may_still_be_followed(play: Play) -> None:
    site = play.site("harbour", articles=0)
    head = '<html><head><meta name="robots" content="noindex, follow"></head>'
    site.on(
        "/section/",
        page(head + '<body><a href="/news/1">One</a></body></html>', {"X-Robots-Tag": "noindex, follow"}),
    )
    site.on("/news/1", page(story(1)))
    play.run(text=site.source_toml(kind="section"))
    assert len(play.kept(site)) == 1


SIGNALS: list[tuple[str, str | None]] = [
    ("User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /", "content-signal"),
    ("User-agent: *\nAllow: /\nContent-Signal: search=no", "content-signal"),
    ("Content-Signal: ai-input = NO\nUser-agent: *\nAllow: /", "content-signal"),
    (
        "User-agent: wireclean\nContent-Signal: ai-train=yes\n\nUser-agent: *\nContent-Signal: ai-train=no",
        None,
    ),
    ("User-agent: otherbot\nContent-Signal: ai-train=no\nDisallow: /", None),
    ("User-agent: *\nContent-Signal: search=yes,ai-input=yes,use=reference\nAllow: /", None),
    ("User-agent: *\nContent-Signal: no\nContent-Signal: =no\nAllow: /", None),
]


@pytest.mark.parametrize(("robots", "cause"), SIGNALS)
def test_what_robots_txt_says_of_uses_is_respected(play: Play, robots: str, cause: str | None) -> None:
    site = play.site("harbour", articles=1, robots=robots)
    play.run()
    assert (len(play.kept(site)), play.causes(site)) == ((0, [cause]) if cause else (1, []))
    assert any(path.startswith("/news/") for path in site.paths()) is (cause is None)


RESERVATIONS: list[tuple[str, dict[str, str], str | None]] = [
    ('[{"location": "/", "tdm-reservation": 1, "tdm-policy": "https://a.test/p"}]', {}, "tdm-reservation"),
    ('[{"location": "/news/*", "tdm-reservation": "1"}]', {}, "tdm-reservation"),
    ('[{"location": "/photos/", "tdm-reservation": 1}]', {}, None),
    (
        '[{"location": "/", "tdm-reservation": 1}, {"location": "/news/", "tdm-reservation": 0}]',
        {},
        None,
    ),
    ('[{"location": "/", "tdm-reservation": 1}]', {"tdm-reservation": "0"}, None),
    ('{"location": "/", "tdm-reservation": 1}', {}, None),
    ("[" * 100_000, {}, None),
    ("<html>not here</html>", {}, None),
    (
        '[null, 1, {"location": 5, "tdm-reservation": 1}, {"location": "", "tdm-reservation": 1}]',
        {},
        "tdm-reservation",
    ),
]


@pytest.mark.parametrize(("file", "headers", "cause"), RESERVATIONS)
def test_what_a_site_reserves_is_respected_and_asked_for_once(
    play: Play, file: str, headers: dict[str, str], cause: str | None
) -> None:
    site = play.site("harbour", articles=0)
    site.on("/.well-known/tdmrep.json", page(file))
    site.on("/feed.xml", feed(rss(("/news/1", "One"), ("/news/2", "Two"))))
    site.on("/news/1", page(story(1), headers))
    site.on("/news/2", page(story(2), headers))
    play.run()
    play.run()
    assert (len(play.kept(site)), play.causes(site)) == ((0, [cause]) if cause else (2, []))
    assert site.paths().count("/.well-known/tdmrep.json") == 1


def test_a_site_that_is_silent_about_reservations_is_asked_once_in_a_run(play: Play) -> None:
    site = play.site("harbour", articles=3)
    site.on("/.well-known/tdmrep.json", faults.status(503))
    play.run()
    assert len(play.kept(site)) == 3
    assert site.paths().count("/.well-known/tdmrep.json") <= play.limits.tries


def test_who_has_a_licence_asks_for_no_reservations(play: Play) -> None:
    site = play.site(
        "harbour",
        articles=1,
        robots="User-agent: *\nContent-Signal: ai-train=no",
        extra="respect_optouts = false",
    )
    play.run()
    assert len(play.kept(site)) == 1
    assert "/.well-known/tdmrep.json" not in site.paths()
