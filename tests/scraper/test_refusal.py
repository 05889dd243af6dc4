"""Why a page is not kept: its publisher's wish, or that it is no article; whole runs of it are in hostile/."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Article, Paragraph
from scraper.errors import NotAnArticle
from scraper.refusal import landed_elsewhere, refusals_of, refuse, wish_of_headers, wish_of_page


@pytest.mark.parametrize(
    ("header", "cause"),
    [
        ("noindex", "noindex"),
        ("none", "noindex"),
        ("wireclean: noindex", "noindex"),
        ("otherbot: noindex, nofollow", None),
        ("max-snippet: 50, noai", "noai"),
        ("all", None),
    ],
)
def test_a_publisher_s_wish_is_read_from_headers(header: str, cause: str | None) -> None:
    wish = wish_of_headers({"x-robots-tag": header})
    assert (wish.cause if wish else None) == cause
    assert wish_of_headers({"tdm-reservation": "1"}) is not None


def test_a_wish_counts_where_wishes_are_respected() -> None:
    wish = wish_of_page(b'<meta name="robots" content="noindex">')
    with pytest.raises(NotAnArticle, match="noindex"):
        refuse("https://example.org/1", [None, wish], respect_wishes=True)
    refuse("https://example.org/1", [None, wish], respect_wishes=False)


def test_a_story_is_refused_for_nothing_that_it_says() -> None:
    story = "The ministry said cookies and consent would be debated. " * 20
    page = f"<html><body><article><h1>Consent</h1><p>{story}</p></article></body></html>".encode()
    assert refusals_of(page, Article(title="Consent", body=(Paragraph(story),), authors=("A. Bird",))) == []


@given(st.binary(max_size=300))
def test_no_page_is_too_odd(body: bytes) -> None:
    refusals_of(body, Article())


@pytest.mark.parametrize(
    ("requested", "url", "cause"),
    [
        ("https://example.org/news/1", "https://example.org/en/", "front-page"),
        ("https://example.org/news/1", "https://example.org/news/", "front-page"),
        ("https://example.org/news/1", "https://example.org/news/1-rain", None),
    ],
)
def test_where_a_redirect_ends_tells_what_it_is(requested: str, url: str, cause: str | None) -> None:
    found = landed_elsewhere(requested, url)
    assert (found.cause if found else None) == cause
