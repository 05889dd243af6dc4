import sys

import pytest

from cleaners import clean_html
from cleaners.read.html import read_html
from cleaners.second_opinion import ask_trafilatura
from tests.cleaners import written
from tests.cleaners.written import STORY


def told(html: str) -> list[str] | None:
    """The blocks of a page that trafilatura takes for the article's."""
    texts = [block.text for block in read_html(html).blocks]
    kept = ask_trafilatura(html, texts)
    return None if kept is None else [text for text, one in zip(texts, kept, strict=True) if one]


def test_blocks_are_found_in_its_answer() -> None:
    found = told(written.wordpress())
    assert found is not None
    assert set(STORY) <= set(found)
    assert "Recent posts" not in found
    assert "Home" not in found


def test_a_page_without_an_article_gets_no_opinion() -> None:
    assert told("<p>Rain") is None
    assert ask_trafilatura("", []) is None


@pytest.mark.parametrize("html", ["<p>It rained. " * 60_000, "<p " + "a=1 " * 50_000 + ">It rained."])
def test_pages_that_would_take_long_are_not_handed_on(html: str) -> None:
    assert ask_trafilatura(html, ["It rained."]) is None


def test_it_is_not_asked_where_the_scorer_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert clean_html(written.wordpress()).text.split("\n") == list(STORY)


def test_it_is_asked_where_the_scorer_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(html: str, texts: list[str]) -> list[bool]:
        asked.append(html)
        return [text == "Rain in Kyiv" for text in texts]

    monkeypatch.setattr("cleaners.second_opinion.ask_trafilatura", answer)
    monkeypatch.setattr("cleaners.weigh._UNSURE", 1.1)
    article = clean_html("<ul><li>Home<li>Rain in Kyiv<li>Sport</ul>")
    assert asked
    assert article.text == "Rain in Kyiv"
    assert {line.rule for line in article.removed} <= {"scorer.second-opinion", "markup.nav"}
