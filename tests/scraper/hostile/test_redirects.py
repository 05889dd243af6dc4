"""Redirects: believed where a list is, followed with their cookies, and never a story where none is."""

from __future__ import annotations

import asyncio

import pytest

from tests.scraper import faults
from tests.scraper.hostile.play import Play, feed, page, rss, story
from tests.scraper.server import Asked, Fault, Site

HOME = "<html><body><h1>Harbour News</h1><p>All the news of the harbour, every day.</p></body></html>"


def wants_cookie(then: bytes, *, to: str = "", fresh: bool = False) -> Fault:
    """Sends whoever has no cookie back to the same address with one; `fresh` gives another each time."""
    count = 0

    async def fault(asked: Asked, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        count += 1
        if "seen=1" in asked.headers.get("cookie", "") and not fresh:
            await page(then)(asked, writer)
        else:
            value = f"seen={count if fresh else 1}"
            headers = {"Location": to or asked.path, "Set-Cookie": f"{value}; Path=/"}
            await faults.reply(302, b"", headers)(asked, writer)

    return fault


def one_story(play: Play, path: str = "/news/1") -> Site:
    site = play.site("harbour", articles=0)
    site.on("/feed.xml", feed(rss((path, "The harbour authority opens berth 1"))))
    return site


def test_a_site_that_sets_a_cookie_and_sends_back_is_followed(play: Play) -> None:
    site = one_story(play)
    site.on("/news/1", wants_cookie(story(1)))
    play.run()
    assert len(play.kept(site)) == 1


def test_a_bounce_over_another_page_is_followed_and_the_cookie_dropped_after_it(play: Play) -> None:
    site = play.site("harbour", articles=0)
    site.on("/feed.xml", feed(rss(("/news/1", "a"), ("/news/2", "b"))))
    for number in (1, 2):
        site.on(f"/news/{number}", wants_cookie(story(number), to=f"/bounce?to={number}"))
        site.on(
            f"/bounce?to={number}",
            faults.reply(302, b"", {"Location": f"/news/{number}", "Set-Cookie": "b=1"}),
        )
    play.run()
    assert len(play.kept(site)) == 2
    first = next(asked for asked in site.asked if asked.path == "/news/2")
    assert "cookie" not in first.headers
    assert "seen=1" not in play.everything()


def test_a_cookie_never_goes_to_another_host(play: Play) -> None:
    site, other = one_story(play), play.site("other", articles=0)
    site.on(
        "/news/1",
        faults.reply(302, b"", {"Location": other.url("/x"), "Set-Cookie": "secret=1; Domain=other.test"}),
    )
    play.run(site)
    assert [asked.headers.get("cookie") for asked in other.asked if asked.path == "/x"] in ([], [None])


@pytest.mark.parametrize("fresh", [True, False])
def test_cookies_without_end_are_a_loop(play: Play, fresh: bool) -> None:
    site = one_story(play)
    site.on("/news/1", wants_cookie(b"", fresh=True) if fresh else faults.redirect("/news/1"))
    play.run()
    assert play.causes(site) == ["redirect-loop"]
    assert site.paths().count("/news/1") <= 10


def test_a_feed_that_moved_for_good_is_asked_for_at_its_new_place(play: Play) -> None:
    site = play.site("harbour", articles=2)
    site.on("/feed.xml", faults.redirect("/atom.xml", 301))
    play.run()
    site.asked.clear()
    play.run()
    assert "/feed.xml" not in site.paths()
    assert "/atom.xml" in site.paths()


def test_a_maintenance_page_for_an_hour_is_not_remembered_for_ever(play: Play) -> None:
    site = play.site("harbour", articles=3)
    site.on("/feed.xml", faults.redirect("/maintenance.html", 301), times=1)
    site.on("/maintenance.html", page("<html><body><h1>We will be back soon</h1></body></html>"))
    play.run()
    assert play.causes(site) == ["not-a-feed"]
    play.run()
    assert len(play.kept(site)) == 3
    assert play.ok


def test_a_move_that_was_a_mistake_is_unlearnt(play: Play) -> None:
    site = play.site("harbour", articles=2)
    site.on("/feed.xml", faults.redirect("/atom.xml", 301), times=1)
    play.run()
    site.newsroom.publish(1)
    site.on("/atom.xml", faults.status(404))
    play.run()
    assert len(play.kept(site)) == 3
    site.behave()
    site.asked.clear()
    play.run()
    assert site.paths() == ["/feed.xml"]


@pytest.mark.parametrize(
    "target", ["/", "/index.html", "/news/", "/en/", "/maintenance", "/login?next=/news/1", "/404.html"]
)
@pytest.mark.parametrize("code", [301, 302])
def test_a_redirect_to_a_front_page_is_no_article_and_is_unlearnt(play: Play, target: str, code: int) -> None:
    site = one_story(play)
    site.on(target, page(HOME))
    site.on("/news/1", faults.redirect(target, code), times=1)
    site.on("/news/1", page(story(1)))
    play.run()
    assert play.kept(site) == []
    assert len(play.causes(site)) == 1
    asked = len(site.asked)
    play.run()
    assert "/news/1" not in site.paths()[asked:]
    play.run(forgive=True)
    assert [article["url"] for article in play.kept(site)] == [site.url("/news/1")]


def test_a_site_that_sends_every_story_home_while_it_is_ill_has_them_all_when_it_is_well(play: Play) -> None:
    site = play.site("harbour", articles=4)
    site.on("/news/*", faults.redirect("/", 302), times=4)
    play.run()
    assert play.kept(site) == []
    play.due()
    play.run()
    assert len(play.kept(site)) == 4
    assert play.causes(site) == []


@pytest.mark.parametrize(
    "answer",
    [
        page(
            '<html><head><meta http-equiv="refresh" content="0; url=/real/1"></head><body>Moved</body></html>'
        ),
        page("<html><head><META HTTP-EQUIV=Refresh CONTENT='1;URL=&quot;/real/1&quot;'></head></html>"),
        page("<html><body>Moved</body></html>", {"Refresh": "0; url=/real/1"}),
        faults.reply(308, b"", {"Location": "/real/1"}),
        faults.reply(301, b"", {"Location": "../real/1#top"}),
    ],
)
def test_a_page_that_sends_on_is_followed(play: Play, answer: Fault) -> None:
    site = one_story(play)
    site.on("/news/1", answer)
    site.on("/real/1", page(story(1)))
    play.run()
    assert len(play.kept(site)) == 1


def test_a_page_that_is_loaded_anew_for_its_news_is_the_page(play: Play) -> None:
    site = one_story(play)
    site.on(
        "/news/1",
        page(
            story(
                1,
                head='<meta http-equiv="refresh" content="300"><meta http-equiv="refresh" content="600; url=/">',
            )
        ),
    )
    play.run()
    assert len(play.kept(site)) == 1
    assert site.paths().count("/news/1") == 1


def test_a_refresh_for_browsers_without_scripts_is_passed_over(play: Play) -> None:
    site = one_story(play)
    site.on(
        "/news/1",
        page(story(1, head='<noscript><meta http-equiv="refresh" content="0; url=/noscript"></noscript>')),
    )
    play.run()
    assert len(play.kept(site)) == 1


def test_refreshes_in_a_ring_are_a_loop(play: Play) -> None:
    site = one_story(play)
    site.on("/news/1", page('<meta http-equiv="refresh" content="0; url=/b">'))
    site.on("/b", page('<meta http-equiv="refresh" content="0; url=/news/1">'))
    play.run()
    assert play.causes(site) == ["redirect-loop"]


def test_a_refresh_to_our_own_machines_is_refused(play: Play) -> None:
    site = one_story(play)
    site.on("/news/1", page('<meta http-equiv="refresh" content="0; url=http://169.254.169.254/latest/">'))
    play.run()
    assert play.causes(site) == ["refused-address"]


@pytest.mark.parametrize(
    "target", ["javascript:location.reload()", "about:blank", "http://[::1", "data:text/html,x"]
)
def test_a_story_that_sends_on_to_no_address_is_the_story(target: str, play: Play) -> None:
    site = one_story(play)
    site.on("/news/1", page(story(1, head=f'<meta http-equiv="refresh" content="0; url={target}">')))
    play.run()
    assert len(play.kept(site)) == 1


@pytest.mark.parametrize("target", ["http://[::1", "http://a.test:port/", ""])
def test_a_redirect_to_no_address_is_a_bad_redirect(target: str, play: Play) -> None:
    site = one_story(play)
    site.on("/news/1", faults.redirect(target))
    play.run()
    assert play.causes(site) == ["bad-redirect"]
