"""Who is answered, and what a browser may do with an answer."""

import pytest
from starlette.datastructures import Headers

from scraper.web.guard import is_foreign
from tests.scraper.web.conftest import Client

ADDRESSES = [
    "/",
    "/source?name=river",
    "/articles",
    "/articles/1",
    "/articles/1/changes",
    "/rules",
    "/static/report.js",
]


@pytest.mark.parametrize("address", [*ADDRESSES, "/articles/1/page", "/nowhere"])
@pytest.mark.parametrize(
    "headers",
    [
        {"host": "news.example.org"},
        {"host": "localhost.example.org:8765"},
        {"host": "127.0.0.1.example.org"},
        {"host": "10.0.0.1:8765"},
        {"host": ""},
        {"origin": "https://news.example.org"},
        {"origin": "http://localhost:8766"},
        {"origin": "http://localhost.example.org:8765"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
    ],
    ids=str,
)
def test_a_foreign_host_and_a_foreign_page_are_refused(
    client: Client, address: str, headers: dict[str, str]
) -> None:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 403
    assert "river" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "127.0.0.1:8765"},
        {"host": "localhost"},
        {"origin": "http://localhost:8765"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"},
        {"sec-fetch-site": "same-origin"},
    ],
    ids=str,
)
def test_this_machine_is_answered(client: Client, headers: dict[str, str]) -> None:
    assert client.get("/", headers=headers).status_code == 200


def test_two_hosts_are_foreign() -> None:
    assert is_foreign(Headers(raw=[(b"host", b"localhost"), (b"host", b"example.org")]))


@pytest.mark.parametrize("address", [*ADDRESSES, "/nowhere"])
def test_every_answer_says_what_a_browser_may_do(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["referrer-policy"] == "same-origin"
