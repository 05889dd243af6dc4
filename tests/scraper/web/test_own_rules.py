"""From a line that was cut wrongly to a rule of one's own, in a browser's two steps."""

from pathlib import Path
from urllib.parse import urlencode

import pytest
from lxml import html

from cleaners import clean_text
from cleaners.own.file import read_rules
from scraper.reclean import reclean
from scraper.store import open_store
from scraper.web.own_rules import foresee
from tests.scraper.store.shelved import article
from tests.scraper.web.conftest import Client
from tests.scraper.web.shelf import Shelf

OWN = {"origin": "http://localhost:8765", "content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return tmp_path / "wireclean.toml"


@pytest.fixture
def writing(place: Path, rules: Path) -> Client:
    return Client(place, rules)


def line_of(client: Client, text: str) -> str:
    """The number of a line in the first edition of the first article."""
    tree = html.fromstring(client.get("/articles/1?edition=1").text)
    number = 0
    for line in tree.xpath("//ol[@class='lines']/li"):
        number = int(line.get("value", number + 1))
        if text in line.text_content():
            return str(number)
    raise AssertionError(text)


def test_a_line_that_was_cut_can_be_kept(writing: Client, rules: Path) -> None:
    address = f"/rules/new?article=1&edition=1&line={line_of(writing, 'Subscribe')}"
    tree = html.fromstring(writing.get(address).text)
    assert tree.xpath("//blockquote/bdi/text()") == ["Subscribe"]
    assert tree.xpath("//select[@id='section']/option[@selected]/@value") == ["keep"]
    said = {"article": "1", "section": "keep", "text": "Home", "host": "example.org"}
    told = writing.get(f"/rules/new?{urlencode(said)}").text
    assert "87 lines of 29 articles</b>, of the 59 in the store" in " ".join(told.split())
    assert not rules.exists()
    answer = writing.post("/rules/new", said, OWN)
    assert answer.status_code == 200
    assert "scrape reclean" in answer.text
    assert read_rules(rules).text.endswith('[keep."example.org"]\nwhole = [\n    "Home",\n]\n')


def test_a_line_that_stayed_can_be_cut_everywhere(writing: Client, rules: Path) -> None:
    said = {"article": "1", "section": "notice", "text": "The river rose by # metres.", "host": ""}
    told = " ".join(writing.get(f"/rules/new?{urlencode(said)}").text.split())
    assert "57 lines of 57 articles</b>, of the 59 in the store" in told
    writing.post("/rules/new", said, OWN)
    cleaned = clean_text("It rained.\nThe river rose by 9 metres.", rules=read_rules(rules))
    assert [line.rule for line in cleaned.removed] == ["own.notice"]


def test_what_a_rule_would_change_is_told_with_some_of_the_lines(place: Path) -> None:
    with open_store(place, look=True) as store:
        effect = foresee(store, "keep", "Home", "example.net")
        assert foresee(store, "keep", "Home", "example.com").lines == 0
    assert (effect.lines, effect.articles, len(effect.samples)) == (84, 28, 10)
    assert effect.samples[0][1:] == ("Flood 1", "Home")


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "application/x-www-form-urlencoded"},
        OWN | {"origin": "https://news.example.org"},
        OWN | {"origin": "null"},
        OWN | {"host": "news.example.org:8765"},
    ],
    ids=str,
)
def test_no_page_of_another_writes_a_rule(writing: Client, rules: Path, headers: dict[str, str]) -> None:
    answer = writing.post("/rules/new", {"section": "keep", "text": "Home", "host": ""}, headers)
    assert answer.status_code == 403
    assert not rules.exists()


def test_nothing_is_written_where_it_was_not_allowed(client: Client) -> None:
    assert client.get("/rules/new?article=1&line=1").status_code == 404
    assert client.post("/rules/new", {"section": "keep", "text": "Home"}, OWN).status_code == 404
    assert "data-rule" not in client.get("/articles/1").text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"section": "off", "text": "ads"}, "That is no label."),
        ({"section": "ad", "text": "  "}, "there is nothing in the line"),
        ({}, "That is no label."),
    ],
    ids=str,
)
def test_a_mistake_is_told_and_writes_nothing(
    writing: Client, rules: Path, said: dict[str, str], told: str
) -> None:
    answer = writing.post("/rules/new", said, OWN)
    assert answer.status_code == 400
    assert told in answer.text
    assert not rules.exists()


def test_a_rule_against_one_that_is_there_is_told_before_it_is_written(place: Path, rules: Path) -> None:
    rules.write_text('[ad]\nwhole = ["Home"]\n')
    answer = Client(place, rules).post("/rules/new", {"section": "keep", "text": "Home", "host": ""}, OWN)
    assert answer.status_code == 400
    assert "take it out first" in answer.text
    assert rules.read_text() == '[ad]\nwhole = ["Home"]\n'


def test_a_form_that_is_too_large_is_refused(writing: Client, rules: Path) -> None:
    answer = writing.post("/rules/new", {"section": "keep", "text": "x" * 200_000}, OWN)
    assert answer.status_code == 413
    assert not rules.exists()


def test_a_store_can_be_cleaned_again_with_the_rule(tmp_path: Path, rules: Path) -> None:
    lines = (
        "The river rose by four metres in a night, the weather service said.",
        "More rain is expected on Friday, and two dams are already full.",
        "The Gazette is read in every harbour of the coast.",
    )
    page = "<!DOCTYPE html><html lang=en><article>" + "".join(f"<p>{line}</p>" for line in lines)
    shelf = Shelf(tmp_path / "wire.db")
    shelf.run("harbour")
    shelf.keep("harbour", "https://example.org/1", article(*lines), page.encode())
    shelf.store.close()
    said = {"section": "notice", "text": lines[2], "host": "example.org"}
    assert Client(tmp_path / "wire.db", rules).post("/rules/new", said, OWN).status_code == 200
    with open_store(tmp_path / "wire.db") as store:
        [changed] = reclean(store, rules=read_rules(rules))
        assert changed.gone == (lines[2],)
        [(_, told)] = store.articles.each()
    assert [line["rule"] for line in told["removed"]] == ["own.notice"]
