"""Every page of `scrape serve` in a browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaners.own.file import read_rules
from tests.browser.axe import violations
from tests.browser.conftest import Watched

Open = Callable[..., Watched]
PAGES = [
    "/", "/source?name=harbour", "/articles", "/articles/1?edition=1", "/articles/2",
    "/articles/1/changes", "/rules", "/nowhere",
]  # fmt: skip
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_bars_nobody_asks_its_own_server_alone_and_fits_a_phone(
    open_page: Open, served: str, address: str
) -> None:
    watched = open_page(served + address)
    page = watched.page
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert [url for url in watched.asked if not url.startswith(served)] == []
    assert [told for told in watched.told if "404 (Not Found)" not in told] == []


def test_keys_alone_lead_from_the_sources_to_an_article_and_its_cuts(open_page: Open, served: str) -> None:
    page = open_page(served + "/").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"

    def go_to(text: str) -> None:
        for _ in range(200):
            page.keyboard.press("Tab")
            if text == page.evaluate("document.activeElement.textContent").strip():
                page.keyboard.press("Enter")
                page.wait_for_load_state()
                return
        raise AssertionError(f"no key leads to {text}")

    go_to("harbour")
    page.wait_for_url("**/source?name=harbour")
    go_to("Flood 56")
    page.wait_for_url("**/articles/*")
    page.get_by_role("button", name="Next cut").wait_for()
    go_to("Next cut")
    assert page.evaluate("document.activeElement.textContent").startswith("ad Home")


def test_words_are_searched_for_with_keys_alone(open_page: Open, served: str) -> None:
    page = open_page(served + "/articles").page
    page.get_by_label("Words").focus()
    page.keyboard.type("rejected")
    page.keyboard.press("Enter")
    page.wait_for_url("**words=rejected**")
    assert page.locator("ol.entries li").count() == 1


def test_the_page_as_it_was_fetched_stands_beside_its_article(open_page: Open, served: str) -> None:
    page = open_page(served + "/articles/1?edition=1").page
    frame: Any = page.frame_locator("iframe")
    frame.locator("p").wait_for()
    assert "approved a plan" in frame.locator("p").inner_text()


def test_an_article_from_right_to_left_runs_so(open_page: Open, served: str) -> None:
    page = open_page(served + "/articles/2").page
    assert page.locator("ol.lines").evaluate("ol => getComputedStyle(ol).direction") == "rtl"
    assert page.title() == "مطر في كييف"


def test_keys_alone_make_a_rule_of_a_line_that_was_cut(open_page: Open, writing: str, rules: Path) -> None:
    watched = open_page(writing + "/articles/1?edition=1")
    page = watched.page
    page.get_by_role("button", name="Next cut").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Keep this line …"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="What would it change?").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("status").inner_text().startswith("It would change")
    assert violations(page) == []
    page.get_by_role("button", name="Write it to").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Written").wait_for()
    assert read_rules(rules).text.endswith('[keep."example.org"]\nwhole = [\n    "Get the app",\n]\n')
    assert watched.told == []
