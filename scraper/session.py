"""`Scraper`: the fetcher for Python programs, and the fetching of one address for `clean https://…`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

from cleaners.options import Options, Rules
from scraper.addresses import host_of, origin_of, split_login
from scraper.cleaning import CleaningPool
from scraper.errors import FetchError
from scraper.fetch.answers import Page
from scraper.fetch.client import Client, Limits, user_agent
from scraper.refusal import refuse
from scraper.run import Event, Plan, Run
from scraper.sources import Source
from scraper.store import open_store
from scraper.store.protocol import Store
from scraper.worker import judge

if TYPE_CHECKING:
    from cleaners.article import Article


class Scraper:
    """Fetches articles, politely, and keeps them; use as an async context manager.

    `db` is the store's file, or the address of a PostgreSQL that several machines share; it is made when a run first
    needs it. `contact` is an address or page that the user agent names, for the sites' operators. `pace=False` is for
    tests on machines of your own. `rules` are your own, as `cleaners.load_rules` reads them.

        async with Scraper(db="wire.db", contact="news@example.org") as scraper:
            async for article in scraper.run(load_sources("sources.toml")):
                print(article.title)
    """

    def __init__(
        self,
        db: Path | str = "wire.db",
        *,
        contact: str | None = None,
        pace: bool = True,
        limits: Limits | None = None,
        workers: int | None = None,
        rules: Rules | None = None,
    ) -> None:
        self.db = db
        self._contact, self._pace, self._limits, self._workers = contact, pace, limits, workers
        self._rules = rules
        self._run: Run | None = None
        self._stopped = False
        self._begun: list[AsyncGenerator[Article, None]] = []

    def run(
        self,
        sources: Sequence[Source],
        *,
        most: int | None = None,
        time: timedelta | None = None,
        recheck: timedelta | None = None,
        forgive: bool = False,
        all_due: bool = False,
        tell: Callable[[Event], None] = lambda event: None,
    ) -> AsyncIterator[Article]:
        """Look at all sources and fetch what is new; yields each new or changed article when it is safely kept.

        At most `most` articles are fetched, shared out among the sources, and nothing is begun after `time`; what is
        left is for the next run. Sources wait for their interval to be over, unless with `all_due`. Articles kept
        within `recheck` are asked for again, on condition that they changed, and with `forgive` the addresses that
        were given up. `tell` hears of everything that happens.
        What fails is not raised but told, and noted in the store. Raises LockHeld when another run has the store,
        and StoreError when it cannot be written.
        """
        articles = self._articles(sources, Plan(most, time, recheck, forgive, all_due, tell, self._rules))
        self._begun.append(articles)
        return articles

    async def _articles(self, sources: Sequence[Source], plan: Plan) -> AsyncGenerator[Article, None]:
        with open_store(self.db) as store, store.sole_run():
            client = self._client(store)
            async with client, CleaningPool(self._workers) as pool:
                self._run = Run(store, client, pool, sources, plan)
                if self._stopped:
                    self._run.stop()
                async with aclosing(self._run.articles()) as kept:
                    async for shelved in kept:
                        assert shelved.arrival.cleaned is not None
                        yield shelved.arrival.cleaned.article

    def stop(self) -> None:
        """End the run: nothing new is begun, what is in flight is finished and kept."""
        self._stopped = True
        if self._run is not None:
            self._run.stop()

    @property
    def ok(self) -> bool:
        """Whether in the last run every source worked."""
        return self._run is None or self._run.ok

    async def fetch(self, url: str, *, respect_robots: bool = True) -> Article:
        """Return the article at one address, which is not kept. Raises a FetchError that says why there is none."""
        async with self._client(None) as client:
            page = await fetch_page(url, client, respect_robots=respect_robots)
        options = Options(url=page.url, charset=page.charset, rules=self._rules)
        cleaned = await asyncio.to_thread(judge, page.body, options)
        refuse(url, cleaned.refusals, respect_wishes=False)  # somebody asked for this very page
        return cleaned.article

    def _client(self, store: Store | None) -> Client:
        return Client(
            user_agent=user_agent(self._contact),
            limits=self._limits,
            pace=self._pace,
            known=store.runs.known_hosts() if store else None,
            shared=store.pace if store else None,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """End a run whose loop was left early: what was kept stays, what was in flight is for the next run."""
        for articles in self._begun:
            await articles.aclose()


async def fetch_page(url: str, client: Client, *, respect_robots: bool = True) -> Page:
    """Return the page at an address that somebody typed, who thereby allows its host even on a private network."""
    url, login = split_login(url)
    source = Source(
        name=host_of(url),
        sections=(url,),  # the one host that a login is for
        delay=0.0,
        allow_hosts=(host_of(url),),
        respect_robots=respect_robots,
        logins={origin_of(url): login} if login else {},
    )
    return await client.fetch(url, source)


def fetch_address(url: str) -> tuple[bytes, str]:
    """Return the content at an address and the address it was found at: what `clean https://…` calls.

    robots.txt is for programs that visit by themselves, so it is not asked here. Raises `cleaners.FetchFailed`.
    """
    from cleaners.errors import FetchFailed  # for who fetches one address

    async def fetch() -> Page:
        async with Client(user_agent=user_agent()) as client:
            return await fetch_page(url, client, respect_robots=False)

    try:
        page = asyncio.run(fetch())
    except FetchError as error:
        raise FetchFailed(f"{error.cause}: {error.detail}" if error.detail else error.cause) from error
    return page.body, page.url
