"""Feeds of the wild: what can be read is read, what was mended is told, and one bad item or feed costs itself alone."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.scraper import faults
from tests.scraper.hostile.play import Play, feed, page, rss, story, told

LATIN = '<?xml version="1.0" encoding="utf-8"?>'
ITEMS = (("/news/1", "First"), ("/news/2", "Second"), ("/news/3", "Third"))


def with_title(title: str, **more: str) -> bytes:
    return rss(ITEMS[0], ("/news/2", title), ITEMS[2], **more)


BROKEN: dict[str, bytes] = {
    "half an emoji as a character reference": with_title("Rain &#55357;&#56833; falls &#55357;"),
    "half an emoji in hexadecimal": with_title("Rain &#xD83D; falls"),
    "a character reference to nothing": with_title("Rain &#0; &#1; &#xFFFE; &#1114112; &#99999999999;"),
    "a bad xml:base": rss(*ITEMS).replace(b"<channel>", b'<channel xml:base="http://[bad">'),
    "a bad xml:base in an item": rss(*ITEMS).replace(b"<item>", b'<item xml:base="http://[::1">', 1),
    "an undeclared entity": with_title("Rain&nbsp;in&hellip; Caf&eacute;"),
    "an entity that nobody knows": with_title("Rain &weather; falls"),
    "a bare ampersand": with_title("Rain & wind"),
    "a bare less-than": with_title("Rain < wind"),
    "latin-1 called UTF-8": with_title("Café fermé").decode().encode("latin-1"),
    "windows-1252 called UTF-8": with_title("“Café” – fermé").decode().encode("cp1252"),
    "UTF-8 called UTF-16": with_title("Café", before='<?xml version="1.0" encoding="UTF-16"?>'),
    "UTF-16 without saying so": b"\xff\xfe" + with_title("Café", before="").decode().encode("utf-16-le"),
    "UTF-16 called UTF-8": b"\xff\xfe" + with_title("Café").decode().encode("utf-16-le"),
    "an encoding named undefined": with_title("Rain", before='<?xml version="1.0" encoding="undefined"?>'),
    "an encoding named idna": with_title("Rain", before='<?xml version="1.0" encoding="idna"?>'),
    "an encoding named punycode": with_title("Rain", before='<?xml version="1.0" encoding="punycode"?>'),
    "an encoding named rot13": with_title("Rain", before='<?xml version="1.0" encoding="rot13"?>'),
    "an encoding with spaces": with_title("Rain", before='<?xml version="1.0" encoding=" utf-8 "?>'),
    "a byte before the declaration": b"x" + with_title("Rain"),
    "a warning before the declaration": b"<br />\n<b>Warning</b>: foo() in bar.php\n" + with_title("Rain"),
    "lines and a mark before the declaration": b"\n\n\xef\xbb\xbf\n" + with_title("Rain"),
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbf" + with_title("Rain"),
    "a NUL and a bell in a title": with_title("Ra\0in\a"),
    "a vertical tab": with_title("Ra\vin"),
    "a script after the end": with_title("Rain") + b"\n<script>track()</script>",
    "text after the end": with_title("Rain") + b"\n<!-- cached -->\nserved in 3 ms",
    "markup that does not close": with_title("Rain <b>and <i>wind</b>"),
    "a line break as in HTML": with_title("Rain<br>and wind"),
    "an attribute without quotation marks": with_title("Rain <font size=3>and</font> wind"),
    "no end": rss(*ITEMS)[: -len("</channel></rss>")],
    "cut within the last title": rss(*ITEMS, ("/news/4", "Fou"))[
        : -len("u</title><link>/news/4</link></item></channel></rss>")
    ],
    "a prefix without its namespace": with_title("Rain").replace(
        b"<item>", b"<item><dc:creator>x</dc:creator>"
    ),
    "a CDATA that does not close": rss(*ITEMS[:2], ("/news/3", "<![CDATA[Third]]>")).replace(
        b"]]></title>", b"]]></title>"
    )
    + b"<![CDATA[",
    "an item without a link": rss(*ITEMS, ("", "nothing")),
    "an item with a link to nowhere": rss(
        ("http://[oops", "bad"), *ITEMS, ("http://exa mple.org:port/", "bad")
    ),
    "an item with a date beyond all years": rss(*ITEMS).replace(
        b"<item>", b"<item><pubDate>Mon, 99 Foo 99999 99:99:99 +9999</pubDate>", 1
    ),
    "an old document type": rss(
        *ITEMS,
        before='<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.com/publish/formats/rss-0.91.dtd">',
    ),
    "packed without saying so": gzip.compress(rss(*ITEMS)),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_can_be_read_of_a_broken_feed_is_read(play: Play, kind: str) -> None:
    site = play.site("harbour", articles=0)
    site.on("/feed.xml", feed(BROKEN[kind]))
    for number in (1, 2, 3):
        site.on(f"/news/{number}", page(story(number)))
    play.run()
    assert len(play.kept(site)) == 3, play.causes(site)
    assert play.causes(site) == []


@pytest.mark.parametrize(
    ("body", "told_as"),
    [
        (json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [
            {"url": "/news/1", "title": "Half \ud83d"}, {"url": 7}, None, {"url": "/news/2", "title": ["x"]},
            {"id": "/news/3", "url": "/news/3", "title": "Third"}]}).encode(), 3),
        ("\ufeff" + json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{"url": "/news/1"}]}), 1),
        (json.dumps({"version": "https://jsonfeed.org/version/1", "items": [
            {"url": "/news/1", "title": "Café"}]}, ensure_ascii=False).encode("latin-1"), 1),
    ],
)  # fmt: skip
def test_a_json_feed_with_odd_items_gives_the_others(play: Play, body: bytes | str, told_as: int) -> None:
    site = play.site("harbour", articles=0)
    site.on("/feed.xml", feed(body.encode() if isinstance(body, str) else body))
    for number in (1, 2, 3):
        site.on(f"/news/{number}", page(story(number)))
    play.run()
    assert len(play.kept(site)) == told_as
    assert play.causes(site) == []


@pytest.mark.parametrize(
    "body",
    [b"[1, 2]", b'{"items": 3}', b"{" * 100_000, b"[" * 100_000, b"", b"\0" * 1000, b"<", b"<?xml", b"null",
     b"<rss" + b" a" * 100_000, b'{"version": {"jsonfeed.org": 1}, "items": []}'],
)  # fmt: skip
def test_what_is_no_feed_is_that_and_no_fault(play: Play, body: bytes) -> None:
    site = play.site("harbour", articles=0)
    site.on("/feed.xml", feed(body))
    play.run()
    assert play.causes(site) == ["not-a-feed"] or play.causes(site) == []


def test_a_bad_feed_costs_none_of_the_other_feeds(play: Play) -> None:
    bad = ["/cut.xml", "/page.xml", "/dead.xml", "/bomb.xml"]
    site = play.site("harbour", articles=3)
    site.on("/cut.xml", faults.truncated(b"<rss><channel><item>"))
    site.on("/page.xml", page("<html><body>Log in</body></html>"))
    site.on("/dead.xml", faults.status(404))
    site.on("/bomb.xml", faults.entity_bomb())
    feeds = ", ".join(f'"{site.url(path)}"' for path in [*bad[:2], "/feed.xml", *bad[2:]])
    text = f'[[source]]\nname = "harbour"\nfeeds = [{feeds}]\ndelay = 0\nallow_hosts = ["{site.address}"]\n'
    play.run(text=text)
    assert len(play.kept(site)) == 3
    assert play.causes(site) == ["bomb", "not-a-feed", "status-404", "truncated"]


@pytest.mark.parametrize(
    "kind", ["latin-1 called UTF-8", "an encoding named idna", "no end", "a byte before the declaration"]
)
def test_what_was_mended_is_told(play: Play, kind: str) -> None:
    site = play.site("harbour", articles=0)
    site.on("/feed.xml", feed(BROKEN[kind]))
    site.on("/news/*", page(story(1)))
    play.run()
    mended = [event for event in play.events if event.kind == "mended"]
    assert [event.url for event in mended] == [site.url("/feed.xml")]
    assert mended[0].detail


def test_titles_of_a_broken_feed_are_read_rightly(play: Play) -> None:
    site = play.site("harbour", articles=0)
    site.on("/feed.xml", feed(with_title("Caf&eacute; &amp; th&eacute; &#128514; &hellip;", before="")))
    site.on(
        "/news/*", page(b"<html><body><article>" + b"<p>The harbour opened its new berth on Tuesday.</p>" * 3)
    )
    play.run()
    assert "Café & thé 😂 …" in told(play.kept(site)) or play.everything().encode("latin-1").decode(
        "utf-8", "ignore"
    ).count("Café & thé 😂 …")
