"""Pages that send on at once do so in several ways; those that load themselves anew are pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.fetch.answers import Page
from scraper.fetch.refresh import refresh_target


def target(body: bytes = b"", header: str = "") -> str | None:
    return refresh_target(Page("", "", 200, {"refresh": header} if header else {}, body))


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("0;url=/a", "/a"),
        ("0; URL='/a'", "/a"),
        ("5, url = /a b", "/a b"),
        ("0", None),
        ("30; url=/a", None),
        ("url=/a", None),
        ("0; url=", None),
    ],
)
def test_headers_and_heads_are_read_alike(value: str, address: str | None) -> None:
    assert target(header=value) == address
    assert target(f'<meta http-equiv="Refresh" content="{value}">'.encode()) == address


def test_what_is_for_browsers_without_scripts_does_not_count() -> None:
    assert target(b'<noscript><meta http-equiv=refresh content="0; url=/plain"></noscript>') is None


@given(st.text(max_size=200), st.binary(max_size=200))
def test_nothing_is_too_odd(value: str, body: bytes) -> None:
    target(b"<meta http-equiv=refresh content=" + body, value)
