"""The laws of cleaning, tried on texts that nobody thought of."""

import os
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaners import Article, Label, clean_text
from cleaners.read.decode import decode_text
from cleaners.read.text import read_text
from cleaners.rules.headings import heading_text

#: Lines that the rules have an opinion about, alone or beside one another, and lines that only look so.
TELLING = (
    "It rained in Kyiv on Thursday, and the streets of the old town were empty until the evening, residents said.",
    "“We have never seen so much rain in a single day,” the mayor told AFP.",
    "The casino will pay a bonus of 200 percent to its shareholders, the ministry said in a statement on Monday.",
    "200% Deposit Bonus up to €3,000",
    "Post navigation",
    "← Previous Post",
    "Next Post →",
    "Advertisement",
    "Share on Facebook",
    "Read also: Rain expected in the north",
    "Related",
    "Comments",
    "Leave a Reply",
    "Your email address will not be published.",
    "Home",
    "More",
    "Tags: rain, Kyiv",
    "3 min read",
    "Subscribe to our newsletter",
    "– Unanimous vote in Moscow –",
    "– Comments –",
    "– Advertisement –",
    "— October 24, 2024 —",
    "-- By Olena Bird --",
    "Rain in Kyiv © AFP – Olena BIRD",
    "Rain in Kyiv",
    "© AFP – Olena BIRD",
    "(AP Photo/Olena Bird)",
    "Photo: Olena Bird/Getty Images",
    "By Olena Bird",
    "October 24, 2024",
    "KYIV (AFP) — It rained on Thursday.",
    "KYIV, Oct 24 (Reuters) -",
    "AFP",
    "burs-as/gv",
    "All reproduction and representation rights reserved. © (2024) Agence France-Presse",
    "© 2024 Reuters",
    "Lire aussi",
    "Werbung",
    "广告",
    "– –",
    "***",
    "\u200b",
    "   ",
    "",
)
#: What stories in many languages really have, in any order and company.
STORIES = tuple(
    line
    for path in sorted((Path(__file__).parents[2] / "fixtures").glob("*/input.txt"))
    for line in decode_text(path.read_bytes()).splitlines()
    if line.strip()
)
lines = st.sampled_from(TELLING) | st.sampled_from(STORIES) | st.text(max_size=60)
texts = st.lists(lines, max_size=24).map("\n".join) | st.text(max_size=300)


def places(article: Article) -> list[str]:
    """Every line that the article has somewhere."""
    return [
        *(part.text for part in article.body),
        *(line for photo in article.photos for line in photo.printed),
        *(line.text for line in article.fields),
        *(line.text for line in article.removed),
    ]


def bare(lines: Iterable[str]) -> Counter[str]:
    """The lines without the dashes that a crosshead loses."""
    return Counter(map(heading_text, lines))


@given(texts)
@example("\n".join(TELLING))
@example("\n".join(reversed(TELLING)))
def test_cleaning_a_cleaned_text_changes_nothing(text: str) -> None:
    once = clean_text(text).text
    assert clean_text(once).text == once


@pytest.mark.parametrize("seed", range(10))
def test_cleaning_again_changes_nothing_of_lines_of_many_stories_mixed(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(600 if os.environ.get("STRESS") else 12):
        once = clean_text("\n".join(chance.choices(STORIES, k=chance.randint(3, 30)))).text
        assert clean_text(once).text == once


#: What another line's leaving uncovered: fields in rows, what a crosshead is without its dashes, what spared a line.
UNCOVERED = (
    ("By Olena Bird", "-- By Olena Bird --", "By Olena Bird"),
    ("By Olena Bird",) * 100,
    ("Rain in Kyiv", "KYODO NEWS"),
    ("Post navigation", "KYODO NEWS"),
    ("(di Giulia Berton)", "Elif Kaya | 24.10.2024 - Update : 24.10.2024"),
    ("– Which save do you remember? –", "Elif Kaya | 24.10.2024 - Update : 24.10.2024"),
    ("It rained.", "– gbh/mar/dga –"),
    ("Already a subscriber? Log in", "PTI", "Elif Kaya | 24.10.2024 - Update : 24.10.2024"),
    ("The lanterns were ordered in spring. EFE", "Leave a Reply", "urb/cmm"),
)


@pytest.mark.parametrize("printed", UNCOVERED)
def test_what_goes_leaves_nothing_behind_that_would_go_the_next_time(printed: tuple[str, ...]) -> None:
    once = clean_text("\n".join(printed)).text
    assert clean_text(once).text == once


#: Words and marks that are put around lines, by which one kind of line becomes another.
FRAMES = ("{}", "{}", "{}", "– {} –", "-- {} --", "({})", "** {} **", "| {}", "{}:", "“{}”")


@pytest.mark.parametrize("seed", range(10))
def test_cleaning_again_changes_nothing_of_short_lines_in_any_frame(seed: int) -> None:
    chance = random.Random(seed)
    short = [line for line in (*TELLING, *STORIES) if len(line) < 80]
    for _ in range(600 if os.environ.get("STRESS") else 12):
        printed = [
            chance.choice(FRAMES).format(line) for line in chance.choices(short, k=chance.randint(2, 12))
        ]
        once = clean_text("\n".join(printed + printed[: chance.randint(0, 2)])).text
        assert clean_text(once).text == once


@given(
    texts,
    st.sets(st.sampled_from(list(Label)), max_size=3),
    st.sets(st.sampled_from(list(Label)), max_size=3),
)
def test_cleaning_again_changes_nothing_whatever_is_kept_and_dropped(
    text: str, keep: set[Label], drop: set[Label]
) -> None:
    drop -= keep | {Label.BODY}
    once = clean_text(text, keep=keep, drop=drop).text
    assert clean_text(once, keep=keep, drop=drop).text == once


@given(texts)
@example("\n".join(TELLING))
def test_every_line_is_in_exactly_one_place(text: str) -> None:
    printed = [block.text for block in read_text(text).blocks]
    assert bare(places(clean_text(text))) == bare(printed)


@given(texts)
def test_what_is_kept_or_dropped_is_lost_nowhere_either(text: str) -> None:
    printed = [block.text for block in read_text(text).blocks]
    article = clean_text(text, keep=["ad", "caption", "byline"], drop=["credit", "heading", "rights"])
    assert bare(places(article)) == bare(printed)


@given(texts)
def test_the_same_text_always_gives_the_same_article(text: str) -> None:
    assert clean_text(text) == clean_text(text)


@given(texts)
def test_line_ends_and_blank_lines_change_nothing_of_the_article(text: str) -> None:
    printed = [block.text for block in read_text(text).blocks]
    article = clean_text("\n".join(printed))
    for end in ("\r\n", "\r", "\n\n", " \n \n\u00a0"):
        other = clean_text(end.join(printed))
        assert (other.body, other.photos, other.rights) == (article.body, article.photos, article.rights)


@given(texts)
def test_the_body_keeps_the_order_of_the_input(text: str) -> None:
    printed = iter(heading_text(block.text) for block in read_text(text).blocks)
    for part in clean_text(text).body:
        assert heading_text(part.text) in printed  # consumes up to it


@given(texts)
def test_line_numbers_are_those_of_the_input(text: str) -> None:
    numbered = {block.line: block.text for block in read_text(text).blocks}
    article = clean_text(text)
    assert all(numbered[line.line] == line.text for line in article.fields)
    assert all(numbered[line.line] == line.text for line in article.removed)


@given(texts)
def test_every_article_of_a_text_fits_its_plain_form(text: str) -> None:
    article = clean_text(text, url="https://example.org/rain")
    assert Article.from_dict(article.to_dict()) == article


def test_a_text_without_an_article_has_no_body_and_no_error() -> None:
    assert clean_text("").body == ()
    assert clean_text("\n \u200b\n").body == ()
    article = clean_text("Post navigation\n200% Deposit Bonus up to €3,000")
    assert article.body == ()
    assert len(article.removed) == 2
