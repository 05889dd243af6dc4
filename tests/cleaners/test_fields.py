from datetime import UTC, date, datetime

from cleaners.fields import Fields, read_fields
from cleaners.options import Options
from cleaners.read.html import read_html

PROSE = (
    "<p>"
    + "The storm came at noon and took the roofs with it, as it had been said the day before. " * 3
    + "</p>"
)


def read(html: str, url: str | None = "https://example.org/world/storm") -> Fields:
    return read_fields(read_html(html, Options(url=url)))


def test_a_byline_over_several_elements_is_read_to_its_end() -> None:
    found = read(
        "<h1>Storm</h1><div>By</div><a href='/author/jd'>Jane Doe</a>, <a href='/author/ob'>Ole Berg</a><p>Read on</p>"
    )
    assert found.authors == ("Jane Doe", "Ole Berg")


def test_a_byline_above_the_headline_is_found() -> None:
    assert read(f"<p>By Jane Doe</p><h1>Storm</h1>{PROSE * 3}").authors == ("Jane Doe",)


def test_an_element_that_is_named_author_is_a_byline_without_by() -> None:
    assert read(f"<h1>Storm</h1>{PROSE * 3}<div class='post-author'>Jane Doe</div>").authors == ("Jane Doe",)


def test_a_box_below_the_article_may_name_the_author() -> None:
    assert read(f"<h1>Storm</h1>{PROSE * 4}<h3>Written by Jane Doe</h3>").authors == ("Jane Doe",)


def test_buttons_and_reading_times_are_no_authors() -> None:
    found = read(f"<h1>Storm</h1><div class=author>5 min read</div><div class=byline>Share</div>{PROSE}")
    assert found.authors == ()


def test_far_below_the_headline_no_byline_stands_before_the_house() -> None:
    head = "<meta property='og:site_name' content='Example News'><meta name=author content='Example News'>"
    assert read(f"{head}<h1>Storm</h1><p>By Jane Doe</p>{PROSE}").authors == ("Jane Doe",)
    assert read(f"{head}<h1>Storm</h1>{PROSE}<p>By Jane Doe</p>").authors == ("Example News",)
    assert read(f"{head}<h1>Storm</h1><p>By Newsdesk</p>{PROSE}").authors == ("Example News",)


def test_a_change_is_the_date_only_where_there_is_no_other() -> None:
    both = "<h1>Storm</h1><p>Last updated</p><p>7 June 2025</p><p>Published 5 June 2025</p>"
    assert read(both, None).published == date(2025, 6, 5)
    assert read("<h1>Storm</h1><p>Updated 7 June 2025</p>", None).published == date(2025, 6, 7)


def test_what_is_printed_is_older_than_what_a_site_builder_wrote() -> None:
    built = "<meta name=date content=2025-09-01><h1>Storm</h1>"
    assert read(f"{built}<p>5 June 2025</p>{PROSE}").published == date(2025, 6, 5)
    assert read(f"{built}<p>Updated 5 June 2025</p>{PROSE}").published == date(2025, 9, 1)


def test_a_printed_date_keeps_its_time_and_zone() -> None:
    found = read(f"<h1>Storm</h1><p>Published 24 October 2024, 10:32 GMT</p>{PROSE}")
    assert found.published == datetime(2024, 10, 24, 10, 32, tzinfo=UTC)


def test_an_ambiguous_date_needs_language_host_or_other_dates() -> None:
    page = f"<h1>Storm</h1><p>03/04/2024</p>{PROSE}"
    assert read(page).published is None
    assert read(f"<html lang=en-US>{page}").published == date(2024, 3, 4)
    assert read(page, "https://news.example.uk/storm").published == date(2024, 4, 3)
    assert read(page.replace("</h1>", "</h1><p>Updated 24/04/2024</p>")).published == date(2024, 4, 3)


def test_an_agency_is_no_author() -> None:
    head = "<meta name=author content='Anna SMITH, Omar Haddad, Associated Press'>"
    found = read(f"{head}<h1>Storm</h1>{PROSE}")
    assert (found.authors, found.agency) == (("Anna Smith", "Omar Haddad"), "AP")
    found = read(f"<meta name=author content='By Reuters Staff'><h1>Storm</h1>{PROSE}")
    assert (found.authors, found.agency) == ((), "Reuters")


def test_without_a_headline_a_label_or_the_most_frequent_day_decides() -> None:
    labelled = f"<html lang=de>{PROSE}<ul><li>3.6.2025</li><li><b>Datum</b></li><li>5.6.2025</li></ul>"
    assert read(labelled).published == date(2025, 6, 5)
    assert read("<p>5 June 2025</p><p>3 June 2025</p><p>5 June 2025</p>").published == date(2025, 6, 5)
    assert read("<p>5 June 2025</p><p>3 June 2025</p>").published is None


def test_years_in_prose_are_no_dates() -> None:
    page = f"<h1>Storm</h1><p>The storm of 1998 and that of 2025 were alike.</p>{PROSE}"
    assert read(page).published is None


def test_the_printed_byline_and_date_are_read_where_the_head_is_silent() -> None:
    found = read(
        "<body><nav>Home</nav><h1>Storm hits coast</h1><p>By <a href='/author/jane-doe'>Jane Doe</a> and Ole Berg</p>"
        "<p>Updated June 7, 2025</p><p>June 5, 2025</p><p>The storm came at noon.</p>"
    )
    assert found.authors == ("Jane Doe", "Ole Berg")
    assert found.published == date(2025, 6, 5)


def test_a_person_in_the_byline_stands_before_the_house_in_the_head() -> None:
    page = "<meta property='og:site_name' content='Example News'><meta name=author content='Example News'><h1>Storm</h1>"  # noqa: E501
    assert read(page + "<div class=byline>By Jane Doe</div>").authors == ("Jane Doe",)
    assert read(page + "<p>The storm came at noon.</p>").authors == ("Example News",)


def test_a_date_in_the_address_is_better_than_none() -> None:
    assert read("<h1>Storm</h1>", "https://example.org/2025/06/05/storm").published == date(2025, 6, 5)


def test_the_byline_at_the_headline_wins_over_the_account_that_published_the_page() -> None:
    head = '<meta name="author" content="Ole Berg">'
    assert read(f"{head}<h1>Storm</h1><p>By Jane Doe, Columnist</p>{PROSE * 3}").authors == ("Jane Doe",)
    assert read(f"{head}<h1>Storm</h1>{PROSE * 3}<p>By Jane Doe</p>").authors == ("Ole Berg",)


def test_a_name_alone_is_the_author_with_a_date_alone_beside_it() -> None:
    assert read(f"<h1>Storm</h1><p>24 October 2024</p><p>Jane Doe</p>{PROSE * 3}").authors == ("Jane Doe",)
    assert read(f"<h1>Storm</h1><p>Rain and snow</p><p>Jane Doe</p>{PROSE * 3}").authors == ()


def test_an_editor_is_no_author() -> None:
    found = read(
        f"<h1>Storm</h1>{PROSE * 3}<div class='author'>Editor: Jane Doe</div><p class='author'>Jane Doe</p>"
    )
    assert found.authors == ()


def test_the_agency_is_read_from_what_is_printed_beside_an_author_whom_the_head_names_alone() -> None:
    head = '<meta name="author" content="Jane Doe">'
    assert read(f"{head}<h1>Storm</h1><p>Jane Doe / EFE</p>{PROSE * 3}").agency == "EFE"


def test_a_heading_that_ends_a_path_through_the_site_is_no_headline() -> None:
    page = (
        f"<ul><li>News</li><li><h1>Storm: what we know</h1></li></ul><h2>Roofs fly over Kotka</h2>{PROSE * 3}"
    )
    told = read_html(f"<title>Storm: what we know</title>{page}").page
    assert told is not None
    assert told.metadata.heading == "Roofs fly over Kotka"
