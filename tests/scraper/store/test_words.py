"""Searching finds the same in every store: here is tested `scraper.store.query`, and with it each database's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import TooManyWords
from scraper.store.postgres.words import MOST_BYTES, MOST_WORDS, vector_of, words_of
from scraper.store.protocol import Store
from scraper.store.query import MOST_TERMS
from tests.scraper.store.shelved import article, shelve

STORIES = {
    "dam": ("A plan for the old dam", "The harbour authority approved it.", "Élan-Vital won 3.5 million."),
    "grain": ("Grain prices", "The plan for the dam is old; grain is dear.", "Käse und Straße in Łódź."),
    "han": ("旧大坝的修复", "市政府周二批准了修复旧大坝的计划。", "反对者聚集在楼外。"),
    "thai": ("ข่าว", "สภาอนุมัติแผนซ่อมเขื่อนเก่า"),
    "hangul": ("댐 수리", "시의회는 낡은 댐의 수리 계획을 승인했다."),
    "hindi": ("बांध", "परिषद ने पुराने बांध की मरम्मत की योजना को मंजूरी दी।"),
}


@pytest.fixture
def shelf(store: Store) -> Store:
    for name, (title, *lines) in STORIES.items():
        shelve(store, f"https://example.org/{name}", article(*lines, title=title))
    return store


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("dam", ["dam", "grain"]),  # the one with it in its title is first
        ("DAM plan", ["dam", "grain"]),
        ('"old dam"', ["dam"]),
        ('"dam the"', []),  # no words of the title and the text together
        ('harbour "approved it"', ["dam"]),
        ("elan", ["dam"]),
        ("élan-vital", ["dam"]),
        ("3.5", ["dam"]),
        ("grain AND", []),
        ("kase", ["grain"]),
        ("lodz", []),  # a letter of its own, not an accent
        ("*", []),
        ("dam *", ["dam", "grain"]),
        ("", []),
        ("' & | ! <-> :*", []),
        ("修复", ["han"]),
        ('"旧大坝" 批准', ["han"]),
        ("批坝", []),
        ("เขื่อน", ["thai"]),
        ("댐", ["hangul"]),
        ("बांध", ["hindi"]),
    ],
)
def test_words_are_found_alike(words: str, found: list[str], shelf: Store) -> None:
    assert [entry.url.rsplit("/", 1)[1] for entry in shelf.articles.search(words)] == found


def test_an_excerpt_shows_what_was_found(shelf: Store) -> None:
    [entry] = shelf.articles.search("harbour approved")
    assert entry.excerpt is not None
    assert "The [harbour] authority [approved] it." in entry.excerpt
    [entry] = shelf.articles.search("批准")
    assert entry.excerpt is not None
    assert "周二[批准]了" in entry.excerpt.replace(" ", "")


def test_at_most_so_many_are_found(shelf: Store) -> None:
    assert len(shelf.articles.search("dam", most=1)) == 1


def test_a_word_of_a_very_long_text_is_found(store: Store) -> None:
    shelve(
        store,
        "https://example.org/a",
        article(" ".join(f"w{number}" for number in range(30_000)), "x" * 5000),
    )
    assert store.articles.search('"w17 w18"')


@given(st.text(max_size=200), st.text(max_size=200))
def test_every_word_is_in_the_vector_with_its_places(title: str, text: str) -> None:
    vector = vector_of(title, text)
    count = sum(1 for part in (title, text) for _ in words_of(part))
    assert sum(item.count(",") + 1 for item in vector.split()) == (count if vector else 0)
    assert count <= MOST_WORDS


def test_an_article_of_words_without_end_is_kept_and_found(store: Store) -> None:
    words = (f"{number:05}{'ж' * 190}" for number in range(5_000))
    shelve(store, "https://example.org/long", article(" ".join(words)))
    assert len(store.articles.search("00007" + "ж" * 190)) == 1
    assert len(vector_of("", " ".join("坝" * MOST_WORDS)).encode()) < 2 * MOST_BYTES


def test_a_word_that_is_said_again_is_searched_for_once(shelf: Store) -> None:
    assert len(shelf.articles.search(" ".join(["dam", "DAM"] * 100))) == 2


def test_more_words_than_a_search_takes_are_refused(shelf: Store) -> None:
    assert shelf.articles.search(" ".join(map(str, range(MOST_TERMS)))) == []
    with pytest.raises(TooManyWords, match="at most 32 different words"):
        shelf.articles.search(" ".join(map(str, range(MOST_TERMS + 1))))
