"""Sitemaps are read as a stream, in every form; hostile ones end in an error after what came before."""

import gzip
import time
import tracemalloc
from datetime import UTC, datetime
from itertools import islice

import pytest

from scraper.discover.named import Named
from scraper.discover.sitemap import LARGEST, read_sitemap
from scraper.errors import Bomb, NotAFeed, Truncated
from tests.scraper.faults import pack_zeros
from tests.scraper.wire_site import Newsroom, headline

URL = "https://example.org/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def test_a_sitemap_gives_addresses_and_dates() -> None:
    newsroom = Newsroom("harbour", 20)
    found = list(read_sitemap(newsroom.sitemap_gz("https://example.org"), URL))
    assert [entry.url for entry in found] == [f"https://example.org{newsroom.path(n)}" for n in range(1, 21)]
    assert found[0].changed == newsroom.published(1)


def test_a_news_sitemap_gives_titles_and_times_of_publication() -> None:
    newsroom = Newsroom("harbour", 3)
    first = next(read_sitemap(newsroom.news_sitemap("https://example.org"), URL))
    assert (first.title, first.published) == (headline("harbour", 3), newsroom.published(3))


def test_an_index_gives_its_sitemaps() -> None:
    found = list(read_sitemap(Newsroom("harbour", 3).sitemap_index("https://example.org"), URL))
    assert all(entry.is_list for entry in found)
    assert [entry.url for entry in found] == [
        "https://example.org/sitemap-articles.xml.gz",
        "https://example.org/news-sitemap.xml",
    ]


def test_the_address_of_an_image_is_not_the_pages() -> None:
    body = f"""<urlset {SPACE} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url>
      <image:image><image:loc>/p.jpg</image:loc><image:title>A dam</image:title></image:image>
      <loc> /news/1 </loc><lastmod>2024-03-01</lastmod></url></urlset>"""
    day = datetime(2024, 3, 1, tzinfo=UTC)
    assert list(read_sitemap(body.encode(), URL)) == [Named("https://example.org/news/1", changed=day)]


def test_a_plain_list_of_addresses_is_a_sitemap_too() -> None:
    body = (
        b"\xef\xbb\xbfhttps://example.org/1\r\nhttps://example.org/2\nnot an address\nhttps://example.org/3"
    )
    assert [entry.url for entry in read_sitemap(body, URL)] == [f"https://example.org/{n}" for n in (1, 2, 3)]


def test_a_sitemap_without_a_namespace_is_read_as_well() -> None:
    assert [e.url for e in read_sitemap(b"<urlset><url><loc>/1</loc></url></urlset>", URL)] == [
        "https://example.org/1"
    ]


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"<rss></rss>", b"nothing", b"<urlset", b"\x00\x01"])
def test_what_is_no_sitemap_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(NotAFeed):
        list(read_sitemap(body, URL))


@pytest.mark.parametrize("packed", [False, True])
def test_a_sitemap_that_breaks_off_gives_what_came_before(packed: bool) -> None:
    urls = "".join(f"<url><loc>/news/{number}</loc></url>" for number in range(1000))
    body = f"<urlset {SPACE}>{urls}".encode()
    if packed:
        body = gzip.compress(body)[:-8]
    found: list[Named] = []
    with pytest.raises((NotAFeed, Truncated)):
        found.extend(read_sitemap(body, URL))
    assert len(found) > 900


def test_entities_are_refused() -> None:
    body = b'<!DOCTYPE urlset [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'
    with pytest.raises(Bomb):
        list(read_sitemap(body, URL))


def test_a_packed_sitemap_beyond_the_protocols_limit_is_given_up() -> None:
    # several members of one gzip file are one document
    body = gzip.compress(b"<urlset>") + pack_zeros("gzip", (LARGEST >> 20) + 1)
    with pytest.raises(Bomb):
        list(read_sitemap(body, URL))


def test_elements_within_elements_without_end_are_refused() -> None:
    with pytest.raises(Bomb):
        list(read_sitemap(b"<urlset>" + b"<url>" * 100_000, URL))


def test_a_large_packed_sitemap_never_stands_in_memory_as_a_whole() -> None:
    urls = "".join(
        f"<url><loc>https://example.org/news/{number:012}</loc></url>\n" for number in range(15_000)
    )
    body = gzip.compress(f"<urlset {SPACE}>{urls}</urlset>".encode(), 1)
    del urls
    tracemalloc.start()
    count = sum(1 for _ in islice(read_sitemap(body, URL), 15_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 15_000
    assert peak < 6 << 20  # a tree of it would take some 20 MB


def test_one_endless_token_takes_no_endless_time() -> None:
    began = time.process_time()
    with pytest.raises(NotAFeed):
        list(read_sitemap(b"<urlset><!-- " + b"x" * (10 << 20), URL))
    assert time.process_time() - began < 5.0


@pytest.mark.parametrize(
    "body",
    [
        b"<urlset>" + b"<a/>" * 3_100_000,
        b"<urlset><url>" + b"<a/>" * 30_000,
        b"http://a.test/1\n" + b"y\n" * 3_100_000,
    ],
    ids=["elements", "elements of one record", "lines"],
)
def test_a_list_of_more_than_any_list_has_is_given_up(body: bytes) -> None:
    with pytest.raises(Bomb, match="than any list has"):
        list(read_sitemap(body, "https://example.org/sitemap.xml"))
