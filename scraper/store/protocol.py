"""What every store can do, whatever its database: values of the trade go in and come out.

All that a method writes is written whole or not at all, and every method raises StoreError when the store cannot be
read or written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from cleaners.article import Article
from scraper.discover.look import Discovery, Validator
from scraper.errors import FetchError
from scraper.fetch.answers import Page
from scraper.fetch.politeness import KnownHosts
from scraper.worker import Cleaned


@dataclass(frozen=True, slots=True)
class Waiting:
    """An address to be fetched; `etag` and `last_modified` are of the page kept before, if there is one."""

    key: str
    url: str
    source: str
    tries: int
    etag: str | None = None
    last_modified: str | None = None


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


@dataclass(slots=True)
class Tally:
    """What a run did for one source; `troubled` says that a feed, sitemap or section could not be read."""

    found: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    troubled: bool = False

    @property
    def ok(self) -> bool:
        """Whether the source works: all it names could be read, and not every article failed."""
        return not self.troubled and not (self.failed and not (self.new or self.changed or self.unchanged))

    def count(self, change: Change) -> None:
        """Count what an arrival meant; a second address of an article changes nothing."""
        name = "unchanged" if change is Change.DUPLICATE else change.value
        setattr(self, name, getattr(self, name) + 1)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something failed in the last run or is still to be had, at how many addresses, and one of them."""

    cause: str
    times: int
    url: str
    detail: str


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """How a source is doing: `state` is ok, failing, running, unfinished, stopped or never.

    `new`, `changed` and `failed` are of its last run, `today` are recent articles, `waiting` are addresses still to
    be fetched, `given_up` those that will not be; `next_try` is when the first of what failed is tried again.
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
    failures: tuple[Failure, ...] = ()


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

    def settled(self) -> set[str]:
        """Return the keys of all addresses that do not wait: kept, or given up."""

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
        self, *, since: datetime | None = None, source: str | None = None, most: int | None = None
    ) -> list[Entry]:
        """Return the articles, newest first."""

    def search(self, words: str, *, most: int = 20) -> list[Entry]:
        """Return the articles that have all the words, best first; "quoted words" stand together."""

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

        Addresses stay known for as long as a feed names them, so nothing that was taken out is fetched again.
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
        """Open a run's history and free what a killed run left; only for the holder of the lock."""

    def end(self, run: int, outcome: str) -> None:
        """Close a run's history; `outcome` is done, failures or stopped."""

    def begin_source(self, run: int, source: str) -> None:
        """Note that the run looks at the source."""

    def end_source(self, run: int, source: str, tally: Tally, *, stopped: bool = False) -> None:
        """Note how the source fared; a run that was told to stop cannot say that a source works."""

    def note_failure(self, run: int, source: str, error: FetchError) -> None:
        """Write a failure into the run's history."""

    def statuses(self, day_ago: datetime) -> list[SourceStatus]:
        """Return the status of every source the store has heard of, by name; today begins at `day_ago`."""

    def known_hosts(self) -> KnownHosts:
        """Return what the client knew of hosts when the last run ended."""

    def keep_known_hosts(self, known: KnownHosts) -> None:
        """Replace what is known of hosts in trouble, and add to what is known of robots.txt."""


class Store(AbstractContextManager["Store"], Protocol):
    """An open store; leaving it as a context manager closes it."""

    addresses: Addresses
    articles: Articles
    lines: Lines
    runs: Runs

    def sole_run(self) -> AbstractContextManager[object]:
        """Return the lock of a run: one at a time, free again however its process ends. Entering raises LockHeld."""

    def compact(self) -> None:
        """Shrink the store to what it holds; needs as much free space, and a moment without writers."""

    def close(self) -> None:
        """Close the store; what was written stays."""
