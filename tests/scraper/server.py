"""A small web of invented wire sites on loopback, run by a thread; it misbehaves on demand.

    with Web() as web:
        site = web.site("harbour", articles=20)
        site.on("/feed.xml", faults.status(503), times=2)
        ...
        assert [asked.path for asked in site.asked] == [...]

Run as a program it serves many sites until its standard input closes, for benchmarks in another process:
`python -m tests.scraper.server --sites 50 --articles 200` prints one line of JSON with names and addresses.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from email.utils import format_datetime
from hashlib import sha256
from types import TracebackType
from typing import Self

from tests.scraper.wire_site import Newsroom

Fault = Callable[["Asked", asyncio.StreamWriter], Awaitable[None]]
"""Answers a request in some bad way; the connection is closed after it."""


@dataclass(slots=True)
class Asked:
    """One request as the server saw it; `time` is on the monotonic clock."""

    method: str
    path: str
    headers: dict[str, str]
    time: float
    site: Site
    status: int = 0


@dataclass(slots=True)
class _Rule:
    path: str
    fault: Fault
    times: int | None


@dataclass
class Site:
    """One site: its newsroom, its port, what it was asked, and how it misbehaves."""

    name: str
    newsroom: Newsroom
    web: Web
    robots: str | None = None
    port: int = 0
    etags: bool = True
    asked: list[Asked] = field(default_factory=list)
    active: int = 0
    most_active: int = 0
    _rules: list[_Rule] = field(default_factory=list)
    _server: asyncio.Server | None = None

    @property
    def address(self) -> str:
        """`127.0.0.1:port`, as `allow_hosts` wants it."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        """The whole address of a path."""
        return f"http://{self.address}{path}"

    def on(self, path: str, fault: Fault, times: int | None = None) -> None:
        """Answer `path` (with a `*` at its end: all that begin so) with the fault, always or `times` times."""
        self._rules.append(_Rule(path, fault, times))

    def behave(self) -> None:
        """Forget all faults."""
        self._rules.clear()

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [asked.path for asked in self.asked]

    def source_toml(self, *, kind: str = "feed", delay: float = 0.0, extra: str = "") -> str:
        """This site as an entry of sources.toml; `kind` is feed, atom, json, sitemap or section."""
        where = {
            "feed": f'feeds = ["{self.url("/feed.xml")}"]',
            "atom": f'feeds = ["{self.url("/atom.xml")}"]',
            "json": f'feeds = ["{self.url("/feed.json")}"]',
            "sitemap": f'sitemaps = ["{self.url("/sitemap.xml")}"]',
            "section": f'sections = ["{self.url("/section/")}"]\nlink_pattern = "/news/"',
        }[kind]
        return (
            f'[[source]]\nname = "{self.name}"\n{where}\ndelay = {delay}\n'
            f'allow_hosts = ["{self.address}"]\n{extra}\n'
        )

    def take_fault(self, path: str) -> Fault | None:
        for rule in self._rules:
            matches = path.startswith(rule.path[:-1]) if rule.path.endswith("*") else path == rule.path
            if matches and rule.times != 0:
                if rule.times is not None:
                    rule.times -= 1
                return rule.fault
        return None

    async def listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=1 << 20)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.web.open_tasks.add(task)
        try:
            while await self._answer_one(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self.web.open_tasks.discard(task)
            writer.close()

    async def _answer_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        seen = time.monotonic()
        first, *lines = head.split("\r\n")
        method, path, _ = first.split(" ", 2)
        pairs = (line.partition(":") for line in lines if line)
        asked = Asked(method, path, {name.lower(): value.strip() for name, _, value in pairs}, seen, self)
        self.asked.append(asked)
        self.active += 1
        self.most_active = max(self.most_active, self.active)
        try:
            fault = self.take_fault(path)
            if fault is not None:
                await fault(asked, writer)
                await writer.drain()
                return False
            writer.write(self._answer(asked))
            await writer.drain()
            return True
        finally:
            self.active -= 1

    def _answer(self, asked: Asked) -> bytes:
        path = asked.path.partition("?")[0]
        if path == "/robots.txt":
            body = None if self.robots is None else (self.robots.encode(), "text/plain")
        else:
            body = self.newsroom.page(path, f"http://{self.address}")
        if body is None:
            asked.status = 404
            return answer(404, b"not here", {"Content-Type": "text/plain"})
        content, content_type = body
        headers = {"Content-Type": content_type}
        if self.etags:
            etag = f'"{sha256(content).hexdigest()[:16]}"'
            headers["ETag"] = etag
            headers["Last-Modified"] = format_datetime(self.newsroom.changed, usegmt=True)
            unchanged = asked.headers.get("if-none-match") == etag or (
                "if-none-match" not in asked.headers
                and asked.headers.get("if-modified-since") == headers["Last-Modified"]
            )
            if unchanged:
                asked.status = 304
                return answer(304, b"", headers)
        if "gzip" in asked.headers.get("accept-encoding", "") and len(content) > 500:
            content = gzip.compress(content, 1)
            headers["Content-Encoding"] = "gzip"
        asked.status = 200
        return answer(200, content, headers)


def answer(status: int, body: bytes, headers: dict[str, str] | None = None) -> bytes:
    """A well-formed HTTP/1.1 answer; a Content-Length given in `headers` is believed."""
    lines = [f"HTTP/1.1 {status} X"]
    named = {**(headers or {})}
    if status != 304:
        named.setdefault("Content-Length", str(len(body)))
    lines += [f"{name}: {value}" for name, value in named.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


class Web:
    """All sites of a test, on one event loop in one thread of their own; a context manager."""

    def __init__(self) -> None:
        self.sites: list[Site] = []
        self.open_tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._do(self._close()).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def site(
        self,
        name: str,
        *,
        articles: int = 10,
        robots: str | None = None,
        feed_items: int | None = None,
        port: int = 0,
        etags: bool = True,
    ) -> Site:
        """A new site that serves at once, on a free port unless one is given."""
        newsroom = Newsroom(name, articles, feed_items)
        site = Site(name, newsroom, self, robots=robots, port=port, etags=etags)
        self._do(site.listen()).result(10)
        self.sites.append(site)
        return site

    def sources_toml(self, *, kind: str = "feed", delay: float = 0.0) -> str:
        """All sites as one sources.toml."""
        return "\n".join(site.source_toml(kind=kind, delay=delay) for site in self.sites)

    def _do(self, work: Awaitable[None]) -> Future[None]:
        async def run() -> None:
            await work

        return asyncio.run_coroutine_threadsafe(run(), self._loop)

    async def _close(self) -> None:
        for site in self.sites:
            await site.close()
        for task in list(self.open_tasks):
            task.cancel()
        await asyncio.sleep(0)


def main() -> None:
    """Serve many sites until standard input closes."""
    options = argparse.ArgumentParser()
    options.add_argument("--sites", type=int, default=50)
    options.add_argument("--articles", type=int, default=200)
    chosen = options.parse_args()
    with Web() as web:
        for number in range(chosen.sites):
            web.site(f"site{number:02}", articles=chosen.articles)
        print(json.dumps({site.name: site.address for site in web.sites}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
