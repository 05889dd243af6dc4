"""A story that was copied with the head and the foot of its page loses them; results and short sentences stay."""

from __future__ import annotations

from cleaners import clean_text

STORY = (
    "OSTHAVEN, March 3 (Reuters) - The ferry to Osthaven ran aground on Tuesday and was freed by three tugs at noon.",
    '"We heard it before we felt it," said Agnes Holm, who was on her way to school.',
    "The harbour office said that nobody was hurt and that the ferry will sail again on Friday.",
    "A second ferry took the cars.",
)
HEAD = (
    "Home",
    "Shipping",
    "Ferry to Osthaven freed by three tugs",
    "Share",
    "Listen to this article",
    "Advertisement",
)


def test_a_head_loses_its_menu_and_gives_its_title_and_dateline() -> None:
    article = clean_text("\n".join((*HEAD, *STORY)))
    assert article.text.splitlines() == list(STORY)
    assert article.title == "Ferry to Osthaven freed by three tugs"
    assert article.dateline == "OSTHAVEN, March 3 (Reuters) -"


def test_results_stay_at_the_head_and_the_foot_of_a_story_with_junk_in_it() -> None:
    results = ("Results of the regatta on Saturday:", "Osthaven 3, Kalvik 2", "Brenn 1, Holmsund 1")
    text = "\n".join(
        (*results, "Share", "Subscribe to our newsletter", *STORY, "Share", "Post navigation", *results)
    )
    assert clean_text(text).text.splitlines() == [*results, *STORY, *results]


def test_a_head_alone_is_left_as_it_is_where_nothing_gives_itself_away() -> None:
    text = "\n".join(("Osthaven", "Ferry to Osthaven freed by three tugs", *STORY))
    assert "Osthaven" in clean_text(text).text.splitlines()


def test_a_byline_above_the_story_is_read_and_not_cut() -> None:
    text = "\n".join(("Home", "Share", "Advertisement", "Author: Greta Lind", *STORY))
    assert clean_text(text).authors == ("Greta Lind",)


def test_a_head_is_cut_once() -> None:
    once = clean_text("\n".join((*HEAD, *STORY))).text
    assert clean_text(once).text == once
