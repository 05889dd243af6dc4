"""The review page as a person has it: with a mouse, with keys alone, on a phone, in the dark, from right to left."""

import shlex
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaners import Article, Paragraph, report
from cleaners.article import Removed
from tests.browser.axe import violations
from tests.browser.conftest import Watched

Open = Callable[..., Watched]
PHONE = {"viewport": {"width": 390, "height": 844}}


def test_it_opens_from_the_disk_and_asks_nothing_of_a_network(open_page: Open, report_file: str) -> None:
    watched = open_page(report_file)
    assert watched.asked == [report_file]
    assert watched.told == []
    assert watched.page.locator("#tools").is_visible()


@pytest.mark.parametrize("options", [{}, {**PHONE, "color_scheme": "dark"}], ids=["light", "dark"])
def test_nothing_of_it_bars_anybody(open_page: Open, report_file: str, options: dict[str, Any]) -> None:
    watched = open_page(report_file, **options)
    for summary in watched.page.locator("summary").all():
        summary.click()
    assert violations(watched.page) == []


def test_on_a_phone_nothing_stands_out_at_the_side(open_page: Open, report_file: str) -> None:
    watched = open_page(report_file, **PHONE)
    assert watched.page.evaluate("document.documentElement.scrollWidth") == 390


def test_in_the_dark_it_is_dark(open_page: Open, report_file: str) -> None:
    page = open_page(report_file, color_scheme="dark").page
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 22, 22)"


def test_a_text_from_right_to_left_runs_so(open_page: Open, report_file: str) -> None:
    page = open_page(report_file).page
    line = page.locator("ol[lang=ar] > li:not([class])").first
    assert page.locator("ol[lang=ar]").get_attribute("dir") == "rtl"
    box, inner = line.bounding_box(), line.evaluate(
        "li => { const range = document.createRange(); range.selectNodeContents(li);"
        " return [...range.getClientRects()].pop().right; }"
    )  # fmt: skip
    assert box["x"] + box["width"] - inner < 20


def test_keys_alone_lead_from_cut_to_cut_and_tell_why(open_page: Open, report_file: str) -> None:
    page = open_page(report_file).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Next cut"
    page.keyboard.press("Enter")
    assert "200% Deposit Bonus" in page.evaluate("document.activeElement.textContent")
    assert page.locator(".tip").inner_text().startswith("ad: ads.")
    page.keyboard.press("n")
    assert "180% Deposit Bonus" in page.evaluate("document.activeElement.textContent")
    assert page.locator(".tip").inner_text().startswith("ad: ads.")
    page.keyboard.press("p")
    page.keyboard.press("ArrowUp")
    assert "residents said" in page.evaluate("document.activeElement.textContent")
    assert page.locator(".tip").inner_text().startswith("body: ")
    page.keyboard.press("j")
    assert "200% Deposit Bonus" in page.evaluate("document.activeElement.textContent")


def test_keys_alone_reach_every_control_and_the_focus_is_seen(open_page: Open, report_file: str) -> None:
    page = open_page(report_file).page
    count = page.locator("button:visible, summary:visible").count()
    reached = set()
    for _ in range(count + 5):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.textContent"))
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style != "none", page.evaluate("document.activeElement.outerHTML")
    shown = {one.text_content() for one in page.locator("button:visible, summary:visible").all()}
    assert shown <= reached


def test_a_label_can_be_hidden_and_shown_again(open_page: Open, report_file: str) -> None:
    page = open_page(report_file).page
    button = page.locator("#labels button", has_text="ad ").first
    line = page.get_by_text("180% Deposit Bonus")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert not line.is_visible()
    button.click()
    assert line.is_visible()


def test_a_tap_on_a_line_tells_its_rule(open_page: Open, report_file: str) -> None:
    page = open_page(report_file, **PHONE, has_touch=True).page
    page.get_by_text("180% Deposit Bonus").tap()
    assert "ads." in page.locator(".tip").inner_text()


@pytest.mark.parametrize(
    ("line", "argument"),
    [("Don't miss `it` $(now)", "Don't miss `it` $(now)"), ("-Advertisement-", " -Advertisement-")],
)
def test_a_cut_line_tells_the_command_that_keeps_it(
    open_page: Open, tmp_path: Path, line: str, argument: str
) -> None:
    removed = (Removed(line, "ad", "ads.test", 2),)
    report.write([Article(body=(Paragraph("It rained."),), removed=removed)], tmp_path / "report.html")
    page = open_page((tmp_path / "report.html").as_uri()).page
    page.get_by_role("button", name="Next cut").click()
    command = page.locator(".tip code").inner_text()
    assert shlex.split(command) == ["clean", "--add-rule", "keep", argument]


def test_rules_are_counted_and_lead_to_their_lines(open_page: Open, report_file: str) -> None:
    page = open_page(report_file).page
    page.locator("summary", has_text="Rules (").click()
    row = page.locator("#rules tr", has_text="navigation.post-navigation")
    assert row.locator("td.n").inner_text() == "1"
    row.locator("button").click()
    assert "Post navigation" in page.evaluate("document.activeElement.textContent")


def test_the_list_of_articles_leads_to_each(open_page: Open, report_file: str) -> None:
    page = open_page(report_file).page
    page.locator("summary", has_text="Articles (").click()
    page.locator("#contents button").last.click()
    assert page.evaluate("document.activeElement.className") == "article"


def test_without_scripts_everything_can_be_read(open_page: Open, report_file: str) -> None:
    page = open_page(report_file, java_script_enabled=False).page
    assert page.locator("section").count() == 6
    assert not page.locator("#tools").is_visible()
    assert page.locator("del", has_text="180% Deposit Bonus").is_visible()


@pytest.mark.speed
def test_two_hundred_articles_are_a_small_file_and_open_at_once(open_page: Open, tmp_path: Path) -> None:
    """As web pages have them: some 230 lines, of which most are menus, of 70 characters."""
    said = "The river rose by four metres in a night, as officials said."
    body = tuple(Paragraph(f"{number} {said}") for number in range(70))
    menu = "Subscribe to the news of the harbour and of the river"
    removed = tuple(
        Removed(f"{number} {menu}", "navigation", "markup.menu", number) for number in range(71, 231)
    )
    report.write([Article(title="Flood", body=body, removed=removed)] * 200, tmp_path / "report.html")
    assert (tmp_path / "report.html").stat().st_size < 5_000_000
    took = []
    for _ in range(3):
        begun = time.monotonic()
        page = open_page((tmp_path / "report.html").as_uri()).page
        page.locator("#tools").wait_for()
        took.append(time.monotonic() - begun)
    assert min(took) < 2
