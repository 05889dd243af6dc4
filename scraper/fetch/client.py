"""The polite client: pools, per-host pace, robots, limits, retries, and one error for each thing that goes wrong."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self
from urllib.parse import urljoin

from scraper import errors
from scraper.addresses import host_of, origin_of
from scraper.fetch.answers import PERMANENT, REDIRECTS, Answer, Wanted, fault_of, read_answer
from scraper.fetch.bodies import ACCEPTED
from scraper.fetch.breaker import Breakers, BreakerState
from scraper.fetch.guard import Resolver, allowed_by_name
from scraper.fetch.pace import Pace, Turn
from scraper.fetch.robots import READ_LIMIT, RobotsCache, RobotsRecord, Rules
from scraper.sources import Source

if TYPE_CHECKING:
    import httpx

Content = Literal["page", "feed", "sitemap", "robots"]
"""What an address is asked for: it decides the Accept header and the size that is read."""

CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.ASCII | re.IGNORECASE)
USERINFO = re.compile(r"^(https?://)[^/?]*@", re.IGNORECASE)
ACCEPT = {
    "page": "text/html, application/xhtml+xml;q=0.9, */*;q=0.5",
    "feed": "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
    "sitemap": "application/xml, text/xml, application/gzip, */*;q=0.5",
    "robots": "text/plain, */*;q=0.5",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: `url` is the final address, `requested` the one asked for, `body` unpacked bytes.

    `not_modified` is True for a 304 (the body is empty then); `moved_to` is the address to ask for from now on
    when the server said that the move is permanent. Header names are in lower case.
    """

    url: str
    requested: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    not_modified: bool = False
    moved_to: str | None = None

    @property
    def charset(self) -> str | None:
        """The charset that the server named, true or not."""
        named = CHARSET.search(self.headers.get("content-type", ""))
        return named[1] if named else None


@dataclass(frozen=True, slots=True)
class Limits:
    """Deadlines in seconds, sizes in bytes, tries in numbers.

    `connect` is for look-up, connection and handshake; `first_byte` for the answer's headers after that; `total`
    for everything up to the body's last byte. `longest_wait` is the longest Retry-After that a run sits out;
    a longer one leaves the host to a later run.
    """

    connect: float = 10.0
    first_byte: float = 20.0
    total: float = 60.0
    page_bytes: int = 8 << 20
    feed_bytes: int = 16 << 20
    sitemap_bytes: int = 50 << 20
    redirects: int = 8
    tries: int = 3
    backoff: float = 0.5
    longest_wait: float = 30.0
    connections: int = 400

    def bytes_for(self, kind: Content) -> int:
        """The most that a body of this kind may have, packed and unpacked."""
        sizes = {"page": self.page_bytes, "feed": self.feed_bytes, "sitemap": self.sitemap_bytes}
        return sizes.get(kind, READ_LIMIT)


@dataclass(frozen=True, slots=True)
class _Ask:
    """One request, the same for all its tries."""

    host: str
    headers: dict[str, str]
    source: Source
    delay: float
    wanted: Wanted

    @property
    def url(self) -> str:
        """The address."""
        return self.wanted.url


def user_agent(contact: str | None = None) -> str:
    """The name we go by: program, version, and whom to write to.

    >>> user_agent("desk@example.org").endswith("(+desk@example.org)")
    True
    """
    from importlib.metadata import version

    name = f"wireclean/{version('wireclean')}"
    return f"{name} (+{contact})" if contact else name


class Client:
    """Fetches one address at a time for many callers at once; use as an async context manager.

    async with Client(user_agent=user_agent("desk@example.org")) as client:
        page = await client.fetch("https://example.org/news/1", Source("example"))
    """

    def __init__(
        self,
        *,
        user_agent: str,
        limits: Limits | None = None,
        pace: bool = True,
        breaker_state: Iterable[BreakerState] = (),
        robots_state: Iterable[RobotsRecord] = (),
        resolver: Resolver | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._agent = user_agent
        self._paced = pace
        self._pace = Pace(enabled=pace)
        self._breakers = Breakers(breaker_state)
        self._robots = RobotsCache(robots_state)
        self._resolver = resolver
        self._in_flight = asyncio.Semaphore(self.limits.connections)
        self._http: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        from http.cookiejar import CookieJar, DefaultCookiePolicy

        import httpx

        from scraper.fetch.connect import HostPools

        # no cookies: what a site sets while one article is fetched must not change what the next one looks like
        no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        # no proxy from the environment: it would connect for us, unchecked
        self._http = httpx.AsyncClient(
            transport=HostPools(self._resolver),
            cookies=no_cookies,
            trust_env=False,
            follow_redirects=False,
            headers={"Accept-Encoding": ACCEPTED, "User-Agent": self._agent},
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    def breaker_state(self) -> list[BreakerState]:
        """The hosts in trouble, to be kept for the next run."""
        return self._breakers.export()

    def robots_state(self) -> list[RobotsRecord]:
        """Every robots.txt read, to be kept for the next run: it is asked for once a day, not once a run."""
        return self._robots.export()

    async def robots(self, url: str, source: Source) -> Rules:
        """What the robots.txt of the address's site says. Raises `FetchError` when the site gives no answer."""
        origin = origin_of(url)

        async def ask(robots_url: str) -> tuple[int, bytes]:
            page = await self.fetch(robots_url, source, kind="robots")
            return page.status, page.body

        return await self._robots.rules(origin, ask)

    async def fetch(
        self,
        url: str,
        source: Source,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        kind: Content = "page",
    ) -> Page:
        """The page at `url`, over its redirects. Raises a `FetchError` subclass with its `.cause`.

        `etag` and `last_modified` are what an earlier answer gave; an unchanged page comes back with
        `not_modified` and no body.
        """
        asked_for = {"Accept": ACCEPT[kind]}
        if etag:
            asked_for["If-None-Match"] = etag
        if last_modified:
            asked_for["If-Modified-Since"] = last_modified
        here, moved_to, all_permanent = bare(url), None, True
        seen = {here}
        for _ in range(self.limits.redirects + 1):
            answer = await self._get(here, source, asked_for, kind)
            if answer.status not in REDIRECTS:
                unchanged = answer.status == 304
                return Page(here, url, answer.status, answer.headers, answer.body, unchanged, moved_to)
            here = redirect_target(here, answer.headers.get("location"))
            if here in seen:
                raise errors.RedirectLoop(url, f"comes back to {here}")
            seen.add(here)
            all_permanent = all_permanent and answer.status in PERMANENT
            if all_permanent:
                moved_to = here
        raise errors.RedirectLoop(url, f"more than {self.limits.redirects} redirects")

    async def _get(self, url: str, source: Source, headers: dict[str, str], kind: Content) -> Answer:
        """One hop, with its retries."""
        if not url.lower().startswith(("http://", "https://")):
            raise errors.RefusedAddress(url, "only http and https are fetched")
        host, delay = host_of(url), source.delay
        if not host:
            raise errors.RefusedAddress(url, "not an address")
        left = self._breakers.left(host)
        if left:
            raise errors.CircuitOpen(url, "the host failed too often lately", retry_after=left)
        if source.respect_robots and kind != "robots":
            rules = await self.robots(url, source)
            rules.check(url, self._agent)
            delay = max(delay, rules.delay(self._agent)) if self._paced else 0.0
        headers = {**headers, **source.headers_for(url)}
        conditional = "If-None-Match" in headers or "If-Modified-Since" in headers
        limit = self.limits.bytes_for(kind)
        wanted = Wanted(url, limit, page=kind == "page", cut=kind == "robots", conditional=conditional)
        ask = _Ask(host, headers, source, delay, wanted)
        try:
            return await self._try(ask)
        except errors.FetchError as error:
            if not error.passing or self.limits.tries < 2 or self._breakers.left(host):
                raise
            return await self._try_again(ask, error)

    async def _try_again(self, ask: _Ask, first: errors.FetchError) -> Answer:
        """The tries after the first, which has failed in a way that may pass."""
        import tenacity

        # tenacity comes in only after a failure: its machinery costs more than a small request
        limits = self.limits
        waits = tenacity.wait_exponential(limits.backoff, limits.longest_wait) + tenacity.wait_random(
            0, limits.backoff
        )
        retrying = tenacity.AsyncRetrying(
            stop=tenacity.stop_after_attempt(self.limits.tries),
            wait=waits,
            retry=tenacity.retry_if_exception(self._worth_another),
            reraise=True,
        )
        pending: errors.FetchError | None = first

        async def attempt() -> Answer:
            nonlocal pending
            if pending is not None:
                # the failure that brought us here is tenacity's first attempt
                error, pending = pending, None
                raise error
            return await self._try(ask)

        return await retrying(attempt)

    def _worth_another(self, error: BaseException) -> bool:
        return (
            isinstance(error, errors.FetchError)
            and error.passing
            and not self._breakers.left(host_of(error.url))
        )

    async def _try(self, ask: _Ask) -> Answer:
        """One request in the host's turn; the breaker learns how it ended."""
        async with self._pace.turn(ask.host, delay=ask.delay, concurrency=ask.source.concurrency) as turn:
            wait = self._breakers.enter(ask.host)
            if wait:
                raise errors.CircuitOpen(ask.url, "the host failed too often lately", retry_after=wait)
            try:
                answer = await self._send(ask, turn)
            except errors.FetchError as error:
                self._learn(ask.host, error)
                raise
            except BaseException:
                self._breakers.left_without(ask.host)
                raise
            self._breakers.succeeded(ask.host)
            return answer

    def _learn(self, host: str, error: errors.FetchError) -> None:
        if not error.hurts:
            if isinstance(error, errors.RefusedAddress):
                self._breakers.left_without(host)
            else:
                self._breakers.succeeded(host)
        elif error.retry_after is not None and error.retry_after > self.limits.longest_wait:
            self._breakers.failed(host, error.cause, error.retry_after)
        else:
            self._breakers.failed(host, error.cause)
            if error.retry_after is not None:
                self._pace.hold(host, error.retry_after)

    async def _send(self, ask: _Ask, turn: Turn) -> Answer:
        """One request and its whole answer, within the deadlines and sizes."""
        import httpx

        assert self._http is not None, "the client is used outside its `async with`"
        limits = self.limits
        in_body = False
        try:
            url = httpx.URL(ask.url)
            # asked of the address as it will be used, not of its spelling: two parsers might not agree on that
            port = url.port or (443 if url.scheme == "https" else 80)
            private = allowed_by_name(ask.source.allow_hosts, url.raw_host.decode("ascii"), port)
            extensions = {"private": private, "timeout": {"connect": limits.connect}}
            request = self._http.build_request("GET", url, headers=ask.headers, extensions=extensions)
            async with self._in_flight, asyncio.timeout(limits.connect + limits.first_byte) as deadline:
                began = asyncio.get_running_loop().time()
                response = await self._http.send(request, stream=True)
                turn.answered()
                in_body = True
                deadline.reschedule(began + limits.total)
                try:
                    return await read_answer(response, ask.wanted)
                finally:
                    await response.aclose()
        except Exception as error:
            fault = fault_of(error, ask.url, in_body=in_body)
            if fault is None or fault is error:
                raise
            raise fault from None


def bare(url: str) -> str:
    """Return the address without its fragment, and without a user and password: those would be sent along."""
    return USERINFO.sub(r"\1", url.partition("#")[0])


def redirect_target(here: str, location: str | None) -> str:
    """Return where a redirect from `here` leads. Raises `BadRedirect`."""
    if not location:
        raise errors.BadRedirect(here, "a redirect without a target")
    try:
        # bytes beyond ASCII come as latin-1 but are UTF-8 in practice
        target = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        target = location
    try:
        return bare(urljoin(here, target))
    except ValueError:
        raise errors.BadRedirect(here, "a redirect to no address") from None
