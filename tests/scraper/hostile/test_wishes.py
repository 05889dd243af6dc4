"""What a publisher says of its pages' use is respected, shown, and can be switched off by who has a licence."""

from __future__ import annotations

import pytest

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
