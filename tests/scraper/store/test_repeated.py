"""A site's own junk, which no rule knows, is gone after its third article; sentences that it repeats stay.

What every store counts is tested here, and with it `scraper.store.sql.lines`.
"""

from __future__ import annotations

import pytest

from cleaners import Article, Options
from scraper.reclean import reclean
from scraper.store.policy import is_said_often
from scraper.store.protocol import Arrival, Store
from scraper.worker import Cleaned, wash
from tests.scraper.store.shelved import article, page, remember, shelve
from tests.scraper.wire_site import paragraphs

SITE = "harbour.test"
SLOGAN = "Amber Gold with Mara and Piet"
OFFER = "Readers of the valley's weekly get ten days of gold for nothing."
QUOTE = '"We will not leave the valley before the water does," said the mayor, Ines Quarto.'
BACKGROUND = "The dam above the valley, built in 1931, has leaked since the great storm."


def story(number: int) -> str:
    """A page as the site prints it; the quote stands in two stories, the background in most."""
    first, *rest = paragraphs("harbour", number, 0)
    lines = [
        first,
        *([QUOTE] if number in (2, 5) else []),
        rest[0],
        *([BACKGROUND] if number != 4 else []),
        *rest[1:],
    ]
    body = "\n".join(f"<p>{line}</p>" for line in lines)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Dispatch {number}</title></head>
<body><article><h1>Dispatch {number} from the valley</h1>
{body}
<p>{SLOGAN}</p>
<div class="partner"><p>{OFFER}</p></div></article></body></html>"""


def publish(store: Store, number: int) -> int:
    """Fetch, clean and keep one page as a run does."""
    url = f"https://{SITE}/news/{number}.html"
    remember(store, "harbour", url)
    [address] = store.addresses.claim("harbour", 1)
    cleaned = wash(story(number).encode(), Options(url=url, repeated=store.lines.repeated(SITE)))
    [kept] = store.articles.keep([Arrival(address, page(url), cleaned)])
    assert kept.id is not None
    return kept.id


def kept(store: Store, number: int) -> Article:
    shown = store.articles.get(number)
    assert shown is not None
    return shown.article


def test_junk_is_gone_after_the_third_article_and_repeated_sentences_stay(store: Store) -> None:
    ids = [publish(store, number) for number in range(1, 9)]
    articles = [kept(store, number) for number in ids]
    for one in articles[3:]:
        assert SLOGAN not in one.text
        assert OFFER not in one.text  # a sentence, but not among the story's paragraphs
        [line] = [line for line in one.removed if line.text == SLOGAN]
        assert line.label == "boilerplate"
    counts = [line.rule for one in articles for line in one.removed if line.text == SLOGAN]
    assert counts[-5:] == [f"site.repeated:{count}" for count in range(3, 8)]
    assert [number for number, one in enumerate(articles, 1) if QUOTE in one.text] == [2, 5]
    assert [number for number, one in enumerate(articles, 1) if BACKGROUND in one.text] == [
        1,
        2,
        3,
        5,
        6,
        7,
        8,
    ]


def test_reclean_takes_it_from_the_older_articles_and_says_so(store: Store) -> None:
    ids = [publish(store, number) for number in range(1, 6)]
    before = [kept(store, number).text for number in ids]
    dry = list(reclean(store, dry=True))
    assert [kept(store, number).text for number in ids] == before
    told = list(reclean(store))
    assert told == dry
    assert [SLOGAN in one.gone for one in told] == [True] * 3 + [False] * 2
    assert {line for one in told for line in one.gone} <= {SLOGAN, OFFER}
    assert [one.came for one in told] == [()] * 5
    for number, text in zip(ids, before, strict=True):
        lines = [line for line in text.splitlines() if line not in (SLOGAN, OFFER)]
        assert kept(store, number).text.splitlines() == lines
    assert not [one for one in reclean(store) if one.changed]


def test_reclean_leaves_alone_what_a_run_has_changed_meanwhile(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(store, 1)

    def wash_while_a_run_goes_on(body: bytes, options: Options) -> Cleaned:
        assert options.url is not None
        shelve(store, options.url, article("It was all different.", "Entirely so.", title="Changed"))
        return wash(body, options)

    monkeypatch.setattr("scraper.reclean.wash", wash_while_a_run_goes_on)
    list(reclean(store))
    assert kept(store, 1).title == "Changed"
    assert store.articles.entries()[0].title == "Changed"


def test_lines_are_counted_once_an_article(store: Store) -> None:
    for _ in range(3):
        store.lines.count(SITE, article("Twice", "Twice", "An own line of number"))
    assert store.lines.repeated(SITE)["twice"] == 3


def test_sites_do_not_share_lines(store: Store) -> None:
    for name in ("one.test", "two.test", "three.test"):
        store.lines.count(name, article("Get the app"))
    assert store.lines.repeated("one.test") == {}


def test_a_second_copy_of_a_story_does_not_make_its_lines_repeated(store: Store) -> None:
    for _ in range(9):
        store.lines.count(SITE, article())
    assert store.lines.repeated(SITE) == {}


def test_an_advertisement_that_begins_late_is_found_and_one_that_ended_is_still_known(store: Store) -> None:
    for number in range(60):
        lines = [f"Line {number}", *(["Amber Gold"] if 40 <= number < 50 else [])]
        store.lines.count(SITE, article(*lines))
        if number == 44:
            assert store.lines.repeated(SITE) == {"amber gold": 5}
    assert store.lines.repeated(SITE) == {"amber gold": 10}


@pytest.mark.parametrize(
    ("line", "count", "first", "last", "articles", "often"),
    [
        ("get the app", 2, 1, 2, 2, False),
        ("get the app", 3, 1, 3, 3, True),
        ("standings", 4, 2, 30, 40, False),
        ("standings", 12, 2, 60, 60, False),
        ("he did not elaborate.", 5, 1, 20, 20, False),
        ("he did not elaborate.", 30, 1, 60, 60, False),
        ("this page is printed on recycled light.", 20, 1, 20, 20, True),
    ],
)
def test_what_is_said_often(line: str, count: int, first: int, last: int, articles: int, often: bool) -> None:
    assert is_said_often(line, count, first, last, articles) is often
