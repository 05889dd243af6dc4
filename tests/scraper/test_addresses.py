"""One address for each page, one key for each article; and never one key for two articles."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.addresses import LONGEST, article_key, host_of, normalise


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://Example.ORG:443/a", "https://example.org/a"),
        ("http://example.org:80", "http://example.org/"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org/a#comments", "https://example.org/a"),
        ("https://example.org/a?utm_source=rss&utm_medium=feed", "https://example.org/a"),
        ("https://example.org/a?id=7&fbclid=xyz", "https://example.org/a?id=7"),
        ("https://example.org/a?UTM_Source=rss", "https://example.org/a"),
        ("https://example.org/?20240101", "https://example.org/?20240101"),
        ("https://example.org/a?x=", "https://example.org/a?x="),
        ("https://example.org/a/../b/./c", "https://example.org/b/c"),
        ("https://example.org/café", "https://example.org/caf%C3%A9"),
        ("https://example.org/caf%C3%A9", "https://example.org/caf%C3%A9"),
        ("https://münchen.example/a", "https://xn--mnchen-3ya.example/a"),
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("  https://example.org/a\n", "https://example.org/a"),
        ("https://example.org/a?x=1&amp;y=2", "https://example.org/a?x=1&y=2"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org/My Story.html", "https://example.org/My%20Story.html"),
        ("https://example.org/a?t=a b", "https://example.org/a?t=a%20b"),
        ("https://example.org/a b?x=1&amp;y=2", "https://example.org/a%20b?x=1&y=2"),
        ("https://example.org/a\u3000b", "https://example.org/a%E3%80%80b"),
        (" \n\thttps://example.org/n/\r\n2\t \n", "https://example.org/n/2"),
        ("https://example-org.cdn.ampproject.org/c/s/example.org/a", "https://example.org/a"),
        ("https://www.google.com/amp/s/example.org/a", "https://example.org/a"),
        ("https://[2606:2800::1]:8080/a", "https://[2606:2800::1]:8080/a"),
    ],
)
def test_an_address_is_written_in_one_way(written: str, meant: str) -> None:
    assert normalise(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "mailto:desk@example.org",
        "javascript:void(0)",
        "ftp://example.org/a",
        "https://",
        "http://[::1",
        "//",
        "https://example.org:99999/a",
        "https://example.org/" + "a" * 5000,
        "http://\u2028/",
        "http://exa mple.org/",
        "http://example.org%20/",
    ],
)
def test_what_is_no_address_is_none(written: str) -> None:
    assert normalise(written) is None


def test_a_relative_link_is_read_against_its_page() -> None:
    assert normalise("../b?c=1", "https://example.org/news/a/") == "https://example.org/news/b?c=1"
    assert normalise("//cdn.example.org/a", "https://example.org/") == "https://cdn.example.org/a"


ONE_ARTICLE = [
    "https://example.org/news/dam-repaired",
    "http://example.org/news/dam-repaired",
    "https://www.example.org/news/dam-repaired/",
    "https://m.example.org/news/dam-repaired",
    "https://amp.example.org/news/dam-repaired",
    "https://example.org/news/dam-repaired/amp/",
    "https://example.org/news/dam-repaired/amp",
    "https://example.org/news/dam-repaired.amp",
    "https://example.org/amp/news/dam-repaired",
    "https://example.org/news/dam-repaired?amp=1",
    "https://example.org/news/dam-repaired?outputType=amp",
    "https://example.org/news/dam-repaired?utm_campaign=x#top",
    "https://example.org/news/dam%2Drepaired",
    "https://example-org.cdn.ampproject.org/c/s/example.org/news/dam-repaired",
]


@pytest.mark.parametrize("spelling", ONE_ARTICLE)
def test_all_spellings_of_one_article_have_one_key(spelling: str) -> None:
    assert article_key(spelling) == article_key(ONE_ARTICLE[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/a?cid=1", "https://example.org/a?cid=2"),
        ("https://example.org/?20240101", "https://example.org/?20240102"),
        ("https://example.org/News/A", "https://example.org/news/a"),
        ("https://sport.example.org/a", "https://example.org/a"),
        ("https://m.org/a", "https://www.org/a"),
        ("https://example.org/a?s=1", "https://example.org/a?s=2"),
        ("https://example.org:8080/a", "https://example.org:9090/a"),
        ("https://example.org/lamp", "https://example.org/l"),
        ("https://example.org/amp", "https://example.org/"),
        ("https://example.org/a/b", "https://example.org/a%2Fb/c"),
    ],
)
def test_two_articles_never_share_a_key(one: str, other: str) -> None:
    assert article_key(one) != article_key(other)


def test_an_address_that_is_too_long_when_it_is_encoded_is_none() -> None:
    assert normalise("https://example.org/" + "坝" * 200) is not None
    assert normalise("https://example.org/" + "坝" * 300) is None


def test_no_key_is_longer_than_an_index_holds() -> None:
    one, other = (article_key("https://example.org/" + "坝" * 3000 + end) for end in "ab")
    assert one != other
    assert max(len(one.encode()), len(other.encode())) <= LONGEST


def test_the_order_of_parameters_makes_no_other_article() -> None:
    assert article_key("https://example.org/a?x=1&y=2") == article_key("https://example.org/a?y=2&x=1")


@given(st.text(max_size=60), st.sampled_from(["", "https://example.org/", "http://a.test/b/c?d"]))
def test_normalising_twice_changes_nothing_more(text: str, start: str) -> None:
    once = normalise(start + text)
    if once is not None:
        assert normalise(once) == once
        assert urlsplit(once).scheme in {"http", "https"}
        assert article_key(once) == article_key(start + text)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Example.org/a", "example.org"),
        ("https://example.org:443/", "example.org"),
        ("http://example.org:443/", "example.org:443"),
        ("http://[::1", ""),
    ],
)
def test_a_host_is_named_with_an_unusual_port_only(url: str, host: str) -> None:
    assert host_of(url) == host
