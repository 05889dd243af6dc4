"""robots.txt, per RFC 9309: read with Protego, remembered for a day."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.errors import BadRedirect, BadStatus, RedirectLoop, RobotsForbid, RobotsUnreachable

if TYPE_CHECKING:
    from protego import Protego

#: Bytes of a robots.txt that are read (RFC 9309 section 2.5); what follows is ignored.
READ_LIMIT = 500 << 10

#: Seconds for which an answer is used again (RFC 9309 section 2.4).
KEEP = 24 * 3600.0

#: Seconds for which a site whose robots.txt cannot be had stays forbidden before it is asked again.
KEEP_FAILURE = 600.0

#: The longest Crawl-delay in seconds that is obeyed; a longer one would let a run never end.
LONGEST_DELAY = 60.0


@dataclass(frozen=True, slots=True)
class RobotsRecord:
    """One site's robots.txt as it was read; what a store keeps so that the next run need not ask again.

    `origin` is `https://example.org`, `status` the answer's status, `fetched` seconds since the epoch.
    """

    origin: str
    status: int
    text: str
    fetched: float


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site's robots.txt says: the record, and its parsed rules if it has any."""

    record: RobotsRecord
    parsed: Protego | None

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The addresses of its Sitemap lines."""
        return tuple(self.parsed.sitemaps) if self.parsed else ()

    def delay(self, agent: str) -> float:
        """Return the Crawl-delay for us, 0.0 if none, at most `LONGEST_DELAY`."""
        found = self.parsed.crawl_delay(agent) if self.parsed else None
        return min(float(found or 0.0), LONGEST_DELAY)

    def check(self, url: str, agent: str) -> None:
        """Raise `RobotsForbid` or `RobotsUnreachable` unless `agent` may fetch `url`."""
        if self.record.status >= 500:
            raise RobotsUnreachable(url, f"robots.txt answers {self.record.status}: all forbidden for now")
        if self.parsed is not None and not self.parsed.can_fetch(url, agent):
            raise RobotsForbid(url, "robots.txt forbids it")


def read_robots(record: RobotsRecord) -> Rules:
    """Return the rules of a record. A 4xx allows all, a 5xx forbids all (RFC 9309 section 2.3.1).

    >>> rules = read_robots(RobotsRecord("http://a.test", 200, "User-agent: *\\nDisallow: /p\\nCrawl-delay: 3", 0.0))
    >>> rules.delay("wireclean")
    3.0
    >>> rules.check("http://a.test/p/1", "wireclean")
    Traceback (most recent call last):
        ...
    scraper.errors.RobotsForbid: robots: http://a.test/p/1 (robots.txt forbids it)
    """
    if record.status != 200:
        return Rules(record, None)
    from protego import Protego  # for sites that have one

    return Rules(record, Protego.parse(record.text))


#: Fetches a robots.txt: its status and body. Raises `FetchError` when there is no answer.
Ask = Callable[[str], Awaitable[tuple[int, bytes]]]


class RobotsCache:
    """The robots.txt of every site asked for, each read once."""

    def __init__(
        self, records: Iterable[RobotsRecord] = (), *, clock: Callable[[], float] = time.time
    ) -> None:
        self._clock = clock
        self._known = {record.origin: read_robots(record) for record in records if self._fresh(record)}
        self._reading: dict[str, asyncio.Lock] = {}

    def _fresh(self, record: RobotsRecord) -> bool:
        age = self._clock() - record.fetched
        return 0 <= age < (KEEP if record.status < 500 else KEEP_FAILURE)

    async def rules(self, origin: str, ask: Ask) -> Rules:
        """Return the rules of a site, asked for through `ask` if not known. Raises `FetchError`."""
        known = self._known.get(origin)
        if known is not None and self._fresh(known.record):
            return known
        lock = self._reading.setdefault(origin, asyncio.Lock())
        async with lock:
            known = self._known.get(origin)
            if known is None or not self._fresh(known.record):
                known = self._known[origin] = read_robots(await self._read(origin, ask))
        self._reading.pop(origin, None)
        return known

    async def _read(self, origin: str, ask: Ask) -> RobotsRecord:
        try:
            status, body = await ask(f"{origin}/robots.txt")
        except BadStatus as error:
            # 429 is a server that wants to be left alone, not one without rules
            status, body = (503 if error.status == 429 else error.status), b""
        except (RedirectLoop, BadRedirect):
            # RFC 9309 section 2.3.1.2: too many redirects are as good as no file
            status, body = 404, b""
        text = body[:READ_LIMIT].decode("utf-8-sig", "replace") if status == 200 else ""
        return RobotsRecord(origin, status, text, self._clock())

    def export(self) -> list[RobotsRecord]:
        """Return the records still fresh, for the next run's `RobotsCache(records)`."""
        return [rules.record for rules in self._known.values() if self._fresh(rules.record)]
