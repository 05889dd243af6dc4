"""The client's manners: what it sends, when it tries again, what it remembers of a redirect."""

import asyncio
import time
from collections.abc import Callable
from email.utils import formatdate

import httpx
import pytest
import respx

from scraper.errors import BadRedirect, BadStatus, CircuitOpen, FetchError, NotAPage, RedirectLoop, TimedOut
from scraper.fetch.answers import Page, retry_after
from scraper.fetch.client import Client, Limits, user_agent
from scraper.fetch.host import THRESHOLD, BreakerState
from scraper.fetch.politeness import KnownHosts
from scraper.sources import Source
from tests.scraper import faults
from tests.scraper.server import Web

URL = "https://example.org/news/1"
LIMITS = Limits(connect=1, first_byte=1, total=3, backoff=0.001, redirects=4)
SOURCE = Source("example", feeds=("https://example.org/feed",), delay=0.0, respect_robots=False)


async def public(host: str, port: int) -> list[str]:
    return ["93.184.215.14"]


def fetch(url: str = URL, source: Source = SOURCE, *, limits: Limits = LIMITS, **asked: str) -> Page:
    async def run() -> Page:
        async with Client(user_agent=user_agent("desk@example.org"), limits=limits, pace=False) as client:
            return await client.fetch(url, source, **asked)  # type: ignore[arg-type]

    return asyncio.run(run())


def moved(to: str, code: int = 302) -> httpx.Response:
    return httpx.Response(code, headers={"Location": to})


@respx.mock
def test_a_page_comes_with_its_address_status_headers_and_body() -> None:
    respx.get(URL).respond(200, text="<p>Dam repaired</p>", headers={"ETag": '"1"'})
    page = fetch()
    assert (page.url, page.requested, page.status, page.body) == (URL, URL, 200, b"<p>Dam repaired</p>")
    assert page.headers["etag"] == '"1"'
    assert page.moved_to is None


@respx.mock
def test_we_say_who_we_are_and_what_we_can_unpack_and_bring_no_cookies() -> None:
    route = respx.get(URL).respond(200, headers={"Set-Cookie": "a=1"})

    async def twice() -> None:
        async with Client(user_agent=user_agent("desk@example.org"), pace=False) as client:
            await client.fetch(URL, SOURCE)
            await client.fetch(URL, SOURCE)

    asyncio.run(twice())
    sent = route.calls.last.request.headers
    assert sent["user-agent"].startswith("wireclean/")
    assert "desk@example.org" in sent["user-agent"]
    assert all(coding in sent["accept-encoding"] for coding in ("gzip", "br", "zstd"))
    assert "cookie" not in sent


@respx.mock
def test_an_unchanged_page_is_asked_for_on_condition_and_comes_without_a_body() -> None:
    route = respx.get(URL).respond(304)
    page = fetch(etag='"1"', last_modified="Fri, 01 Mar 2024 08:00:00 GMT")
    assert page.not_modified
    assert page.body == b""
    sent = route.calls.last.request.headers
    assert sent["if-none-match"] == '"1"'
    assert sent["if-modified-since"] == "Fri, 01 Mar 2024 08:00:00 GMT"


@respx.mock
@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_failure_is_tried_again(status: int) -> None:
    route = respx.get(URL).mock(
        side_effect=[httpx.Response(status), httpx.Response(status), httpx.Response(200)]
    )
    assert fetch().status == 200
    assert route.call_count == 3


@respx.mock
@pytest.mark.parametrize(
    "error", [httpx.ConnectTimeout, httpx.ReadTimeout, httpx.ConnectError, httpx.ReadError]
)
def test_timeouts_and_broken_connections_are_tried_again(error: type[Exception]) -> None:
    route = respx.get(URL).mock(side_effect=[error("no"), httpx.Response(200)])
    assert fetch().status == 200
    assert route.call_count == 2


@respx.mock
@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451, 501])
def test_a_lasting_failure_is_not_tried_again(status: int) -> None:
    route = respx.get(URL).respond(status)
    with pytest.raises(BadStatus) as caught:
        fetch()
    assert caught.value.cause == f"status-{status}"
    assert route.call_count == 1


@respx.mock
def test_after_the_last_try_the_last_failure_is_told() -> None:
    route = respx.get(URL).mock(
        side_effect=[httpx.ReadTimeout("slow"), httpx.Response(500), httpx.Response(503)]
    )
    with pytest.raises(BadStatus, match="status-503"):
        fetch()
    assert route.call_count == 3


@respx.mock
@pytest.mark.parametrize("form", [lambda: "1", lambda: formatdate(time.time() + 2, usegmt=True)])
def test_a_retry_after_is_waited_for_in_both_forms(form: Callable[[], str]) -> None:
    respx.get(URL).mock(
        side_effect=[httpx.Response(429, headers={"Retry-After": form()}), httpx.Response(200)]
    )
    began = time.monotonic()
    fetch()
    assert 0.9 <= time.monotonic() - began < 3.0


@respx.mock
def test_a_retry_after_beyond_patience_leaves_the_host_alone_until_then() -> None:
    route = respx.get(URL).respond(503, headers={"Retry-After": "7200"})

    async def run() -> list[BreakerState]:
        async with Client(user_agent="wireclean/test", limits=LIMITS, pace=False) as client:
            with pytest.raises(BadStatus):
                await client.fetch(URL, SOURCE)
            with pytest.raises(CircuitOpen) as caught:
                await client.fetch(URL, SOURCE)
            assert caught.value.retry_after == pytest.approx(7200, abs=5)
            return list(client.known_hosts().troubled)

    states = asyncio.run(run())
    assert route.call_count == 1
    assert states[0].host == "example.org"
    assert states[0].open_until == pytest.approx(time.time() + 7200, abs=5)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        (" 30 ", 30.0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("99999999999999999999", 999999999.0),
        ("Thu, 01 Jan 1970 00:00:10 GMT", 0.0),
        ("Thu, 99 Jan 1970", None),
    ],
)
def test_a_retry_after_that_makes_no_sense_is_none(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, 20.0) == seconds


@respx.mock
def test_a_dead_host_is_left_alone_after_a_few_failures_in_this_run_and_in_the_next() -> None:
    route = respx.get(host="example.org").mock(side_effect=httpx.ConnectError("refused"))

    async def run(states: tuple[BreakerState, ...]) -> list[BreakerState]:
        async with Client(
            user_agent="x", limits=LIMITS, pace=False, known=KnownHosts(tuple(states))
        ) as client:
            for number in range(20):
                with pytest.raises(FetchError) as caught:
                    await client.fetch(f"https://example.org/{number}", SOURCE)
                causes.append(caught.value.cause)
            return list(client.known_hosts().troubled)

    causes: list[str] = []
    states = asyncio.run(run(()))
    assert route.call_count == THRESHOLD
    # the fetch during which the host was given up still says why
    assert causes == ["connection"] * 2 + ["circuit-open"] * 18
    assert states[0].cause == "connection"
    asyncio.run(run(tuple(states)))
    assert route.call_count == THRESHOLD


@respx.mock
def test_a_host_with_many_missing_pages_is_not_in_trouble() -> None:
    route = respx.get(host="example.org").respond(404)

    async def run() -> None:
        async with Client(user_agent="x", limits=LIMITS, pace=False) as client:
            for number in range(20):
                with pytest.raises(BadStatus):
                    await client.fetch(f"https://example.org/{number}", SOURCE)
            assert list(client.known_hosts().troubled) == []

    asyncio.run(run())
    assert route.call_count == 20


@respx.mock
@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_remembered_only_if_it_is_permanent(code: int) -> None:
    respx.get(URL).mock(return_value=moved("/story/1", code))
    respx.get("https://example.org/story/1").respond(200, text="here")
    page = fetch()
    assert (page.url, page.body) == ("https://example.org/story/1", b"here")
    assert page.moved_to == ("https://example.org/story/1" if code in (301, 308) else None)


@respx.mock
def test_of_a_chain_only_the_permanent_beginning_is_remembered() -> None:
    respx.get(URL).mock(return_value=moved("/2", 301))
    respx.get("https://example.org/2").mock(return_value=moved("/3", 302))
    respx.get("https://example.org/3").mock(return_value=moved("/4", 301))
    respx.get("https://example.org/4").respond(200)
    page = fetch()
    assert (page.url, page.moved_to) == ("https://example.org/4", "https://example.org/2")


@respx.mock
def test_redirects_in_a_circle_or_without_end_are_given_up() -> None:
    respx.get(URL).mock(return_value=moved("/a"))
    respx.get("https://example.org/a").mock(return_value=moved(URL))
    with pytest.raises(RedirectLoop):
        fetch()
    for number in range(20):
        respx.get(f"https://example.org/r/{number}").mock(return_value=moved(f"/r/{number + 1}"))
    with pytest.raises(RedirectLoop, match="more than 4"):
        fetch("https://example.org/r/0")


@respx.mock
def test_a_redirect_to_nowhere_is_an_error_of_its_own() -> None:
    respx.get(URL).respond(302)
    with pytest.raises(BadRedirect):
        fetch()
    respx.get(URL).mock(return_value=moved("http://[broken/"))
    with pytest.raises(FetchError):
        fetch()


@respx.mock
def test_secrets_stay_with_the_hosts_that_the_source_names() -> None:
    headers = {"Authorization": "Bearer x", "Cookie": "s=1", "X-Key": "k", "Accept-Language": "de"}
    source = Source(
        "s", feeds=("https://example.org/feed",), headers=headers, delay=0.0, respect_robots=False
    )
    home = respx.get(URL).mock(return_value=moved("https://other.test/1"))
    away = respx.get("https://other.test/1").respond(200)
    plain = respx.get("http://example.org/news/1").respond(200)
    fetch(source=source)
    fetch("http://example.org/news/1", source=source)
    assert home.calls.last.request.headers["authorization"] == "Bearer x"
    for route in (away, plain):  # another host, and the same one unencrypted
        sent = route.calls.last.request.headers
        assert not {"authorization", "cookie", "x-key"} & set(sent)
        assert sent["accept-language"] == "de"


@respx.mock
def test_a_user_and_password_in_an_address_are_not_sent() -> None:
    route = respx.get(URL).mock(return_value=moved("https://u:p@example.org/2"))
    second = respx.get("https://example.org/2").respond(200)
    fetch("https://user:secret@example.org/news/1")
    assert "authorization" not in route.calls.last.request.headers
    assert "authorization" not in second.calls.last.request.headers


@respx.mock
def test_an_at_sign_in_the_query_is_no_user() -> None:
    route = respx.get("https://example.org", params={"by": "desk@other.test"}).respond(200)
    fetch("https://example.org?by=desk@other.test")
    assert route.called


@respx.mock
@pytest.mark.parametrize("kind", ["image/jpeg", "application/pdf", "Video/mp4"])
def test_a_picture_or_a_film_is_not_read_as_a_page(kind: str) -> None:
    respx.get(URL).respond(200, content=b"\x00" * 100, headers={"Content-Type": kind})
    with pytest.raises(NotAPage):
        fetch()
    assert fetch(kind="feed").status == 200


@respx.mock
def test_the_deadline_for_the_first_byte_ends_a_request() -> None:
    async def slow(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(30)
        return httpx.Response(200)

    respx.get(URL).mock(side_effect=slow)
    began = time.monotonic()
    with pytest.raises(TimedOut):
        fetch(limits=Limits(connect=0.1, first_byte=0.1, tries=1))
    assert time.monotonic() - began < 2.0


def test_a_connection_that_the_server_closed_while_it_was_idle_is_opened_anew() -> None:
    with Web() as web:
        site = web.site("harbour")
        site.on("/closing", faults.reply(200, b"bye"))

        async def run() -> list[int]:
            source = Source("h", allow_hosts=(site.address,), respect_robots=False)
            async with Client(user_agent="x", limits=Limits(tries=1), pace=False) as client:
                paths = ["/", "/closing", "/", "/closing", "/"]
                return [(await client.fetch(site.url(path), source)).status for path in paths]

        assert asyncio.run(run()) == [200] * 5


def test_a_cancelled_fetch_leaves_the_host_open_for_the_next() -> None:
    with Web() as web:
        site = web.site("harbour")
        site.on("/slow", faults.silence())

        async def run() -> int:
            source = Source("h", allow_hosts=(site.address,), respect_robots=False, concurrency=1)
            async with Client(user_agent="x", pace=False) as client:
                task = asyncio.create_task(client.fetch(site.url("/slow"), source))
                await asyncio.sleep(0.05)
                task.cancel()
                await asyncio.wait([task])
                return (await asyncio.wait_for(client.fetch(site.url("/"), source), 5)).status

        assert asyncio.run(run()) == 200


@respx.mock
def test_an_unchanged_answer_to_an_unconditional_question_is_a_failure() -> None:
    respx.get(URL).respond(304)
    with pytest.raises(BadStatus, match="status-304"):
        fetch()


@pytest.mark.parametrize("url", ["http://[::1", "http://", "https:///path", "http://a:b:c/", "http://\x00/"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError):
        fetch(url, Source("x", delay=0.0))


def test_a_chunked_body_beside_a_length_is_no_longer_than_announced() -> None:
    both = (
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    )
    with Web() as web:
        site = web.site("harbour")
        site.on("/both", faults.raw(both))
        source = Source("h", allow_hosts=(site.address,), respect_robots=False)
        assert fetch(site.url("/both"), source).body == b"hello"
