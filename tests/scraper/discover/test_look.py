"""From a source to its articles: each once, by every way, and only what is asked for."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from scraper.discover import Discovery, Validator, discover, find_feeds
from scraper.discover.look import KINDS
from scraper.errors import FetchError
from scraper.fetch.client import Client, Limits
from scraper.sources import DISCOVERY, Source
from tests.scraper import faults
from tests.scraper.server import Site, Web
from tests.scraper.wire_site import headline

LIMITS = Limits(connect=2, first_byte=2, total=5, tries=1)
FEED, SITEMAP, SECTION = "/feed.xml", "/sitemap.xml", "/section/"


def source_of(site: Site, *feeds: str, **more: object) -> Source:
    urls = tuple(site.url(path) for path in feeds)
    return Source(site.name, feeds=urls, delay=0.0, allow_hosts=(site.address,), **more)  # type: ignore[arg-type]


def look(
    source: Source, seen: Mapping[str, Validator] | None = None, moved: Mapping[str, str] | None = None
) -> Discovery:
    async def run() -> Discovery:
        async with Client(user_agent="wireclean/test", limits=LIMITS, pace=False) as client:
            return await discover(source, client, seen or {}, moved or {})

    return asyncio.run(run())


def suggest(url: str) -> Source:
    async def run() -> Source:
        async with Client(user_agent="wireclean/test", limits=LIMITS, pace=False) as client:
            return await find_feeds(client, url)

    return asyncio.run(run())


def rss(*items: str) -> bytes:
    return (
        "<rss><channel>" + "".join(f"<item>{item}</item>" for item in items) + "</channel></rss>"
    ).encode()


@pytest.mark.parametrize("feed", ["/feed.xml", "/atom.xml", "/feed.json"])
def test_a_feeds_articles_are_found_newest_first_without_their_tracking_parameters(feed: str) -> None:
    with Web() as web:
        site = web.site("harbour", articles=4)
        found = look(source_of(site, feed)).found
        assert [item.url for item in found] == [
            site.url(site.newsroom.path(number)) for number in (4, 3, 2, 1)
        ]
        assert found[0].title == headline("harbour", 4)
        assert found[0].published == site.newsroom.published(4)


def test_a_sitemap_index_is_followed_to_its_articles() -> None:
    with Web() as web:
        site = web.site("harbour", articles=4)
        found = look(source_of(site, sitemaps=(site.url(SITEMAP),))).found
        assert len(found) == 4
        assert site.paths()[1:] == [SITEMAP, "/sitemap-articles.xml.gz", "/news-sitemap.xml"]


def test_a_section_page_gives_what_fits_its_pattern() -> None:
    with Web() as web:
        site = web.site("harbour", articles=4)
        source = source_of(site, sections=(site.url(SECTION),), link_pattern=r"/news/\d{5}-")
        assert len(look(source).found) == 4


def test_an_article_that_three_ways_lead_to_is_found_once_with_all_that_is_known_of_it() -> None:
    with Web() as web:
        site = web.site("harbour", articles=4)
        ways = {"sitemaps": (site.url(SITEMAP),), "sections": (site.url(SECTION),), "link_pattern": "/news/"}
        found = look(source_of(site, FEED, **ways)).found
        assert len(found) == 4
        assert all(item.title and item.published for item in found)


def test_an_unchanged_feed_is_asked_for_once_and_gives_nothing() -> None:
    with Web() as web:
        site = web.site("harbour", articles=4)
        first = look(source_of(site, FEED, sitemaps=(site.url("/news-sitemap.xml"),)))
        site.asked.clear()
        second = look(source_of(site, FEED, sitemaps=(site.url("/news-sitemap.xml"),)), first.validators)
        assert not second.found
        assert set(first.validators) == {site.url(FEED), site.url("/news-sitemap.xml")}
        assert second.validators == first.validators
        assert [asked.status for asked in site.asked if asked.path != "/robots.txt"] == [304, 304]


def test_a_feed_with_one_more_article_gives_all_it_names() -> None:
    with Web() as web:
        site = web.site("harbour", articles=4)
        first = look(source_of(site, FEED))
        site.newsroom.publish(1)
        assert len(look(source_of(site, FEED), first.validators).found) == 5


def test_a_sitemap_that_changes_under_an_index_that_does_not_is_noticed() -> None:
    with Web() as web:
        site = web.site("harbour", articles=4)
        frozen = site.newsroom.sitemap_index(f"http://{site.address}")
        site.on(SITEMAP, faults.reply(200, frozen, {"ETag": '"frozen"'}))
        first = look(source_of(site, sitemaps=(site.url(SITEMAP),)))
        assert site.url(SITEMAP) not in first.validators
        site.newsroom.publish(1)
        assert len(look(source_of(site, sitemaps=(site.url(SITEMAP),)), first.validators).found) == 5


def test_only_what_is_included_and_not_excluded_is_found() -> None:
    with Web() as web:
        site = web.site("harbour", articles=9)
        source = source_of(site, FEED, include=("/0000[1-5]-", "/00009-"), exclude=("/00003-",))
        numbers = sorted(int(item.url.split("/news/")[1][:5]) for item in look(source).found)
        assert numbers == [1, 2, 4, 5, 9]


def test_what_is_too_old_is_left_out_and_what_has_no_date_is_not() -> None:
    with Web() as web:
        site = web.site("harbour")
        old, new = (datetime.now(UTC) - timedelta(days=days) for days in (9, 1))
        items = (f"<link>/{age.day}</link><pubDate>{age.isoformat()}</pubDate>" for age in (old, new))
        site.on(FEED, faults.reply(200, rss(*items, "<link>/undated</link>")))
        found = look(source_of(site, FEED, max_age=timedelta(days=3))).found
        assert {item.url for item in found} == {site.url(f"/{new.day}"), site.url("/undated")}


def test_spellings_of_one_article_are_one_and_no_addresses_are_none() -> None:
    with Web() as web:
        site = web.site("harbour")
        links = (
            "/a?utm_source=x",
            "/a#top",
            "/a/amp/",
            "/a/",
            "mailto:x@example.org",
            "javascript:void(0)",
            FEED,
        )
        site.on(FEED, faults.reply(200, rss(*(f"<link>{link}</link>" for link in links))))
        assert [item.url for item in look(source_of(site, FEED)).found] == [site.url("/a")]


def test_one_bad_feed_costs_only_itself() -> None:
    with Web() as web:
        site = web.site("harbour", articles=4)
        site.on("/atom.xml", faults.entity_bomb())
        result = look(source_of(site, "/atom.xml", FEED, "/missing.xml"))
        assert len(result.found) == 4
        failures = {url: error.cause for url, error in result.failures.items()}
        assert failures == {site.url("/atom.xml"): "bomb", site.url("/missing.xml"): "status-404"}
        assert list(result.validators) == [site.url(FEED)]


def test_a_sitemap_that_breaks_off_gives_what_came_and_is_asked_for_again_in_full() -> None:
    with Web() as web:
        site = web.site("harbour")
        body = b"<urlset><url><loc>/1</loc></url><url><loc>/2</loc></url><url><lo"
        site.on(SITEMAP, faults.reply(200, body, {"ETag": '"1"'}))
        result = look(source_of(site, sitemaps=(site.url(SITEMAP),)))
        assert len(result.found) == 2
        assert [error.cause for error in result.failures.values()] == ["not-a-feed"]
        assert result.validators == {}


def test_an_index_that_names_itself_comes_to_an_end() -> None:
    with Web() as web:
        site = web.site("harbour")
        names = "".join(f"<sitemap><loc>{path}</loc></sitemap>" for path in (SITEMAP, "/s2.xml"))
        for path in (SITEMAP, "/s2.xml"):
            site.on(path, faults.reply(200, f"<sitemapindex>{names}</sitemapindex>".encode()))
        assert look(source_of(site, sitemaps=(site.url(SITEMAP),))).found == ()
        assert site.paths().count(SITEMAP) == 1


def test_sitemaps_that_have_not_changed_lately_are_not_even_asked_for() -> None:
    with Web() as web:
        site = web.site("harbour", articles=2)
        index = (
            "<sitemapindex><sitemap><loc>/2019.xml</loc><lastmod>2019-12-31</lastmod></sitemap>"
            "<sitemap><loc>/news-sitemap.xml</loc></sitemap></sitemapindex>"
        )
        site.on(SITEMAP, faults.reply(200, index.encode()))
        source = source_of(site, sitemaps=(site.url(SITEMAP),), max_age=timedelta(days=30))
        assert len(look(source).found) == 2
        assert "/2019.xml" not in site.paths()


def test_a_feed_that_moved_for_good_is_told() -> None:
    with Web() as web:
        site = web.site("harbour", articles=2)
        site.on("/old.xml", faults.redirect(FEED, 301))
        result = look(source_of(site, "/old.xml"))
        assert result.moved == {site.url("/old.xml"): site.url(FEED)}
        assert len(result.found) == 2


def test_a_feed_that_moved_is_asked_for_where_it_is_and_looked_for_at_home_when_it_is_not_there() -> None:
    with Web() as web:
        site = web.site("harbour", articles=2)
        old, new = site.url("/old.xml"), site.url(FEED)
        site.on("/old.xml", faults.status(404))
        assert len(look(source_of(site, "/old.xml"), moved={old: new}).found) == 2
        assert "/old.xml" not in site.paths()
        result = look(source_of(site, FEED), moved={new: site.url("/maintenance.html")})
        assert len(result.found) == 2
        assert result.moved == {new: new}
        assert not result.failures


def test_a_source_with_headers_of_its_own_follows_no_move_to_another_host() -> None:
    with Web() as web:
        site, other = web.site("harbour", articles=2), web.site("other", articles=2)
        secret = source_of(site, FEED, headers={"Authorization": "Bearer x"})
        look(secret, moved={site.url(FEED): other.url(FEED)})
        assert other.asked == []
        assert FEED in site.paths()


def test_a_feed_given_as_a_sitemap_is_read_as_a_feed() -> None:
    with Web() as web:
        site = web.site("harbour", articles=3)
        assert len(look(source_of(site, sitemaps=(site.url(FEED),))).found) == 3


def test_a_sites_feeds_are_found_from_its_front_page_and_equal_ones_only_once() -> None:
    with Web() as web:
        site = web.site("harbour", articles=3)
        source = suggest(site.url())
        assert source.feeds == (site.url(FEED),)
        assert source.sitemaps == (site.url("/news-sitemap.xml"),)
        assert source.language == "en"
        assert source.allow_hosts == (site.address,)
        assert len(look(source).found) == 3


def test_a_feeds_own_address_is_taken_as_it_is() -> None:
    with Web() as web:
        site = web.site("harbour", articles=3)
        assert suggest(site.url("/atom.xml")).feeds == (site.url("/atom.xml"),)


def test_sitemaps_come_from_robots_txt_and_feeds_from_the_usual_places_when_the_page_is_silent() -> None:
    with Web() as web:
        site = web.site(
            "harbour", articles=3, robots="Sitemap: /maps/all-news.xml\nSitemap: /maps/images.xml"
        )
        site.on("/", faults.reply(200, b"<html><p>Welcome</p></html>"))
        site.on("/maps/all-news.xml", faults.reply(200, b"<urlset><url><loc>/1</loc></url></urlset>"))
        source = suggest(site.url())
        assert source.feeds == (site.url(FEED),)
        assert source.sitemaps == (site.url("/maps/all-news.xml"),)


def test_a_feed_of_comments_is_not_suggested() -> None:
    with Web() as web:
        site = web.site("harbour", articles=3)
        page = b"""<link rel="alternate" type="application/rss+xml" href="/atom.xml" title="Harbour - Comments">
          <link rel="alternate" type="application/rss+xml" href="/feed.json" title="Harbour">"""
        site.on("/", faults.reply(200, page))
        assert suggest(site.url()).feeds == (site.url("/feed.json"),)


def test_a_site_without_any_says_so() -> None:
    with Web() as web:
        site = web.site("harbour")
        site.on("/", faults.reply(200, b"<html><p>Welcome</p></html>"))
        for path in ("/f*", "/a*", "/s*", "/n*"):
            site.on(path, faults.status(404))
        with pytest.raises(FetchError, match="not-a-feed"):
            suggest(site.url())


def test_every_kind_of_discovery_has_its_key_in_the_file_of_sources() -> None:
    assert tuple(kind.key for kind in KINDS) == DISCOVERY


def test_a_space_in_a_link_is_written_as_browsers_write_it() -> None:
    with Web() as web:
        site = web.site("harbour", articles=0)
        site.on("/feed.xml", faults.reply(200, rss("<link>/My Story</link>")))
        site.on("/world", faults.reply(200, b'<a href=" /news/An Other ">x</a>', faults.HTML))
        found = look(source_of(site, FEED, sections=(site.url("/world"),), link_pattern="/news/"))
        assert sorted(item.url for item in found.found) == [
            site.url("/My%20Story"),
            site.url("/news/An%20Other"),
        ]
