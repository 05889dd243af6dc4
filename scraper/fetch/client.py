"""The polite client: pools, per-host pace, robots, limits, retries, and one error for each thing that goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin

from scraper import errors
from scraper.addresses import bare, host_of
from scraper.fetch.answers import PERMANENT, REDIRECTS, Content, Page, Wanted, fault_of, read_answer
from scraper.fetch.bodies import ACCEPTED
from scraper.fetch.guard import Resolver, allowed_by_name
from scraper.fetch.politeness import KnownHosts, Politeness
from scraper.fetch.refresh import refresh_target
from scraper.fetch.reservations import Reservation
from scraper.fetch.robots import READ_LIMIT, Ask, Rules
from scraper.sources import Source

if TYPE_CHECKING:
    import httpx
    import tenacity

    from scraper.store.protocol import Pace

ACCEPT = {
    "page": "text/html, application/xhtml+xml;q=0.9, */*;q=0.5",
    "feed": "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
    "sitemap": "application/xml, text/xml, application/gzip, */*;q=0.5",
    "robots": "text/plain, */*;q=0.5",
}


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
        """Return the most that a body of this kind may have, packed and unpacked."""
        sizes = {"page": self.page_bytes, "feed": self.feed_bytes, "sitemap": self.sitemap_bytes}
        return sizes.get(kind, READ_LIMIT)


def user_agent(contact: str | None = None) -> str:
    """Return the name we go by: program, version, and whom to write to.

    >>> user_agent("desk@example.org").endswith("(+desk@example.org)")
    True
    """
    from importlib.metadata import version  # the client is for who fetches

    name = f"wireclean/{version('wireclean')}"
    return f"{name} (+{contact})" if contact else name


class Client:
    """Fetches one address at a time for many callers at once; use as an async context manager.

    `shared` is the pace that it shares with other workers.

    async with Client(user_agent=user_agent("desk@example.org")) as client:
        page = await client.fetch("https://example.org/news/1", Source("example"))
    """

    def __init__(
        self,
        *,
        user_agent: str,
        limits: Limits | None = None,
        pace: bool = True,
        known: KnownHosts | None = None,
        resolver: Resolver | None = None,
        shared: Pace | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._agent = user_agent
        self._politeness = Politeness(
            user_agent,
            paced=pace,
            longest_wait=self.limits.longest_wait,
            known=known or KnownHosts(),
            pace=shared,
        )
        self._resolver = resolver
        self._in_flight = asyncio.Semaphore(self.limits.connections)
        self._http: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        from http.cookiejar import CookieJar, DefaultCookiePolicy  # the client is for who fetches

        import httpx  # the client is for who fetches

        from scraper.fetch.connect import HostPools  # the client is for who fetches

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

    async def __aexit__(self, *_: object) -> None:
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    def known_hosts(self) -> KnownHosts:
        """Return what is to be kept of hosts for the next run."""
        return self._politeness.known_hosts()

    def learn(self, known: KnownHosts) -> None:
        """Leave alone what other workers have found to be in trouble meanwhile."""
        self._politeness.learn(known)

    async def robots(self, url: str, source: Source) -> Rules:
        """Return what the robots.txt of the address's site says. Raises `FetchError` when it gives no answer."""
        return await self._politeness.rules(url, self._asking_as(source))

    async def reservation(self, url: str, source: Source) -> Reservation | None:
        """Return whether the address's site reserves the mining of its text, asked once a day."""
        return await self._politeness.reservation(url, self._asking_as(source))

    async def fetch(
        self,
        url: str,
        source: Source,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        kind: Content = "page",
    ) -> Page:
        """Return the page at `url`, over its redirects. Raises a `FetchError` subclass with its `.cause`.

        `etag` and `last_modified` are what an earlier answer gave; an unchanged page comes back with
        `not_modified` and no body.
        """
        import httpx  # the client is for who fetches

        asked_for = {"Accept": ACCEPT[kind]}
        if etag:
            asked_for["If-None-Match"] = etag
        if last_modified:
            asked_for["If-Modified-Since"] = last_modified
        here, moved_to, all_permanent = bare(url), None, True
        # kept for this one fetch: what a site sets meanwhile must not change what the next article looks like
        cookies = httpx.Cookies()
        seen: set[tuple[str, str]] = set()
        for _ in range(self.limits.redirects + 1):
            if (here, state := str(cookies.jar)) in seen:
                raise errors.RedirectLoop(url, f"comes back to {here}")
            seen.add((here, state))
            answer = await self._get(
                Wanted(here, kind, asked_for, self.limits.bytes_for(kind)), source, cookies
            )
            there = next_address(answer, here, kind)
            if there is None or (
                answer.status not in REDIRECTS and there == here and str(cookies.jar) == state
            ):
                return replace(answer, requested=url, moved_to=moved_to)
            here = there
            all_permanent = all_permanent and answer.status in PERMANENT
            if all_permanent:
                moved_to = here
        raise errors.RedirectLoop(url, f"more than {self.limits.redirects} redirects")

    def _asking_as(self, source: Source) -> Ask:
        async def ask(robots_url: str) -> tuple[int, bytes]:
            page = await self.fetch(robots_url, source, kind="robots")
            return page.status, page.body

        return ask

    async def _get(self, wanted: Wanted, source: Source, cookies: httpx.Cookies) -> Page:
        """Do one hop, with its tries."""
        url = wanted.url
        if not url.lower().startswith(("http://", "https://")):
            raise errors.RefusedAddress(url, "only http and https are fetched")
        if not host_of(url):
            raise errors.RefusedAddress(url, "not an address")
        asks_robots = source.respect_robots and wanted.kind != "robots"
        delay = await self._politeness.permit(url, source, self._asking_as(source) if asks_robots else None)
        wanted = replace(wanted, headers={**wanted.headers, **source.headers_for(url)})

        async def attempt() -> Page:
            async with self._politeness.turn(url, delay, source.concurrency) as answered:
                return await self._send(wanted, source, cookies, answered)

        return await self._retrying()(attempt)

    def _retrying(self) -> tenacity.AsyncRetrying:
        """Return what asks again, later each time, while a failure may pass and its host is not left alone.

        It is made for each request: it keeps the state of the one that it works at.
        """
        import tenacity  # the client is for who fetches

        backoff = self.limits.backoff
        return tenacity.AsyncRetrying(
            stop=tenacity.stop_after_attempt(self.limits.tries),
            wait=tenacity.wait_exponential(backoff, self.limits.longest_wait)
            + tenacity.wait_random(0, backoff),
            retry=tenacity.retry_if_exception(self._is_worth_another),
            reraise=True,
        )

    def _is_worth_another(self, error: BaseException) -> bool:
        return isinstance(error, errors.FetchError) and self._politeness.is_worth_another(error)

    async def _send(
        self, wanted: Wanted, source: Source, cookies: httpx.Cookies, answered: Callable[[], None]
    ) -> Page:
        """One request and its whole answer, within the deadlines and sizes."""
        import httpx  # the client is for who fetches

        assert self._http is not None, "the client is used outside its `async with`"
        limits = self.limits
        in_body = False
        try:
            url = httpx.URL(wanted.url)
            # asked of the address as it will be used, not of its spelling: two parsers might not agree on that
            port = url.port or (443 if url.scheme == "https" else 80)
            private = allowed_by_name(source.allow_hosts, url.raw_host.decode("ascii"), port)
            timeout = {"connect": limits.connect, "read": limits.first_byte}
            extensions = {"private": private, "timeout": timeout, "proxy": source.proxy}
            request = self._http.build_request("GET", url, headers=wanted.headers, extensions=extensions)
            if cookies.jar:
                cookies.set_cookie_header(request)
            async with self._in_flight, asyncio.timeout(limits.connect + limits.first_byte) as deadline:
                began = asyncio.get_running_loop().time()
                response = await self._http.send(request, stream=True)
                answered()
                in_body = True
                deadline.reschedule(began + limits.total)
                if "set-cookie" in response.headers:
                    cookies.extract_cookies(response)
                try:
                    return await read_answer(response, wanted)
                finally:
                    await response.aclose()
        except Exception as error:
            fault = fault_of(error, wanted.url, in_body=in_body)
            if fault is None or fault is error:
                raise
            raise fault from None


def next_address(answer: Page, here: str, kind: Content) -> str | None:
    """Return where an answer sends on to, by its status or, of a page, by a refresh; None when it is the end."""
    if answer.status in REDIRECTS:
        return redirect_target(here, answer.headers.get("location"))
    refresh = refresh_target(answer) if kind == "page" else None
    if refresh is None:
        return None
    try:
        there = redirect_target(here, refresh)
    except errors.BadRedirect:
        return None
    # browsers stay on a page that sends on to a script, or to no address
    return there if there.lower().startswith(("http://", "https://")) else None


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
