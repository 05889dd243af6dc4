"""What is fuzzed: each target takes any bytes, and raises where something that must hold does not.

An error of the project's own is an answer; any other exception is a finding. A finding becomes a fixture or a test
before it is mended.
"""

from __future__ import annotations

import ipaddress
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from unicodedata import is_normalized

from cleaners import Article, WirecleanError, clean_html, clean_text, decode_text
from cleaners.formats import Cleaned, format_names, load_format
from scraper.addresses import normalise
from scraper.discover.feed import read_feed
from scraper.discover.sitemap import read_sitemap
from scraper.fetch.guard import is_public
from scraper.fetch.robots import RobotsRecord, read_robots
from scraper.sources import load_sources

SEEDS = Path(__file__).parent / "seeds"
_SITE = "https://news.example.org"


def check(article: Article) -> None:
    """Raise AssertionError unless an article can be written in every form, read back, and is text throughout."""
    plain = json.loads(json.dumps(article.to_dict(), ensure_ascii=False).encode())
    assert Article.from_dict(plain) == article, "the article is not what its JSON says"
    for text in (article.text, article.title or "", *(line.text for line in article.removed)):
        assert is_normalized("NFC", text), "not in Form C"
        assert "\x1b" not in text, "an escape"
        assert "\x00" not in text, "a NUL"
    for name in format_names():
        load_format(name).write(Cleaned(article, source="rain")).encode()


def fuzz_html(data: bytes) -> None:
    """Clean bytes as a page."""
    try:
        article = clean_html(data)
    except WirecleanError:
        return
    check(article)
    assert clean_html(data) == article, "another article the second time"


def fuzz_text(data: bytes) -> None:
    """Clean bytes as a text; cleaning a cleaned text changes nothing."""
    try:
        article = clean_text(decode_text(data))
    except WirecleanError:
        return
    check(article)
    assert clean_text(article.text).text == article.text, "cleaning a cleaned text changed it"


def fuzz_feed(data: bytes) -> None:
    """Read bytes as a feed."""
    try:
        found = read_feed(data, f"{_SITE}/feed")
    except WirecleanError:
        return
    for named in found:
        normalise(named.url)


def fuzz_sitemap(data: bytes) -> None:
    """Read bytes as a sitemap, packed or not."""
    try:
        found = list(read_sitemap(data, f"{_SITE}/sitemap.xml"))
    except WirecleanError:
        return
    for named in found:
        normalise(named.url)


def fuzz_robots(data: bytes) -> None:
    """Read bytes as a robots.txt and ask it about a page."""
    rules = read_robots(RobotsRecord(_SITE, 200, data.decode("utf-8", "replace"), 0.0), "wireclean/1.0")
    assert 0 <= rules.delay() <= 60, "a delay beyond all bounds"
    for path in ("/", "/news/rain?a=1"):
        try:
            rules.check(_SITE + path)
        except WirecleanError:
            continue


def fuzz_sources(data: bytes) -> None:
    """Read bytes as a sources.toml."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sources.toml")
        path.write_bytes(data)
        try:
            load_sources(path)
        except WirecleanError:
            return


def fuzz_guard(data: bytes) -> None:
    """Ask the guard about any address: none that Python calls private is public, however it is written."""
    text = data.decode("utf-8", "replace")
    normalise(text, _SITE)
    try:
        number = ipaddress.ip_address(text)
    except ValueError:
        assert not is_public(text), "public, though it is no address"
        return
    if number.is_private or number.is_loopback or number.is_link_local or number.is_multicast:
        assert not is_public(text), "a private address is called public"


TARGETS: dict[str, Callable[[bytes], None]] = {
    "html": fuzz_html,
    "text": fuzz_text,
    "feed": fuzz_feed,
    "sitemap": fuzz_sitemap,
    "robots": fuzz_robots,
    "sources": fuzz_sources,
    "guard": fuzz_guard,
}


def seeds(name: str) -> list[bytes]:
    """Return the inputs that a target begins with, and those that it once failed on."""
    return [path.read_bytes() for path in sorted((SEEDS / name).iterdir())]
