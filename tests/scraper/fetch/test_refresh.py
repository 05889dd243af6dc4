"""A page that sends on at once is a redirect; one that is loaded anew later is a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.fetch.answers import Page
from scraper.fetch.refresh import refresh_target


def target(head: str = "", header: str = "") -> str | None:
    headers = {"refresh": header} if header else {}
    return refresh_target(Page("", "", 200, headers, head.encode()))


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("0; url=/news/1", "/news/1"),
        ("0;URL='/news/1'", "/news/1"),
        ('5, url="https://example.org/a;b"', "https://example.org/a;b"),
        ("0 url = /news/1 ", "/news/1"),
        ("1.5; url=/news/1", "/news/1"),
        ("; url=/news/1", "/news/1"),
        ("10; url=/x", "/x"),
        ("11; url=/x", None),
        ("300", None),
        ("0", None),
        ("0; url=", None),
        ("soon; url=/x", None),
        ("", None),
    ],
)
def test_the_address_of_a_refresh(content: str, found: str | None) -> None:
    assert target(header=content) == found
    quoted = content.replace('"', "&quot;")
    assert target(f'<meta http-equiv="refresh" content="{quoted}">') == found


def test_what_is_no_refresh_of_this_page() -> None:
    assert target('<noscript><meta http-equiv="refresh" content="0; url=/x"></noscript>') is None
    assert target('<!-- <meta http-equiv="refresh" content="0; url=/x"> -->') is None
    assert target('<meta name="refresh" content="0; url=/x">') is None
    assert target(" " * 40_000 + '<meta http-equiv="refresh" content="0; url=/x">') is None


@given(st.text(max_size=300))
def test_any_header_and_any_head_are_read(text: str) -> None:
    target(f'<meta http-equiv="refresh" content="{text}">', text)
