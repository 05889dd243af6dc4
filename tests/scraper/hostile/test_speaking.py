"""Nobody speaks for another: canonical addresses, bases, logins and cookies reach as far as their own site."""

from __future__ import annotations

import pytest

from cleaners.article import Article
from scraper.addresses import same_site
from scraper.fetch.answers import Page
from scraper.store.policy import canonical_key
from tests.scraper import faults
from tests.scraper.hostile.play import Play, feed, page, rss, story, told
from tests.scraper.server import Site


def canonical(url: str) -> str:
    return f'<link rel="canonical" href="{url}"><meta property="og:url" content="{url}">'


def test_a_hostile_page_does_not_keep_anothers_story_from_being_fetched(play: Play) -> None:
    victim, hostile = play.site("victim", articles=2), play.site("hostile", articles=0)
    stolen = victim.url(victim.newsroom.path(1))
    hostile.on("/feed.xml", feed(rss(("/fake", "Fake"))))
    hostile.on("/fake", page(story(9, head=canonical(stolen))))
    play.run(hostile)
    play.run(victim)
    assert len(play.kept(victim)) == 2
    assert [article["url"] for article in play.kept(hostile)] == [hostile.url("/fake")]


def test_the_canonical_address_of_a_site_counts_within_it(play: Play) -> None:
    site = play.site("harbour", articles=0)
    site.on("/feed.xml", feed(rss(("/news/1?from=rss", "a"), ("/news/1/print", "b"))))
    for path in ("/news/1?from=rss", "/news/1/print"):
        site.on(path, page(story(1, head=canonical(site.url("/news/1")))))
    play.run()
    assert [article["url"] for article in play.kept(site)] == [site.url("/news/1")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.example.org/1", "https://amp.example.org/1", True),
        ("https://news.example.co.uk/1", "https://example.co.uk/1", True),
        ("https://example.org:8443/1", "https://example.org/1", True),
        ("https://example.org/1", "https://example.com/1", False),
        ("https://example.org/1", "https://example.org.evil.com/1", False),
        ("https://evilexample.org/1", "https://example.org/1", False),
        ("https://one.co.uk/1", "https://two.co.uk/1", False),
        ("https://one.blogspot.com/1", "https://two.blogspot.com/1", False),
        ("https://one.github.io/1", "https://two.github.io/1", False),
        ("http://127.0.0.1:8080/1", "http://127.0.0.1:8081/1", False),
        ("http://intranet/1", "http://other/1", False),
    ],
)
def test_a_site_is_what_somebody_registered(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same
    key = canonical_key(Article(url=one), Page(other, other, 200, {}, b""))
    own = canonical_key(Article(), Page(other, other, 200, {}, b""))
    assert (key == own) is (not same or canonical_key(Article(), Page(one, one, 200, {}, b"")) == own)


def test_base_counts_for_photos_and_links_of_sections(play: Play) -> None:
    site = play.site("harbour", articles=0)
    site.on(
        "/section/",
        page(
            '<html><head><base href="/archive/"></head><body><a href="news/1">The harbour opens</a></body></html>'
        ),
    )
    caption = "<figcaption>The dam on Tuesday. Mara Lindqvist/AFP</figcaption>"
    picture = f'<figure><img src="dam.jpg" width=900>{caption}</figure>'
    body = story(1, head='<base href="/pictures/">').replace(b"<p>PORT", picture.encode() + b"<p>PORT")
    site.on("/archive/news/1", page(body))
    play.run(text=site.source_toml(kind="section"))
    [article] = play.kept(site)
    assert article["photos"][0]["url"] == site.url("/pictures/dam.jpg")


@pytest.mark.parametrize("base", ["http://[bad", "javascript:alert(1)", "", "data:text/html,x", "//", "\x00"])
def test_a_base_that_is_none_is_passed_over(play: Play, base: str) -> None:
    site = play.site("harbour", articles=0)
    site.on(
        "/section/",
        page(f'<html><head><base href="{base}"></head><body><a href="/news/1">One</a></body></html>'),
    )
    site.on("/news/1", page(story(1, head=f'<base href="{base}">')))
    play.run(text=site.source_toml(kind="section"))
    assert len(play.kept(site)) == 1


def with_login(site: Site) -> str:
    address = f"http://desk:s3cr%40t@{site.address}/feed.xml"
    return (
        f'[[source]]\nname = "{site.name}"\nfeeds = ["{address}"]\ndelay = 0\nallow_hosts = ["127.0.0.1"]\n'
    )


BASIC = "Basic ZGVzazpzM2NyQHQ="


def test_a_password_in_an_address_is_used_for_that_host_alone(play: Play) -> None:
    site, other = play.site("harbour", articles=2), play.site("other", articles=0)
    site.on("/feed.xml", feed(rss((site.newsroom.path(1), "One"), (other.url("/x"), "X"), ("/away", "Away"))))
    site.on("/away", faults.redirect(other.url("/y")))
    for path in ("/x", "/y"):
        other.on(path, page(story(3, title=f"At {path}")))
    play.run(text=with_login(site))
    assert {asked.headers.get("authorization") for asked in site.asked} == {BASIC}
    assert {asked.headers.get("authorization") for asked in other.asked} == {None}
    assert len(play.kept(site)) == 3


def test_a_password_in_an_address_is_written_nowhere(play: Play) -> None:
    site = play.site("harbour", articles=1)
    site.on("/news/*", faults.status(500))
    site.on("/feed.xml", faults.redirect("/atom.xml", 301), times=1)
    play.run(text=with_login(site))
    play.run(text=with_login(site))
    site.on("/atom.xml", faults.status(401))
    play.run(text=with_login(site))
    written = play.everything() + repr(play.status(site))
    for secret in ("s3cr", "desk:", BASIC[6:]):
        assert secret not in written


def test_a_login_that_others_print_is_not_used(play: Play) -> None:
    site = play.site("harbour", articles=0)
    site.on("/feed.xml", feed(rss((f"http://evil:evil@{site.address}/news/1", "One"), ("/news/2", "Two"))))
    site.on("/news/1", page(story(1)))
    site.on("/news/2", faults.redirect(f"http://evil:evil@{site.address}/news/3"))
    site.on("/news/3", page(story(3)))
    play.run()
    assert {asked.headers.get("authorization") for asked in site.asked} == {None}
    assert "evil" not in told(play.kept(site))
