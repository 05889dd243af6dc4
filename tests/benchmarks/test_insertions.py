"""Counting what cleaning leaves of lines that are put into stories."""

from __future__ import annotations

from benchmarks.insertions import insert_lines

STORY = [f"It rained in the port on day {number}, and the fish market stayed closed." for number in range(8)]


def test_junk_that_goes_is_not_counted_as_staying() -> None:
    assert insert_lines(["en\tAdvertisement"], {"en": [STORY]}) == (3, 0, 0)


def test_a_sentence_of_news_stays_each_time() -> None:
    assert insert_lines(["en\tThe mayor said the market would open on Friday."], {"en": [STORY]}) == (3, 3, 0)


def test_a_language_without_stories_borrows_those_of_others() -> None:
    assert insert_lines(["fi\tAdvertisement"], {"en": [STORY]}).insertions == 3
