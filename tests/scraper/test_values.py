"""What the values of sources.toml may be, and what is said of others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scraper.values import read_address, read_notify, read_proxy


@pytest.mark.parametrize(
    ("read", "good"),
    [
        (read_address, "https://example.org/feed?a=[b]"),
        (read_address, "http://[2606:2800::1]:8080/"),
        (read_proxy, "http://desk:secret@proxy.example.org:3128"),
        (read_proxy, "socks5://desk:secret@127.0.0.1:1080"),
        (read_proxy, "socks5h://proxy.example.org"),
        (read_notify, "mailto:desk@example.org"),
        (read_notify, "/usr/bin/tell --all 'the desk'"),
    ],
)
def test_what_is_right_is_taken_as_it_is(read: Callable[[Any], Any], good: str) -> None:
    assert read(good) == good


@pytest.mark.parametrize(
    ("read", "bad"),
    [
        (read_address, "ftp://example.org/"),
        (read_address, "https://[::1/"),
        (read_address, "https://example.org:99999/"),
        (read_address, "https://desk@/"),
        (read_address, 7),
        (read_proxy, "socks4://proxy:1080"),
        (read_proxy, "http://proxy/path?x"),
        (read_notify, "mailto:"),
        (read_notify, "mailto:a@example.org,b@example.org"),
        (read_notify, "mailto:a@example.org\nBcc: b@example.org"),
        (read_notify, "tell 'the desk"),
        (read_notify, ""),
    ],
)
def test_what_is_wrong_is_refused(read: Callable[[Any], Any], bad: Any) -> None:
    with pytest.raises(ValueError, match=r"must be|is no"):
        read(bad)
