"""Ages and times as people type them."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.times import age_text, parse_age, parse_since, utc


@given(st.text(max_size=30) | st.from_regex(r"[0-9]{1,12}[smhdw]", fullmatch=True))
def test_whatever_is_typed_is_a_time_or_a_value_error(text: str) -> None:
    for parse in (parse_age, parse_since):
        with suppress(ValueError):
            parse(text)


@given(st.integers(0, 60 * 10_000_000))
def test_an_age_is_read_as_it_is_written(seconds: int) -> None:
    age = timedelta(seconds=seconds)
    assert parse_age(age_text(age)) == age


@given(st.datetimes(timezones=st.just(UTC)))
def test_times_are_kept_in_their_order(moment: datetime) -> None:
    assert (
        utc(datetime(1, 1, 1, tzinfo=UTC))
        <= utc(moment)
        <= utc(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    )
    assert len(utc(moment)) == 20


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2025-01-31", "2025-01-31T00:00:00Z"),
        ("2025-01-31T12:00+02:00", "2025-01-31T10:00:00Z"),
    ],
)
def test_dates_are_taken_for_utc_unless_they_name_a_zone(text: str, time: str) -> None:
    assert utc(parse_since(text)) == time
