"""For which pages a site reserves the rights to mine text and data; what a run makes of it is in test_wishes.py."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.fetch.reservations import Reservation, read_reservation

FILE = json.dumps(
    [
        {"location": "/news/", "tdm-reservation": 1, "tdm-policy": "https://example.org/policy.json"},
        {"location": "/news/free/", "tdm-reservation": 0},
        {"location": "/*.pdf$", "tdm-reservation": 1},
    ]
)


@pytest.mark.parametrize(
    ("path", "reserved"),
    [
        ("/news/1", True),
        ("/news/free/1", False),
        ("/about", False),
        ("/about/rates.pdf", True),
        ("/about/rates.pdf?page=1", False),
        ("", False),
    ],
)
def test_the_longest_location_counts(path: str, reserved: bool) -> None:
    assert (read_reservation(FILE, f"https://example.org{path}") is not None) is reserved


def test_the_policy_is_told() -> None:
    assert read_reservation(FILE, "https://example.org/news/1") == Reservation(
        "https://example.org/policy.json"
    )


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=9) | st.text()
)
def test_any_file_is_read_or_passed_over(value: object) -> None:
    for text in (json.dumps(value), json.dumps([{"location": value, "tdm-reservation": value}]), str(value)):
        read_reservation(text, "https://example.org/news/1")


def test_a_location_that_no_address_has_is_passed_over() -> None:
    text = r'[{"location": "/\ud800", "tdm-reservation": 1}, {"location": "/news/", "tdm-reservation": 1}]'
    assert read_reservation(text, "https://example.org/news/1") == Reservation()
    assert read_reservation(text, "https://example.org/about") is None


def test_the_policy_is_that_of_the_location() -> None:
    entries = [
        {"location": path, "tdm-reservation": 1, "tdm-policy": f"https://example.org/{number}"}
        for number, path in enumerate(("/photos/", "/news/", "/news/world/"))
    ]
    text = json.dumps([*entries, {"location": "/news/sport/", "tdm-reservation": 1}])
    for page, policy in (("/photos/1", 0), ("/news/1", 1), ("/news/world/1", 2)):
        assert read_reservation(text, f"https://example.org{page}") == Reservation(
            f"https://example.org/{policy}"
        )
    assert read_reservation(text, "https://example.org/news/sport/1") == Reservation(None)
