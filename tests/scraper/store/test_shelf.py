"""Articles on the shelf: each once, with its page, in every version."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cleaners import Photo
from scraper.addresses import site_of
from scraper.errors import StoreError
from scraper.store.protocol import Arrival, Change, Store
from tests.scraper.store.conftest import Clock
from tests.scraper.store.shelved import article, cleaned, found, page, remember, shelve

DAM = "https://example.org/news/dam.html"


def test_an_article_is_kept_with_its_page_photos_and_removed_lines(store: Store) -> None:
    photo = Photo("The dam", "Mara Lindqvist/AFP", "Mara Lindqvist", "AFP")
    kept = shelve(store, DAM, article(removed=["Get the app"], photos=[photo]))
    assert kept.change is Change.NEW
    assert kept.id is not None
    shown = store.articles.get(kept.id)
    assert shown is not None
    assert shown.article.photos == (photo,)
    page = store.articles.page(shown)
    assert (page.headers["content-type"], page.body) == ("text/html", b"<html>page</html>")
    assert [(line.text, line.rule) for line in shown.article.removed] == [("Get the app", "ads.test")]
    assert [entry.title for entry in store.articles.search("harbour dam")] == ["A plan for the dam"]


def test_the_feeds_title_stands_in_for_one_that_the_page_lacks(store: Store) -> None:
    remember(store, "harbour", found(DAM, title="Dam plan approved"))
    shelve(store, DAM, article(title=None))
    [entry] = store.articles.entries()
    assert entry.title == "Dam plan approved"


def test_a_second_address_of_an_article_is_not_a_second_article(store: Store) -> None:
    first = shelve(store, DAM, article(url=DAM))
    second = shelve(store, "https://example.org/latest/dam-story", article(url=DAM))
    assert second.change is Change.DUPLICATE
    assert second.id == first.id
    assert [entry.versions for entry in store.articles.entries()] == [1]


def test_an_address_that_redirects_to_a_kept_article_is_not_a_second_article(store: Store) -> None:
    shelve(store, DAM, article())
    assert shelve(store, "https://example.org/short/17", article(), at=DAM).change is Change.DUPLICATE


def test_the_canonical_address_is_known_once_its_copy_is_kept(store: Store) -> None:
    shelve(store, "https://example.org/latest/dam-story", article(url=DAM))
    remember(store, "harbour", DAM)
    assert store.addresses.claim("harbour", 5) == []


def test_the_same_canonical_address_on_different_stories_is_not_believed(store: Store) -> None:
    wrong = "https://example.org/news/"
    shelve(store, DAM, article(url=wrong))
    other = shelve(
        store,
        "https://example.org/news/harvest.html",
        article("The harvest was poor.", "Prices rose.", "Bakers complained.", title="Harvest", url=wrong),
    )
    assert other.change is Change.NEW
    assert len(store.articles.entries()) == 2


def test_a_front_page_is_no_canonical_address(store: Store) -> None:
    shelve(store, DAM, article(url="https://example.org/"))
    other = article("The harvest was poor.", title="Harvest", url="https://example.org/")
    assert shelve(store, "https://example.org/news/harvest.html", other).change is Change.NEW
    assert shelve(store, "https://example.org/short/17", article(), at=DAM).change is Change.DUPLICATE


def test_an_article_that_changed_is_kept_in_both_versions(store: Store) -> None:
    first = shelve(store, DAM, article())
    again = shelve(store, DAM, article("The plan was withdrawn.", "It will be back."))
    assert again.change is Change.CHANGED
    assert again.id == first.id
    assert again.id is not None
    newest, oldest = store.articles.get(again.id), store.articles.get(again.id, 1)
    assert newest is not None
    assert oldest is not None
    assert newest.article.text.startswith("The plan was withdrawn.")
    assert oldest.article.text.startswith("The harbour authority")
    assert store.articles.search("withdrawn")
    assert not store.articles.search("authority")


def test_an_article_whose_advertisements_changed_did_not_change(store: Store) -> None:
    shelve(store, DAM, article(removed=["Win a car"]))
    assert shelve(store, DAM, article(removed=["Win a boat"])).change is Change.UNCHANGED
    assert store.articles.entries()[0].versions == 1


def test_a_page_that_answers_304_is_unchanged(store: Store) -> None:
    shelve(store, DAM, article())
    assert shelve(store, DAM, None).change is Change.UNCHANGED
    assert store.articles.entries()[0].versions == 1
    assert store.addresses.claim("harbour", 1) == []


def test_an_address_that_moved_for_good_is_asked_for_at_its_new_place(store: Store) -> None:
    new = "https://example.org/archive/dam.html"
    shelve(store, DAM, article(), at=new, moved_to=new)
    store.addresses.recheck("harbour", timedelta(days=1))
    addresses = store.addresses.claim("harbour", 5)
    [address] = [address for address in addresses if "news/dam" in address.key]
    assert address.url == new
    assert address.etag == '"1"'


def test_many_arrivals_are_kept_in_one_transaction_even_if_two_are_one_article(store: Store) -> None:
    addresses = [DAM, "https://example.org/latest/dam-story"]
    remember(store, "harbour", *addresses)
    arrivals = [
        Arrival(address, page(address.url), cleaned(article(url=DAM)))
        for address in store.addresses.claim("harbour", 5)
    ]
    changes = [kept.change for kept in store.articles.keep(arrivals)]
    assert changes == [Change.NEW, Change.DUPLICATE]


def test_articles_come_newest_first_and_by_time_and_source(store: Store, clock: Clock) -> None:
    for number in range(3):
        shelve(store, f"https://example.org/{number}", article(title=f"Story {number}"))
        clock.go_on(hours=1)
    assert [entry.title for entry in store.articles.entries(most=2)] == ["Story 2", "Story 1"]
    since = clock() - timedelta(hours=1)
    assert [entry.title for entry in store.articles.entries(since=since)] == ["Story 2"]
    assert [plain["title"] for _, plain in store.articles.each()] == ["Story 0", "Story 1", "Story 2"]
    assert store.articles.entries(source="valley") == []


def test_pruned_articles_are_gone_with_their_pages_and_not_fetched_again(store: Store, clock: Clock) -> None:
    old = shelve(store, DAM, article())
    clock.go_on(days=40)
    remember(store, "harbour", DAM)
    dry = store.articles.prune(clock() - timedelta(days=30), dry=True)
    assert (dry.articles, dry.pages) == (1, 1)
    assert store.articles.prune(clock() - timedelta(days=30)) == dry
    assert old.id is not None
    assert store.articles.get(old.id) is None
    assert not store.articles.search("harbour")
    assert store.addresses.claim("harbour", 1) == []


def test_pages_alone_can_be_pruned(store: Store, clock: Clock) -> None:
    shelve(store, DAM, article())
    clock.go_on(days=40)
    assert store.articles.prune(clock(), pages_only=True).articles == 0
    [entry] = store.articles.entries()
    kept = store.articles.get(entry.id)
    assert kept is not None
    with pytest.raises(StoreError, match="pruned"):
        store.articles.page(kept)


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


def test_the_list_goes_on_behind_an_article_also_where_several_came_in_one_second(
    store: Store, clock: Clock
) -> None:
    for number in range(7):
        shelve(store, f"https://example.org/news/{number}", article(f"Story {number}."))
        if number % 3 == 0:
            clock.go_on(minutes=1)
    whole = store.articles.entries()
    listed = store.articles.entries(most=2)
    while page := store.articles.entries(before=(listed[-1].fetched, listed[-1].id), most=2):
        listed += page
    assert listed == whole
    assert len(listed) == 7
    last = whole[4]
    assert store.articles.entries(source="harbour", before=(last.fetched, last.id)) == whole[5:]
    assert store.articles.entries(source="nobody", before=(last.fetched, last.id)) == []
