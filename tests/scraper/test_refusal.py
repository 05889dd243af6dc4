"""What speaks against keeping a page: by where it is, by what it says, and by its publisher's wish."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Options, clean_html
from cleaners.article import Article
from scraper.errors import NotAnArticle
from scraper.fetch.answers import Page
from scraper.refusal import (
    Refusal,
    another_story,
    landed_elsewhere,
    refusals_of,
    refuse,
    wish_of_headers,
    wish_of_page,
)
from tests.scraper.wire_site import Newsroom

STORY = "https://example.org/world/2025/01/31/harbour-opens"


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("https://example.org/", "front-page"),
        ("https://www.example.org", "front-page"),
        ("https://example.org/index.php", "front-page"),
        ("https://example.org/home.html", "front-page"),
        ("https://example.org/fr/", "front-page"),
        ("https://example.org/pt-br", "front-page"),
        ("https://other.example.com/", "front-page"),
        ("https://example.org/world/", "front-page"),
        ("https://example.org/world/2025", "front-page"),
        ("https://consent.example.org/collect?id=7", "consent-wall"),
        ("https://example.org/consent/?back=1", "consent-wall"),
        ("https://example.org/account/login.aspx?back=1", "login"),
        ("https://example.org/404.html", "missing-page"),
        ("https://example.org/error", "maintenance"),
        ("https://example.org/world/2025/01/31/harbour-opens.html", None),
        ("https://example.org/world/2025/02/01/harbour-opens-today", None),
        ("https://www.example.org/world/2025/01/31/harbour-opens/", None),
        ("https://m.example.org/world/2025/01/31/harbour-opens", None),
        ("https://example.org/?p=123", None),
        ("https://example.org/world/?id=123", None),
        ("https://example.org/error-in-the-vote", None),
        ("https://example.org/login-reform-passed", None),
        ("https://example.org/fra/story", None),
        ("https://example.com/world/", None),  # of another site: a short address, perhaps
    ],
)
def test_where_a_redirect_ends_says_whether_it_is_the_story(url: str, cause: str | None) -> None:
    found = landed_elsewhere(STORY, url)
    assert (found and found.cause) == cause


def test_an_address_that_is_in_such_a_place_itself_is_what_it_is() -> None:
    assert landed_elsewhere("https://example.org/login/1", "https://example.org/login/2") is None
    assert landed_elsewhere("https://example.org/", "https://example.org/") is not None


@pytest.mark.parametrize(
    ("title", "said", "refused"),
    [
        ("The harbour opens a new berth", "Something went wrong", True),
        ("The harbour opens a new berth", "A berth for large ships", False),
        ("One", "Something went wrong", False),
        ("Berth opens", "Something went wrong", False),
        (None, "Something went wrong", False),
        ("港口周二开放新泊位", "系统维护", True),
        ("港口周二开放新泊位", "新泊位", False),
        ("รัฐบาลประกาศแผน", "รัฐบาล", False),
    ],
)
def test_a_page_without_a_word_of_the_title_is_another(title: str | None, said: str, refused: bool) -> None:
    page = Page("https://example.org/sorry", STORY, 200, {}, b"")
    assert (another_story(page, Article(title=said), title) is not None) is refused
    here = Page(STORY, STORY, 200, {}, b"")
    assert another_story(here, Article(title=said), title) is None


def test_wishes_count_only_where_they_are_respected() -> None:
    wish = Refusal("noindex", "meta robots: noindex", True)
    refuse(STORY, [None, wish], respect_wishes=False)
    with pytest.raises(NotAnArticle) as caught:
        refuse(STORY, [None, wish], respect_wishes=True)
    assert (caught.value.cause, caught.value.passing) == ("noindex", False)


def test_what_may_pass_is_tried_again_later() -> None:
    with pytest.raises(NotAnArticle) as caught:
        refuse(STORY, [Refusal("maintenance", "")], respect_wishes=True)
    assert caught.value.passing
    assert caught.value.retry_after == 3600.0


@pytest.mark.parametrize("number", range(1, 21))
def test_nothing_speaks_against_a_story(number: int) -> None:
    page = Newsroom("harbour", 20).article(number, "https://example.org")
    assert refusals_of(page, clean_html(page, Options(url=STORY))) == []


@given(st.binary(max_size=500))
def test_any_bytes_are_judged(noise: bytes) -> None:
    for body in (noise, b"<html><head><meta name=robots content=" + noise, b"<p>" + noise):
        refusals_of(body, Article())
        wish_of_page(body)


@given(st.text(max_size=300))
def test_any_header_is_read(text: str) -> None:
    wish_of_headers({"x-robots-tag": text, "tdm-reservation": text, "tdm-policy": text})
