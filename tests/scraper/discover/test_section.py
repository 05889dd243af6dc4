"""A section page gives the links that look like articles; a front page says where its feeds are."""

from scraper.discover.named import Named
from scraper.discover.section import read_alternates, read_section

URL = "https://example.org/world/"


def test_only_links_with_the_pattern_are_taken_each_once_and_with_its_longest_known_text() -> None:
    page = b"""<nav><a href="/">Home</a><a href="/tag/dams">Dams</a></nav>
      <a href="/news/1"><img src="1.jpg"></a><a href="/news/1#comments">Dam\n repaired</a><a href="../news/2">Two</a>
      <a href="javascript:news/3()">x</a><a href="https://other.test/news/4">Four</a>"""
    assert read_section(page, URL, r"/news/\d+$") == [
        Named("https://example.org/news/1", "Dam repaired"),
        Named("https://example.org/news/2", "Two"),
        Named("https://other.test/news/4", "Four"),
    ]


def test_links_are_read_against_the_pages_base() -> None:
    page = b'<base href="https://news.example.org/a/"><a href="1.html">One</a>'
    assert read_section(page, URL, "html$")[0].url == "https://news.example.org/a/1.html"


def test_any_bytes_at_all_give_some_list_of_links() -> None:
    for body in (
        b"",
        b"\x00\xff\xfe" * 100,
        b"<a href='http://[::1'>x</a>",
        b"<a" * 10_000,
        b"\x89PNG\r\n\x1a\n\x00",
    ):
        assert read_section(body, URL, ".") == []


def test_feeds_are_named_with_their_titles_and_the_language_of_the_page() -> None:
    page = b"""<html lang="pt-BR"><link rel="alternate" type="application/rss+xml" href="/rss" title="News">
      <link rel="alternate" hreflang="es" href="/es/"><link rel="stylesheet" type="text/css" href="/a.css">
      <link rel="ALTERNATE nofollow" type="application/feed+json; charset=utf-8" href="feed.json">"""
    links = [Named("https://example.org/rss", "News"), Named("https://example.org/world/feed.json", None)]
    assert read_alternates(page, URL) == (links, "pt-BR")


def test_a_language_that_is_none_is_left_out() -> None:
    assert read_alternates(b'<html lang="{{ lang }}">', URL) == ([], None)


def test_the_charset_that_a_page_names_itself_is_believed() -> None:
    page = '<meta charset="windows-1251"><a href="/news/1">Плотина отремонтирована</a>'.encode("cp1251")
    assert read_section(page, URL, "news") == [Named("https://example.org/news/1", "Плотина отремонтирована")]


def test_the_charset_of_the_header_is_believed_where_the_page_is_silent() -> None:
    page = '<a href="/news/1">Łódź</a>'.encode("iso-8859-2")
    assert read_section(page, URL, "news", "iso-8859-2")[0].title == "Łódź"
