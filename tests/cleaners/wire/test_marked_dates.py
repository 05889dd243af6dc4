"""Dates that the markup of a page marks as such, and what they are the date of."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from cleaners.wire.dates import date_in_url, labels_date, parse_date, says_changed

CEST = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025-06-05", date(2025, 6, 5)),
        ("2025-06-05T14:46:12+02:00", datetime(2025, 6, 5, 14, 46, 12, tzinfo=CEST)),
        ("2025-06-05T14:46:12+0200", datetime(2025, 6, 5, 14, 46, 12, tzinfo=CEST)),
        ("2025-06-05T12:46:12Z", datetime(2025, 6, 5, 12, 46, 12, tzinfo=UTC)),
        ("2025-06-05 12:46", datetime(2025, 6, 5, 12, 46)),
        ("2025/06/05", date(2025, 6, 5)),
        ("Thu, 05 Jun 2025 12:46:12 GMT", datetime(2025, 6, 5, 12, 46, 12, tzinfo=UTC)),
        ("1749127572", datetime(2025, 6, 5, 12, 46, 12, tzinfo=UTC)),
        ("June 5, 2025", date(2025, 6, 5)),
        ("Published 5th June 2025 at noon", date(2025, 6, 5)),
        ("5. Juni 2025", date(2025, 6, 5)),
        ("Publié le 5 juin 2025 à 14h46", datetime(2025, 6, 5, 14, 46)),
        ("5 de junio de 2025", date(2025, 6, 5)),
        ("05.06.2025, 14:46 Uhr", datetime(2025, 6, 5, 14, 46)),
        ("25/12/2024", date(2024, 12, 25)),
        ("2025년 6월 5일", date(2025, 6, 5)),
        ("2025年6月5日", date(2025, 6, 5)),
        ("5 июня 2025", date(2025, 6, 5)),
    ],
)
def test_dates_are_read_as_pages_write_them(text: str, found: date) -> None:
    assert parse_date(text, language="de", marked=True) == found


def test_the_language_decides_what_comes_first() -> None:
    assert parse_date("03/04/2025", language="en-US") == date(2025, 3, 4)
    assert parse_date("03/04/2025", language="en-GB") == date(2025, 4, 3)
    assert parse_date("03/04/2025", language="fr") == date(2025, 4, 3)
    assert parse_date("03/04/2025", language="en") is None
    assert parse_date("03/04/2025", day_first=True) == date(2025, 4, 3)


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2025-02-31", "31.02.2025", "1750-01-01", "9999-01-01", "12:30", "May 2025"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text, marked=True) is None


def test_dates_in_addresses() -> None:
    assert date_in_url("https://example.org/2025/06/05/storm") == date(2025, 6, 5)
    assert date_in_url("https://example.org/world/2025/jun/05/storm") == date(2025, 6, 5)
    assert date_in_url("https://example.org/world/storm-hits-2025-06-05/") == date(2025, 6, 5)
    assert date_in_url("https://example.org/a/20250605/storm") == date(2025, 6, 5)
    assert date_in_url("https://example.org/products/2025123456") is None
    assert date_in_url(None) is None


def test_changes_are_told_from_publication() -> None:
    assert says_changed("Last updated: 5 June 2025")
    assert not says_changed("5 June 2025")


def test_a_line_may_be_the_label_of_a_date() -> None:
    assert labels_date("Date de publication :")
    assert not labels_date("Updated")
    assert not labels_date("Date of birth")
