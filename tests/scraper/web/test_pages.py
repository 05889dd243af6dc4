"""What the pages that `scraper.web.app` serves show, and that each reads a bounded part of the store."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import html

from cleaners import Article, Paragraph
from scraper.store import open_store
from scraper.store.protocol import Day, Failure
from scraper.store.sql.shelf import SqlArticles
from scraper.web import pages
from scraper.web.chart import draw_days
from scraper.web.differences import compare
from scraper.web.neutral import without_ways_out
from scraper.web.rule_use import count_rules
from tests.scraper.web.conftest import Client
from tests.scraper.web.shelf import fill


def look(client: Client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def texts(tree: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in tree.xpath(path)]


def test_the_first_page_has_every_source_with_its_state(client: Client) -> None:
    tree = look(client, "/")
    assert texts(tree, "//tbody/tr/th") == ["harbour", "river"]
    assert texts(tree, "//tbody/tr/td[1]") == ["ok", "ok"]


def test_a_source_has_its_days_its_failures_and_its_newest_articles(client: Client) -> None:
    tree = look(client, "/source?name=harbour")
    assert tree.xpath("//*[local-name()='svg']/@role") == ["img"]
    assert len(tree.xpath("//*[local-name()='rect' and @class='came']")) > 5
    assert "status-404" in texts(tree, "//ul/li")[0]
    assert texts(tree, "//ol/li/a")[0] == "Flood 56"


def test_the_list_goes_on_page_by_page_to_its_end_and_names_each_article_once(client: Client) -> None:
    address, titles = "/articles", []
    while address:
        tree = look(client, address)
        titles += texts(tree, "//ol/li/a")
        [address] = tree.xpath("//a[text()='Older articles']/@href") or [""]
    assert len(titles) == len(set(titles)) == 59
    assert titles[:2] == ["Flood 56", "Flood 55"]
    assert titles[-1] == "A plan for the dam"


def test_the_list_can_be_of_one_source_or_of_words(client: Client) -> None:
    assert len(texts(look(client, "/articles?source=river"), "//ol/li/a")) == 29
    assert texts(look(client, '/articles?words="rejected a plan"'), "//ol/li/a") == ["A plan for the dam"]
    assert "There is none." in client.get("/articles?words=nothingness").text


def test_a_search_shows_more_when_it_is_asked_to(client: Client) -> None:
    tree = look(client, "/articles?words=river")
    assert len(texts(tree, "//ol/li/a")) == pages.PAGE
    [more] = tree.xpath("//a[starts-with(text(), 'More')]/@href")
    assert len(texts(look(client, more), "//ol/li/a")) == 57


def test_an_article_is_shown_as_in_a_report_with_its_page_in_a_sealed_frame(client: Client) -> None:
    tree = look(client, "/articles/1?edition=1")
    assert texts(tree, "//ol[@class='lines']/li/del") == ["Get the app", "Subscribe"]
    [frame] = tree.xpath("//iframe")
    assert frame.get("sandbox") == ""
    page = client.get(frame.get("src"))
    assert "approved a plan" in page.text
    policy = page.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none';")
    assert "allow" not in policy


def test_an_article_in_arabic_runs_from_right_to_left(client: Client) -> None:
    [lines] = look(client, "/articles/2").xpath("//ol[@class='lines']")
    assert (lines.get("dir"), lines.get("lang")) == ("rtl", "ar")


def test_editions_are_compared_word_by_word(client: Client) -> None:
    tree = look(client, "/articles/1/changes")
    assert "approved" in texts(tree, "//del")
    assert "rejected" in texts(tree, "//ins")
    assert "Nothing of headline" in client.get("/articles/1/changes?from=2&to=2").text


def test_rules_are_counted_by_line_article_and_source(client: Client, place: Path) -> None:
    with open_store(place, look=True) as store:
        [use], looked_at = count_rules(store)
    assert (use.rule, use.lines, use.articles, looked_at) == ("ads.test", 171, 57, 59)
    assert texts(look(client, "/rules"), "//tbody/tr/th") == ["ads.test"]
    assert texts(look(client, "/rules?source=river"), "//tbody/tr/td[2]") == ["84"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/source?name=nobody", 404),
        ("/articles/999", 404),
        ("/articles/1?edition=9", 404),
        ("/articles/1?edition=x", 400),
        ("/articles/99999999999999999999", 404),
        (f"/articles/{'9' * 5000}", 404),
        ("/articles/x", 404),
        ("/articles?before=0001-01-01T00:00:00%2B14:00_1", 400),
        ("/articles?before=yesterday", 400),
        ("/articles?before=2025-01-31T00:00:00_x", 400),
        ("/articles?most=-1&words=x", 400),
        ("/articles?words=" + "+".join(map(str, range(40))), 400),
        ("/static/../app.py", 404),
        ("/static/report.html", 404),
        ("/nowhere", 404),
    ],
)
def test_what_is_not_there_is_said(client: Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_nothing_can_be_written(client: Client) -> None:
    own = {"origin": "http://localhost:8765"}
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, "/articles/1", own).status_code == 405
        assert client.request(method, "/articles/1").status_code == 403


def test_a_store_that_went_away_is_an_answer(tmp_path: Path) -> None:
    client = Client(tmp_path / "none.db")
    answer = client.get("/")
    assert answer.status_code == 503
    assert "there is no such store" in answer.text


def test_a_page_that_was_pruned_is_not_framed(tmp_path: Path) -> None:
    fill(tmp_path / "wire.db")
    with open_store(tmp_path / "wire.db") as store:
        store.articles.prune(datetime.now(UTC), pages_only=True)
    client = Client(tmp_path / "wire.db")
    assert "It was pruned." in client.get("/articles/1").text
    assert client.get("/articles/1/page").status_code == 503


def test_no_page_reads_more_of_the_store_than_it_shows(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever lists articles asks the store for a number of them."""
    asked: list[int | None] = []
    real = SqlArticles.entries

    def entries(self: SqlArticles, **said: object) -> object:
        asked.append(said.get("most"))  # type: ignore[arg-type]
        return real(self, **said)  # type: ignore[arg-type]

    monkeypatch.setattr(SqlArticles, "entries", entries)
    client = Client(place)
    for address in ("/", "/source?name=river", "/articles", "/articles?source=river", "/rules"):
        client.get(address)
    assert len(asked) == 4
    assert all(most is not None and most <= 200 for most in asked)


def test_the_chart_has_a_bar_for_each_day_up_to_today() -> None:
    day = date(2025, 1, 31)
    failure = Failure(1, "a", datetime(2025, 1, 30, 9, tzinfo=UTC), "timeout", "", "")
    chart = draw_days([Day("a", day, 4, 30, 10), Day("a", date(2024, 1, 1), 99)], [failure], day, 3)
    assert [(bar.articles, bar.failures) for bar in chart.bars] == [(0, 0), (0, 1), (4, 0)]
    assert (chart.most, chart.width) == (4, 30)


def test_a_line_that_became_another_is_not_compared_word_by_word() -> None:
    old, new = (
        Article(body=tuple(map(Paragraph, lines)))
        for lines in (
            ["It rained.", "Two dams are full."],
            ["It rained.", "Nobody came to see him off.", "Snow."],
        )
    )
    assert [row.kind for row in compare(old, new)] == ["same", "gone", "new", "new"]


def test_links_and_frames_of_a_fetched_page_lead_nowhere() -> None:
    assert without_ways_out('<a\nHREF = "//a">x</a><base href=//c>') == (
        '<a\ndata-HREF = "//a">x</a><base data-href=//c>'
    )
    assert without_ways_out("<svg><a xlink:href=//b></svg>") == "<svg><a xlink:data-href=//b></svg>"
    page = "<IFRAME\nsrc=x></iframe><frame/><frameset><iframes>"
    assert without_ways_out(page) == "<x-IFRAME\nsrc=x></x-iframe><x-frame/><frameset><iframes>"
