"""What every store can do, whatever its database: values of the trade go in and come out.

All that a method writes is written whole or not at all, and every method raises StoreError when the store cannot be
read or written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:  # who only looks into a store needs no network
    from cleaners.article import Article
    from scraper.discover.look import Discovery, Found, Validator
    from scraper.errors import FetchError
    from scraper.fetch.answers import Page
    from scraper.fetch.politeness import KnownHosts
    from scraper.worker import Cleaned


@dataclass(frozen=True, slots=True)
class Waiting:
    """An address to be fetched; `etag` and `last_modified` are of the page kept before, if there is one.

    `title` is what the list that named it calls it.
    """

    key: str
    url: str
    source: str
    tries: int
    etag: str | None = None
    last_modified: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """An address that was fetched; `cleaned` is None when its page had not changed (304)."""

    waiting: Waiting
    page: Page
    cleaned: Cleaned | None


class Change(StrEnum):
    """What an arrival meant for the store."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Shelved:
    """What became of an arrival: its article's id in the store (None for a 304 of nothing), and what changed."""

    id: int | None
    change: Change
    arrival: Arrival


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a list.

    `fetched` is when its newest version came in, `published` as the article prints it, `excerpt` only there where
    words were searched.
    """

    id: int
    fetched: datetime
    published: str | None
    source: str
    title: str | None
    url: str
    language: str | None
    agency: str | None
    words: int
    versions: int
    excerpt: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """One version of an article."""

    entry: Entry
    version: int
    article: Article


@dataclass(frozen=True, slots=True)
class Pruned:
    """How much was (or, dry, would be) taken out."""

    articles: int
    pages: int
    page_bytes: int


#: So many pages of a source fail at least before it is the source that fails.
FEWEST_FAILED = 3


@dataclass(slots=True)
class Tally:
    """What a run did for one source; `troubled` says that a feed, sitemap or section could not be read.

    `alone` is how many of what `failed` were no pages for a cause of their own (`FetchError.alone`), `waits` that a
    list is not to be asked for yet (`FetchError.asked`).
    """

    found: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    alone: int = 0
    troubled: bool = False
    waits: bool = False

    @property
    def ok(self) -> bool:
        """Whether the source works: all its lists could be read, and most of its pages came.

        Single addresses fail alone: a dead link or a film in a feed says nothing of its source, however many there are.
        """
        good, bad = self.new + self.changed + self.unchanged, self.failed - self.alone
        return not self.troubled and (bad < FEWEST_FAILED or bad <= good)

    def count(self, change: Change) -> None:
        """Count what an arrival meant; a second address of an article changes nothing."""
        name = "unchanged" if change is Change.DUPLICATE else change.value
        setattr(self, name, getattr(self, name) + 1)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something failed, the last of `times` such failures; `trace` is where in this program, if it is its fault."""

    id: int
    source: str
    at: datetime
    cause: str
    url: str
    detail: str
    times: int = 1
    trace: str | None = None


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """How a source is doing: `state` is ok, failing, waiting, running, unfinished, died, stopped or never.

    `new`, `changed` and `failed` are of its last run, `today` are recent articles, `waiting` are addresses still to
    be fetched, `given_up` those that will not be; `next_try` is when the first of what failed is tried again.
    `failing` is in how many runs in a row the source has failed.
    """

    source: str
    state: str = "never"
    last_run: datetime | None = None
    last_success: datetime | None = None
    new: int = 0
    changed: int = 0
    failed: int = 0
    today: int = 0
    articles: int = 0
    waiting: int = 0
    given_up: int = 0
    next_try: datetime | None = None
    failing: int = 0
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """What came in of a source on one day (UTC): new articles, their lines, lines taken away, photos with captions."""

    source: str
    day: date
    articles: int = 0
    lines: int = 0
    removed: int = 0
    captions: int = 0


@dataclass(frozen=True, slots=True)
class Examined:
    """How the store itself is: what it holds, by name (`bytes` is its size on the disk), and what is wrong with it."""

    holds: dict[str, int]
    problems: tuple[str, ...] = ()


class Addresses(Protocol):
    """The addresses that wait to be fetched: what was found, what a killed run left, what is to be tried again.

    An address's tries are counted *before* its request goes out. A run that is killed thereby leaves a note: its
    addresses in flight wait behind those never tried, and one that was in flight at `policy.MOST_TRIES` deaths, and
    so is perhaps their cause, is given up.
    """

    def remember(self, source: str, look: Discovery) -> int:
        """Take in what one look at a source gave; return the number of addresses new to the store.

        An address fetched before waits again when its feed says that it changed since, while it is news, and longer
        each time: some sitemaps give each page the time of day.
        """

    def validators(self, source: str) -> dict[str, Validator]:
        """Return what the source's feeds, sitemaps and sections answered last."""

    def moved(self) -> dict[str, str]:
        """Return the feeds and sitemaps whose servers said that they moved for good, and where to."""

    def unsettled(self, found: Iterable[Found]) -> list[Found]:
        """Return those of what was found that are still to be fetched: not kept, not given up, not taken out."""

    def recheck(self, source: str, since: timedelta) -> int:
        """Let the source's articles that were kept within `since` wait again; return how many."""

    def forgive(self, source: str) -> int:
        """Let the source's addresses that were given up wait again; return how many."""

    def claim(self, source: str, most: int) -> list[Waiting]:
        """Return up to `most` of the source's waiting addresses, their tries counted, each to one caller only.

        Those never tried come first, then the newest.
        """

    def release(self, addresses: Iterable[Waiting]) -> None:
        """Give back addresses that were claimed but never asked for: a run was told to stop."""

    def put_off(self, address: Waiting, error: FetchError) -> None:
        """Put an address off until its host is asked again; this was no try of the address."""

    def fail(self, run: int, address: Waiting, error: FetchError) -> None:
        """Note a failed try, in the run's history too: with its next try when that may help, else as the last."""


class Articles(Protocol):
    """Pages and articles: a page and its article go in together, one article once, every version kept."""

    def keep(self, arrivals: Sequence[Arrival]) -> list[Shelved]:
        """Keep all arrivals, and count their lines; after it none is fetched again unless it changes."""

    def entries(
        self,
        *,
        since: datetime | None = None,
        source: str | None = None,
        before: tuple[datetime, int] | None = None,
        most: int | None = None,
    ) -> list[Entry]:
        """Return the articles, newest first; `before` is the time and the number of one, to go on behind it."""

    def search(self, words: str, *, most: int = 20) -> list[Entry]:
        """Return the articles that have all the words, best first; "quoted words" stand together.

        Raises TooManyWords.
        """

    def get(self, article_id: int, version: int | None = None) -> Kept | None:
        """Return an article in its newest or the given version; None when there is none."""

    def page(self, kept: Kept) -> Page:
        """Return the page that an article was made from. Raises StoreError when it was pruned."""

    def each(
        self, *, since: datetime | None = None, source: str | None = None
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield each article's id and its newest version as `Article.to_dict` gives it, oldest first."""

    def replace(self, again: Iterable[tuple[Kept, Cleaned]]) -> None:
        """Put newly cleaned articles in place of what was kept, but for those that changed meanwhile."""

    def prune(self, older: datetime, *, pages_only: bool = False, dry: bool = False) -> Pruned:
        """Take out the articles last fetched before `older`; with `pages_only` keep them without their pages.

        Nothing that was taken out is fetched again, whenever a feed names it.
        """


class Lines(Protocol):
    """What a site repeats: each line is counted over the site's articles."""

    def count(self, site: str, article: Article) -> None:
        """Count the lines of one more article of the site."""

    def repeated(self, site: str) -> dict[str, int]:
        """Return the site's lines that are said often enough, with the number of articles that print them.

        They are normalised; this is what `clean_html(..., repeated=...)` takes.
        """


class Runs(Protocol):
    """Runs and how each source fared in them, and what the client remembers of hosts between runs."""

    def begin(self) -> int:
        """Open a run's history and free what killed runs left; only for a holder of the lock."""

    def end(self, run: int, outcome: str) -> None:
        """Close a run's history; `outcome` is done, failures, stopped or broken."""

    def begin_source(self, run: int, source: str) -> bool:
        """Note that the run looks at the source; return False when another run does, or has since this one began."""

    def end_source(self, run: int, source: str, tally: Tally, *, stopped: bool = False) -> None:
        """Note how the source fared; a run that was told to stop, or to wait, cannot say that a source works."""

    def sources_of_others(self, run: int) -> set[str]:
        """Return the sources that other runs are at work at, or have left something of in flight."""

    def note_failure(self, run: int, source: str, error: FetchError) -> None:
        """Write a failure into the run's history."""

    def failures(self, which: str | None = None, *, most: int = 20) -> list[Failure]:
        """Return the latest failures, the last first: all, or those of an address, or the one of a number.

        The address may have the user and password that it has in the file of sources.
        """

    def last_looks(self) -> dict[str, datetime]:
        """Return when each source was looked at last."""

    def days(self, since: date) -> list[Day]:
        """Return what came in of each source on each day since; what is pruned still counts."""

    def told(self) -> set[tuple[str, str]]:
        """Return what somebody was told last: of which source, and what."""

    def keep_told(self, told: Iterable[tuple[str, str]]) -> None:
        """Replace what somebody was told."""

    def statuses(self, day_ago: datetime) -> list[SourceStatus]:
        """Return the status of every source the store has heard of, by name; today begins at `day_ago`."""

    def known_hosts(self) -> KnownHosts:
        """Return what the client knew of hosts when the last run ended."""

    def keep_known_hosts(self, known: KnownHosts) -> None:
        """Replace what is known of hosts in trouble, and add to what is known of robots.txt."""


class Pace(Protocol):
    """The turns at hosts, where several workers share a store: at each host one request is under way to its answer."""

    def take(self, host: str, delay: float) -> float:
        """Take the turn at a host, and return 0.0; or return in how many seconds to ask again."""

    def answered(self, host: str, delay: float) -> None:
        """Give the turn back: the host has begun to answer, and gets no request for the delay's seconds."""

    def hold(self, host: str, seconds: float) -> None:
        """Let no worker ask the host for so long."""


class Store(AbstractContextManager["Store"], Protocol):
    """An open store; leaving it as a context manager closes it.

    `pace` is there where several runs may go on at once.
    """

    addresses: Addresses
    articles: Articles
    lines: Lines
    runs: Runs
    pace: Pace | None

    def sole_run(self) -> AbstractContextManager[object]:
        """Return the lock of a run, free again however its process ends. Entering raises LockHeld.

        One has it at a time; but everybody gets it of a store whose workers share what is to be done.
        """

    def forget(self, source: str, *, dry: bool = False) -> Pruned:
        """Take out all that is known of a source: articles, pages, addresses, runs; `dry` only tells how much."""

    def examine(self) -> Examined:
        """Return what the store holds and what is wrong with it; reads all of it."""

    def compact(self) -> None:
        """Shrink the store to what it holds; needs as much free space, and a moment without writers."""

    def close(self) -> None:
        """Close the store; what was written stays."""
