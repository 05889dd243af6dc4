from datetime import date

from selectolax.lexbor import LexborHTMLParser

from cleaners.page.surroundings import Surroundings

PROSE = (
    "<p>"
    + "The storm came at noon and took the roofs with it, as it had been said the day before. " * 3
    + "</p>"
)


def around(html: str) -> Surroundings:
    tree = LexborHTMLParser(f"<body>{html}</body>")
    return Surroundings(tree, tree.css_first("h1"))


def test_a_byline_over_several_elements_is_read_to_its_end() -> None:
    found = around(
        "<h1>Storm</h1><div>By</div><a href='/author/jd'>Jane Doe</a>, <a href='/author/ob'>Ole Berg</a><p>Read on</p>"
    )
    assert found.authors() == ("Jane Doe", "Ole Berg")


def test_a_byline_above_the_headline_is_found() -> None:
    assert around(f"<p>By Jane Doe</p><h1>Storm</h1>{PROSE * 3}").authors() == ("Jane Doe",)


def test_an_element_that_is_named_author_is_a_byline_without_by() -> None:
    assert around(f"<h1>Storm</h1>{PROSE * 3}<div class='post-author'>Jane Doe</div>").authors() == (
        "Jane Doe",
    )


def test_a_box_below_the_article_may_name_the_author() -> None:
    assert around(f"<h1>Storm</h1>{PROSE * 4}<h3>Written by Jane Doe</h3>").authors() == ("Jane Doe",)


def test_buttons_and_reading_times_are_no_authors() -> None:
    found = around(f"<h1>Storm</h1><div class=author>5 min read</div><div class=byline>Share</div>{PROSE}")
    assert found.authors() == ()


def test_far_below_the_headline_no_byline_is_sure() -> None:
    assert around(f"<h1>Storm</h1><p>By Jane Doe</p>{PROSE}").sure_authors() == ("Jane Doe",)
    assert around(f"<h1>Storm</h1>{PROSE}<p>By Jane Doe</p>").sure_authors() == ()
    assert around(f"<h1>Storm</h1><p>By Newsdesk</p>{PROSE}").sure_authors() == ()


def test_a_change_is_the_date_only_where_there_is_no_other() -> None:
    both = around("<h1>Storm</h1><p>Last updated</p><p>7 June 2025</p><p>Published 5 June 2025</p>")
    assert both.published("en") == date(2025, 6, 5)
    assert both.printed_day("en") == date(2025, 6, 5)
    one = around("<h1>Storm</h1><p>Updated 7 June 2025</p>")
    assert one.published("en") == date(2025, 6, 7)
    assert one.printed_day("en") is None


def test_without_a_headline_a_label_or_the_most_frequent_day_decides() -> None:
    assert around(f"{PROSE}<ul><li>3.6.2025</li><li><b>Datum</b></li><li>5.6.2025</li></ul>").published(
        "de"
    ) == date(2025, 6, 5)
    assert around("<p>5 June 2025</p><p>3 June 2025</p><p>5 June 2025</p>").published("en") == date(
        2025, 6, 5
    )
    assert around("<p>5 June 2025</p><p>3 June 2025</p>").published("en") is None


def test_years_in_prose_are_no_dates() -> None:
    assert (
        around(f"<h1>Storm</h1><p>The storm of 1998 and that of 2025 were alike.</p>{PROSE}").published("en")
        is None
    )
