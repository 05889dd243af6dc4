"""A stage for hostile sites: what a run over them leaves in the store, and what they were asked.

play = Play(tmp_path, web)
site = play.site("harbour", articles=3)
site.on("/feed.xml", ...)
play.run()
assert len(play.kept(site)) == 3
"""

from __future__ import annotations

import asyncio
import json
import time
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from cleaners.options import Options
from scraper import Scraper, load_sources
from scraper.errors import NotCleaned
from scraper.fetch.client import Limits
from scraper.run import Event
from scraper.store.protocol import SourceStatus
from scraper.store.sqlite import SqliteStore
from scraper.worker import Cleaned, judge
from tests.scraper import faults
from tests.scraper.server import Fault, Site, Web

LIMITS = Limits(
    connect=2, first_byte=1, total=3, tries=2, backoff=0.01, page_bytes=1 << 20, feed_bytes=1 << 20
)


class Here:
    """Cleans in this process, which is a second quicker for each run than one of its own."""

    def __init__(self, workers: int | None = None) -> None: ...

    async def clean(self, body: bytes, options: Options) -> Cleaned:
        """As `CleaningPool.clean`."""
        try:
            return judge(body, options)
        except Exception as error:
            raise NotCleaned(options.url or "", f"{type(error).__name__}: {error}") from None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None: ...


class Play:
    """A folder with a file of sources and a store, and the sites of a web."""

    def __init__(self, folder: Path, web: Web, limits: Limits = LIMITS) -> None:
        self.folder, self.web, self.limits = folder, web, limits
        self.extra: dict[str, str] = {}
        self.head = ""
        self.events: list[Event] = []
        self.ok = True

    def site(self, name: str, *, extra: str = "", articles: int = 3, **more: Any) -> Site:
        """A new site; `extra` are lines of its entry in the file of sources."""
        self.extra[name] = extra
        return self.web.site(name, articles=articles, **more)

    def run(self, *sites: Site, text: str | None = None, forgive: bool = False) -> float:
        """Do a run over the sites (all of them by default) and return its seconds."""
        chosen = sites or tuple(self.web.sites)
        entries = [site.source_toml(extra=self.extra.get(site.name, "")) for site in chosen]
        path = self.folder / "sources.toml"
        path.write_text(text if text is not None else self.head + "\n".join(entries))
        self.events.clear()

        async def run() -> None:
            async with Scraper(self.folder / "wire.db", pace=False, limits=self.limits, workers=1) as scraper:
                async for _ in scraper.run(load_sources(path), forgive=forgive, tell=self.events.append):
                    pass
                self.ok = scraper.ok

        began = time.monotonic()
        asyncio.run(run())
        return time.monotonic() - began

    def due(self) -> None:
        """Let everything that waits for another try be due now, as if hours had passed."""
        with SqliteStore(self.folder / "wire.db") as store:
            store.database.execute("UPDATE address SET next_try = NULL WHERE state = 'waiting'")
            store.database.execute("DELETE FROM host")

    def kept(self, site: Site | str) -> list[dict[str, Any]]:
        """The articles kept of a source."""
        name = site if isinstance(site, str) else site.name
        with SqliteStore(self.folder / "wire.db") as store:
            return [article for _, article in store.articles.each(source=name)]

    def status(self, site: Site) -> SourceStatus:
        """How a source is doing."""
        with SqliteStore(self.folder / "wire.db") as store:
            statuses = store.runs.statuses(datetime(2000, 1, 1))
        return next(status for status in statuses if status.source == site.name)

    def causes(self, site: Site) -> list[str]:
        """The causes of what failed."""
        return sorted(failure.cause for failure in self.status(site).failures)

    def everything(self) -> str:
        """All that was written: the store and its side files, the events."""
        files = b"".join(path.read_bytes() for path in sorted(self.folder.glob("wire.db*")))
        return files.decode("latin-1") + repr(self.events)


def story(number: int, *, head: str = "", title: str = "") -> bytes:
    """A page with a short story on it."""
    title = title or f"The harbour authority opens berth {number}"
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>
<article><h1>{title}</h1>
<p>PORT AMBER (AFP) — The harbour authority opened berth {number} on Tuesday after two years of work on the quay.</p>
<p>Engineers said the berth would take ships of up to 300 metres, and that dredging would go on until the autumn.</p>
<p>Residents welcomed the end of the night shifts, which had kept the district awake since the spring.</p>
</article></body></html>""".encode()


def rss(
    *items: tuple[str, str], before: str = '<?xml version="1.0" encoding="utf-8"?>', inside: str = ""
) -> bytes:
    """An RSS feed of (link, title), both printed as they are."""
    listed = "".join(f"<item><title>{title}</title><link>{link}</link></item>" for link, title in items)
    return f'{before}<rss version="2.0"><channel><title>News</title>{inside}{listed}</channel></rss>'.encode()


def page(body: bytes | str, headers: dict[str, str] | None = None, status: int = 200) -> Fault:
    """An answer with a page."""
    data = body.encode() if isinstance(body, str) else body
    return faults.reply(status, data, {**faults.HTML, **(headers or {})})


def feed(body: bytes, headers: dict[str, str] | None = None) -> Fault:
    """An answer with a feed."""
    return faults.reply(200, body, {"Content-Type": "application/rss+xml", **(headers or {})})


def told(articles: list[dict[str, Any]]) -> str:
    """All that articles say, as one text."""
    return json.dumps(articles, ensure_ascii=False)
