"""Every kind of feed gives its stories; a broken one is mended, a hostile one is an error in good time."""

import contextlib
import json
import time
from datetime import UTC, datetime

import pytest

from scraper.discover.feed import read_feed
from scraper.discover.named import Named, plain_title, read_date
from scraper.errors import Bomb, NotAFeed
from tests.scraper.wire_site import Newsroom, headline

URL = "https://example.org/feeds/all"
DAY = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["rss", "atom", "json_feed"])
def test_every_story_comes_with_address_title_and_date(kind: str) -> None:
    newsroom = Newsroom("harbour", 30)
    entries = read_feed(getattr(newsroom, kind)("https://example.org"), URL)
    assert [entry.title for entry in entries] == [headline("harbour", number) for number in range(30, 0, -1)]
    assert entries[0].url.startswith(f"https://example.org{newsroom.path(30)}")
    assert entries[0].published == newsroom.published(30)


def test_rss_1_0_with_its_items_outside_the_channel() -> None:
    feed = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>C</title>
      <link>https://example.org/</link></channel><item><title>Dam repaired</title>
      <link>https://example.org/1</link><dc:date>2024-03-01T09:00:00+01:00</dc:date></item></rdf:RDF>"""
    assert read_feed(feed, URL) == [Named("https://example.org/1", "Dam repaired", DAY)]


def test_atom_takes_the_alternate_link_and_resolves_it_against_xml_base() -> None:
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/news/"><title>N</title>
      <entry><title type="html">Dam &lt;b&gt;repaired&lt;/b&gt;</title><link rel="self" href="https://example.org/api/1"/>
      <link rel="enclosure" href="https://example.org/1.mp3"/><link href="1.html"/>
      <updated>2024-03-01T08:00:00Z</updated></entry></feed>"""
    assert read_feed(feed, URL) == [
        Named("https://example.org/news/1.html", "Dam repaired", DAY, changed=DAY)
    ]


def test_rss_with_an_atom_link_in_the_item_keeps_the_items_own() -> None:
    feed = b"""<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><item>
      <atom:link rel="replies" href="/comments"/><link>/1</link></item></channel></rss>"""
    assert read_feed(feed, URL)[0].url == "https://example.org/1"


def test_a_permalink_stands_in_for_a_missing_link_and_any_other_guid_does_not() -> None:
    feed = b"""<rss><channel><item><guid>https://example.org/1</guid></item>
      <item><guid isPermaLink="false">https://example.org/2</guid></item><item><title>no link</title></item>
      </channel></rss>"""
    assert [entry.url for entry in read_feed(feed, URL)] == ["https://example.org/1"]


def test_the_original_link_is_taken_before_the_counted_one() -> None:
    feed = b"""<rss xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>
      <link>https://feeds.example.com/~r/1</link><fb:origLink>https://example.org/1</fb:origLink>
      </item></channel></rss>"""
    assert read_feed(feed, URL)[0].url == "https://example.org/1"


def test_a_photos_title_and_link_are_not_the_storys() -> None:
    feed = b"""<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><image><title>Logo</title>
      <link>https://example.org/logo</link></image><item><media:content url="/p.jpg"><media:title>A dam</media:title>
      </media:content><title>Dam repaired</title><link>/1</link></item></channel></rss>"""
    assert read_feed(feed, URL) == [Named("https://example.org/1", "Dam repaired", None)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252", "iso-8859-15"])
def test_the_declared_encoding_is_believed(encoding: str) -> None:
    feed = f'<?xml version="1.0" encoding="{encoding}"?><rss><channel><item><title>Café</title><link>/1</link></item>'
    assert read_feed((feed + "</channel></rss>").encode(encoding), URL)[0].title == "Café"


@pytest.mark.parametrize(
    "flaw",
    [
        b"<title>Dam & river</title>",
        b"<title>Dam &nbsp; river</title>",
        b"<description><p>open<br></description>",
        b"<title>Dam \x0b river</title>",
        b"<dc:creator>no such prefix</dc:creator>",
    ],
)
def test_a_feed_that_is_not_well_formed_is_mended(flaw: bytes) -> None:
    feed = (
        b"<rss version='2.0'><channel><item>%s<link>https://example.org/1</link></item></channel></rss>"
        % flaw
    )
    assert [entry.url for entry in read_feed(feed, URL)] == ["https://example.org/1"]


def test_a_feed_that_breaks_off_gives_what_came() -> None:
    whole = Newsroom("harbour", 10).rss("https://example.org")
    assert len(read_feed(whole[: len(whole) * 2 // 3], URL)) >= 5


def test_a_json_feed_takes_an_address_as_id_and_leaves_out_what_has_none() -> None:
    items = [
        {"id": "https://example.org/1"},
        {"id": "7"},
        {"url": "/2", "title": None},
        "no item",
        {"url": 7},
    ]
    feed = {"version": "https://jsonfeed.org/version/1", "items": items}
    urls = [entry.url for entry in read_feed(json.dumps(feed).encode(), URL)]
    assert urls == ["https://example.org/1", "https://example.org/2"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Not found</body></html>",
        b"<!DOCTYPE html><html></html>",
        b"{}",
        b'{"items": []}',
        b"[]",
        b"plain text",
        b"{" * 100000,
        b"\x89PNG\r\n\x1a\n" * 50,
        b"<?xml version='1.0'?><opml/>",
        b"[" * 100000,
    ],
)
def test_what_is_no_feed_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(NotAFeed):
        read_feed(body, URL)


def laughs(encoding: str = "utf-8") -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    feed = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{levels}]><rss><channel><item><title>&e9;</title></item></channel></rss>'
    return feed.encode(encoding)


@pytest.mark.parametrize(
    "body",
    [
        laughs(),
        laughs("utf-16"),
        b"\xef\xbb\xbf \n" + laughs(),
        laughs() + b"<broken",
        b"<!-- a comment -- that is broken before the entities -->" + laughs(),
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item>&x;</item></channel></rss>',
        b'<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1/"> %p;]><rss/>',
        b"<rss>" + b"<channel>" * 100_000,
    ],
)
def test_an_xml_bomb_is_refused_at_once(body: bytes) -> None:
    began = time.process_time()
    with pytest.raises(Bomb):
        read_feed(body, URL)
    assert time.process_time() - began < 1.0


def test_a_document_type_without_entities_is_no_bomb() -> None:
    doctype = b'<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://example.org/rss-0.91.dtd">'
    feed = doctype + b"<rss version='0.91'><channel><item><link>/1</link></item></channel></rss>"
    assert [entry.url for entry in read_feed(feed, URL)] == ["https://example.org/1"]


@pytest.mark.parametrize(
    "piece", [b"<", b"&", b"<a ", b"<a a='", b"<!--", b"<![CDATA[", b"<item><link>", b"]]>", b"</a>"]
)
def test_a_hostile_feed_takes_no_longer_than_a_few_seconds(piece: bytes) -> None:
    began = time.process_time()
    with contextlib.suppress(NotAFeed, Bomb):
        read_feed(b"<rss><channel>" + piece * (100_000 // len(piece)), URL)
    assert time.process_time() - began < 5.0


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Fri, 01 Mar 2024 08:00:00 GMT", DAY),
        ("Fri, 01 Mar 2024 09:00:00 +0100", DAY),
        ("Fri, 1 Mar 2024 03:00:00 EST", DAY),
        ("2024-03-01T08:00:00Z", DAY),
        ("2024-03-01T08:00:00.000+00:00", DAY),
        ("2024-03-01 08:00:00", DAY),
        (" 2024-03-01T08:00Z\n", DAY),
        ("yesterday", None),
        ("", None),
        (None, None),
        ("9" * 10_000, None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_dates_are_read_in_both_standards(text: str | None, date: datetime | None) -> None:
    assert read_date(text) == date


def test_a_title_is_plain_text() -> None:
    assert plain_title(" Dam &amp;amp; <b>river</b>\n rise ") == "Dam &amp; river rise"
    assert plain_title("3 < 4 and 5 > 4") == "3 < 4 and 5 > 4"
    assert plain_title("  ") is None
