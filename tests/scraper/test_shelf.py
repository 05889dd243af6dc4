"""Articles on the shelf: each once, with its page, in every version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from cleaners import Photo
from scraper.addresses import site_of
from scraper.reading import entries, kept_article, page_body, search
from scraper.shelf import Arrival, Change, put_on_shelf
from scraper.store import Store
from scraper.waiting import claim, remember
from tests.scraper.shelved import article, cleaned, count, found, page, shelve

DAM = "https://example.org/news/dam.html"


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(":memory:") as opened:
        yield opened


def test_an_article_is_kept_with_its_page_photos_and_removed_lines(store: Store) -> None:
    photo = Photo("The dam", "Mara Lindqvist/AFP", "Mara Lindqvist", "AFP")
    kept = shelve(store, DAM, article(removed=["Get the app"], photos=[photo]))
    assert kept.change is Change.NEW
    assert kept.id is not None
    shown = kept_article(store, kept.id)
    assert shown is not None
    assert shown.article.photos == (photo,)
    assert shown.headers["content-type"] == "text/html"
    assert page_body(store, shown.page_id) == b"<html>page</html>"
    assert [tuple(row)[2:] for row in store.rows("SELECT * FROM removed")] == [
        (90, "Get the app", "ad", "ads.test")
    ]
    assert store.rows("SELECT photographer FROM photo")[0][0] == "Mara Lindqvist"
    assert [entry.title for entry in search(store, "harbour dam")] == ["A plan for the dam"]


def test_a_page_and_its_article_come_together_or_not_at_all(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("scraper.shelf.count_lines", break_down)  # the last thing that is written
    with pytest.raises(RuntimeError):
        shelve(store, DAM, article())
    assert count(store, "page") == count(store, "article") == count(store, "version") == 0
    assert store.rows("SELECT state FROM address")[0]["state"] == "waiting"


def test_the_feeds_title_stands_in_for_one_that_the_page_lacks(store: Store) -> None:
    remember(store, "harbour", [replace(found(DAM), title="Dam plan approved")], {})
    shelve(store, DAM, article()._replace(title=None))
    [entry] = entries(store)
    assert entry.title == "Dam plan approved"


def test_a_second_address_of_an_article_is_not_a_second_article(store: Store) -> None:
    first = shelve(store, DAM, article(url=DAM))
    second = shelve(store, "https://example.org/latest/dam-story", article(url=DAM))
    assert second.change is Change.DUPLICATE
    assert second.id == first.id
    assert count(store, "article") == count(store, "page") == 1


def test_an_address_that_redirects_to_a_kept_article_is_not_a_second_article(store: Store) -> None:
    shelve(store, DAM, article())
    assert shelve(store, "https://example.org/short/17", article(), at=DAM).change is Change.DUPLICATE


def test_the_canonical_address_is_known_once_its_copy_is_kept(store: Store) -> None:
    shelve(store, "https://example.org/latest/dam-story", article(url=DAM))
    remember(store, "harbour", [found(DAM)], {})
    assert claim(store, "harbour", 5) == []


def test_the_same_canonical_address_on_different_stories_is_not_believed(store: Store) -> None:
    wrong = "https://example.org/news/"
    shelve(store, DAM, article(url=wrong))
    other = shelve(
        store,
        "https://example.org/news/harvest.html",
        article("The harvest was poor.", "Prices rose.", "Bakers complained.", title="Harvest", url=wrong),
    )
    assert other.change is Change.NEW
    assert count(store, "article") == 2


def test_a_front_page_is_no_canonical_address(store: Store) -> None:
    kept = shelve(store, DAM, article(url="https://example.org/"))
    assert store.rows("SELECT key FROM article WHERE id = ?", (kept.id,))[0]["key"].endswith("dam.html")


def test_an_article_that_changed_is_kept_in_both_versions(store: Store) -> None:
    first = shelve(store, DAM, article())
    again = shelve(store, DAM, article("The plan was withdrawn.", "It will be back."))
    assert again.change is Change.CHANGED
    assert again.id == first.id
    assert again.id is not None
    newest, oldest = kept_article(store, again.id), kept_article(store, again.id, 1)
    assert newest is not None
    assert oldest is not None
    assert newest.article.text.startswith("The plan was withdrawn.")
    assert oldest.article.text.startswith("The harbour authority")
    assert search(store, "withdrawn")
    assert not search(store, "authority")


def test_an_article_whose_advertisements_changed_did_not_change(store: Store) -> None:
    shelve(store, DAM, article(removed=["Win a car"]))
    assert shelve(store, DAM, article(removed=["Win a boat"])).change is Change.UNCHANGED
    assert count(store, "version") == 1


def test_a_page_that_answers_304_is_unchanged(store: Store) -> None:
    shelve(store, DAM, article())
    store.connection.execute("UPDATE address SET state = 'waiting'")
    [address] = claim(store, "harbour", 1)
    [kept] = put_on_shelf(store, [Arrival(address, page(DAM), None)])
    assert kept.change is Change.UNCHANGED
    assert count(store, "version") == 1
    assert claim(store, "harbour", 1) == []


def test_an_address_that_moved_for_good_is_asked_for_at_its_new_place(store: Store) -> None:
    new = "https://example.org/archive/dam.html"
    shelve(store, DAM, article(), at=new, moved_to=new)
    store.connection.execute("UPDATE address SET state = 'waiting' WHERE key LIKE '%news/dam%'")
    [address] = claim(store, "harbour", 5)
    assert address.url == new
    assert address.etag == '"1"'


def test_many_arrivals_are_kept_in_one_transaction_even_if_two_are_one_article(store: Store) -> None:
    addresses = [DAM, "https://example.org/latest/dam-story"]
    remember(store, "harbour", [found(url) for url in addresses], {})
    arrivals = [
        Arrival(address, page(address.url), cleaned(article(url=DAM)))
        for address in claim(store, "harbour", 5)
    ]
    changes = [kept.change for kept in put_on_shelf(store, arrivals)]
    assert changes == [Change.NEW, Change.DUPLICATE]


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.example.org/a", "example.org"),
        ("https://m.example.org/a", "example.org"),
        ("https://news.example.org/a", "news.example.org"),
        ("http://example.org:8080/a", "example.org:8080"),
        ("https://m.test/a", "m.test"),
    ],
)
def test_mobile_pages_are_of_the_same_site(url: str, site: str) -> None:
    assert site_of(url) == site
