"""robots.txt, per RFC 9309: its groups chosen here, its paths matched by Protego, remembered for a day.

Protego finds an agent's name anywhere in the whole user agent, and a group's lines end for it at any line that it does
not know; the standard compares product tokens, and passes over such lines. So it is given our own group alone.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scraper.errors import BadRedirect, BadStatus, FetchError, RedirectLoop, RobotsForbid, RobotsUnreachable
from scraper.times import latest

if TYPE_CHECKING:
    from protego import Protego

#: Bytes of a robots.txt that are read (RFC 9309 section 2.5); what follows is ignored.
READ_LIMIT = 500 << 10

#: Seconds for which an answer is used again (RFC 9309 section 2.4).
KEEP = 24 * 3600.0

#: Seconds for which a site whose robots.txt cannot be had stays forbidden before it is asked again.
KEEP_FAILURE = 600.0

#: Seconds for which an old answer still holds while the site gives no new one (section 2.4 leaves the number open; it
#: is Google's).
KEEP_UNREACHABLE = 30 * KEEP

#: The longest Crawl-delay in seconds that is obeyed; a longer one would let a run never end.
LONGEST_DELAY = 60.0

#: What a user agent, ours or a group's, is compared by (section 2.2.1).
_TOKEN = re.compile(r"[A-Za-z_-]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
#: Names of lines, with those that are often meant by others.
_AGENT_LINES = {"user-agent", "useragent", "user agent"}
_RULE_LINES = {"allow": "Allow", "disallow": "Disallow"} | dict.fromkeys(
    ("dissallow", "dissalow", "disalow", "diasllow", "disallaw"), "Disallow"
)
_DELAY_LINES = {"crawl-delay", "crawl delay"}
_SITEMAP_LINES = {"sitemap", "sitemaps", "site-map"}
#: What a site's pages may be used for (contentsignals.org): "search=yes, ai-train=no".
_SIGNAL_LINES = {"content-signal", "content-signals"}
_SIGNAL = "Content-Signal:"


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
    signals: tuple[str, ...] = ()

    @property
    def denied(self) -> list[str]:
        """The uses of its pages that its Content-Signal lines say no to: "ai-train", "search" …"""
        said = (part.partition("=") for line in self.signals for part in line.split(","))
        told = {use.strip().lower(): answer.strip().lower() for use, _, answer in said}
        return [use for use, answer in told.items() if answer == "no"]

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The addresses of its Sitemap lines."""
        return tuple(self.parsed.sitemaps) if self.parsed else ()

    def delay(self) -> float:
        """Return the Crawl-delay for us, 0.0 if none, at most `LONGEST_DELAY`."""
        found = self.parsed.crawl_delay("*") if self.parsed else None
        return min(float(found or 0.0), LONGEST_DELAY)

    def check(self, url: str) -> None:
        """Raise `RobotsForbid` or `RobotsUnreachable` unless we may fetch `url`."""
        if self.record.status >= 500:
            raise RobotsUnreachable(url, f"robots.txt answers {self.record.status}: all forbidden for now")
        if self.parsed is not None and not self.parsed.can_fetch(url, "*"):
            raise RobotsForbid(url, "robots.txt forbids it")


def read_robots(record: RobotsRecord, agent: str) -> Rules:
    """Return the rules of a record for a user agent. A 4xx allows all, a 5xx forbids all (RFC 9309 section 2.3.1).

    >>> text = "User-agent: *\\nDisallow: /p\\nCrawl-delay: 3"
    >>> rules = read_robots(RobotsRecord("http://a.test", 200, text, 0.0), "wireclean/1.0")
    >>> rules.delay()
    3.0
    >>> rules.check("http://a.test/p/1")
    Traceback (most recent call last):
        ...
    scraper.errors.RobotsForbid: robots: http://a.test/p/1 (robots.txt forbids it)
    """
    if record.status != 200:
        return Rules(record, None)
    from protego import Protego  # for sites that have one

    lines = lines_for(agent, record.text)
    signals = tuple(line.removeprefix(_SIGNAL) for line in lines if line.startswith(_SIGNAL))
    return Rules(
        record, Protego.parse("\n".join(line for line in lines if not line.startswith(_SIGNAL))), signals
    )


def lines_for(agent: str, text: str) -> list[str]:
    """Return the lines of a robots.txt that are for a user agent, as the one group of all: "*".

    These are those of all groups that name its product token, or else of those for everyone (section 2.2.1). Lines
    that the standard does not know end no group (section 2.2.4); a Crawl-delay is for the agents just above it.

    >>> lines_for("wireclean/1.0 (+x)", "User-agent: Wireclean/2\\nFoo: 1\\nDisallow: /a\\nUser-agent: *")
    ['User-agent: *', 'Disallow: /a']
    """
    token = product_token(agent)
    groups: dict[str, list[str]] = {token: [], "*": []}
    named: set[str] = set()
    group: list[str] = []
    above: list[str] = []
    sitemaps = []
    rules_begun = signalled = False
    everybody = speakers = [*groups]  # whom a Content-Signal is for: above all groups it is for everybody
    for line in _LINE_END.split(text):
        name, value = _parts(line)
        if name in _AGENT_LINES:
            if rules_begun or signalled or speakers is everybody:
                speakers, signalled = [], False
            if rules_begun:
                group, above, rules_begun = [], [], False
            if (for_whom := _for_whom(value, token)) is not None:
                group.append(for_whom)
                above.append(for_whom)
                speakers.append(for_whom)
                named.add(for_whom)
        elif name in _RULE_LINES:
            rules_begun = True
            for whom in dict.fromkeys(group):
                groups[whom].append(f"{_RULE_LINES[name]}: {value}")
        elif name in _DELAY_LINES:
            for whom in dict.fromkeys(group if rules_begun else above):
                groups[whom].append(f"Crawl-delay: {value}")
            above = []
        elif name in _SIGNAL_LINES:
            signalled = True
            for whom in dict.fromkeys(speakers):
                groups[whom].append(f"{_SIGNAL} {value}")
        elif name in _SITEMAP_LINES:
            sitemaps.append(f"Sitemap: {value}")
    return ["User-agent: *", *groups[token if token in named else "*"], *sitemaps]


def product_token(agent: str) -> str:
    """Return what a user agent is known by in robots.txt.

    >>> product_token("Wireclean/1.2 (+desk@example.org)")
    'wireclean'
    """
    found = _TOKEN.match(agent.strip())
    return found[0].lower() if found else ""


def _for_whom(value: str, token: str) -> str | None:
    """Return whom a User-agent line is for: our token, everyone, or nobody that matters here."""
    if value == "*" or value[:2] == "* ":
        return "*"
    return token if product_token(value) == token else None


def _parts(line: str) -> tuple[str, str]:
    """Return name and value of a line; the colon may be missing, as it often is."""
    line = line.partition("#")[0].strip()
    name, colon, value = line.partition(":")
    if not colon:
        name, _, value = line.partition(" ")
    return " ".join(name.split()).lower(), value.strip()


#: Fetches a robots.txt: its status and body. Raises `FetchError` when there is no answer.
Ask = Callable[[str], Awaitable[tuple[int, bytes]]]


class RobotsCache:
    """The robots.txt of every site asked for, each read once; `agent` is who asks.

    `path` is another file for robots that a site has one of; its records have it behind their origin.
    """

    def __init__(
        self,
        agent: str,
        records: Iterable[RobotsRecord] = (),
        *,
        path: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._agent, self._path, self._clock = agent, path, clock
        self._known = {
            record.origin: read_robots(record, agent)
            for record in records
            if self._is_young(record, KEEP_UNREACHABLE if record.status < 500 else KEEP_FAILURE)
        }
        self._unreachable_until: dict[str, float] = {}
        self._reading: dict[str, asyncio.Lock] = {}

    def _is_young(self, record: RobotsRecord, seconds: float) -> bool:
        now = self._clock()
        can_be = record.fetched <= latest(datetime.fromtimestamp(now, UTC)).timestamp()
        return can_be and now - record.fetched < seconds

    def _fresh(self, record: RobotsRecord) -> bool:
        if self._unreachable_until.get(record.origin, 0.0) > self._clock():
            return True
        return self._is_young(record, KEEP if record.status < 500 else KEEP_FAILURE)

    async def rules(self, origin: str, ask: Ask) -> Rules:
        """Return the rules of a site, asked for through `ask` if not known. Raises `FetchError`."""
        origin += self._path
        known = self._known.get(origin)
        if known is not None and self._fresh(known.record):
            return known
        lock = self._reading.setdefault(origin, asyncio.Lock())
        async with lock:
            known = self._known.get(origin)
            if known is None or not self._fresh(known.record):
                known = self._known[origin] = await self._read(origin, ask, known)
        self._reading.pop(origin, None)
        return known

    async def _read(self, origin: str, ask: Ask, before: Rules | None) -> Rules:
        """Return what a site says now, or what it said before while it says nothing (section 2.4)."""
        stands = before is not None and before.record.status < 500
        try:
            record = await self._ask(origin, ask)
        except FetchError:
            if not stands:
                raise
            record = RobotsRecord(origin, 503, "", self._clock())
        if stands and record.status >= 500:
            assert before is not None
            self._unreachable_until[origin] = self._clock() + KEEP_FAILURE
            return before
        return read_robots(record, self._agent)

    async def _ask(self, origin: str, ask: Ask) -> RobotsRecord:
        try:
            status, body = await ask(origin if self._path else f"{origin}/robots.txt")
        except BadStatus as error:
            # 429 is a server that wants to be left alone, not one without rules
            status, body = (503 if error.status == 429 else error.status), b""
        except (RedirectLoop, BadRedirect):
            # RFC 9309 section 2.3.1.2: too many redirects are as good as no file
            status, body = 404, b""
        text = body[:READ_LIMIT].decode("utf-8-sig", "replace") if status == 200 else ""
        if len(body) >= READ_LIMIT:  # what is left of a line is no rule
            text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
        return RobotsRecord(origin, status, text, self._clock())

    def export(self) -> list[RobotsRecord]:
        """Return the records still fresh, for the next run's `RobotsCache(agent, records)`."""
        return [rules.record for rules in self._known.values() if self._fresh(rules.record)]
