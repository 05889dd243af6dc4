"""Fetches wire articles, politely and unattended, and keeps them; `cleaners` does the cleaning.

    async with Scraper(db="wire.db", contact="desk@example.org") as scraper:
        async for article in scraper.run(load_sources("sources.toml")):
            print(article.title)

    article = await fetch("https://example.org/news/1")

Everything is imported when it is first used: `import scraper` alone costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaners.article import Article
    from scraper.errors import FetchError, ScrapeError, SourcesError
    from scraper.session import Scraper
    from scraper.sources import Source, load_sources

__all__ = ["FetchError", "ScrapeError", "Scraper", "Source", "SourcesError", "fetch", "load_sources"]

_HOMES = {
    "FetchError": "scraper.errors",
    "ScrapeError": "scraper.errors",
    "Scraper": "scraper.session",
    "Source": "scraper.sources",
    "SourcesError": "scraper.errors",
    "load_sources": "scraper.sources",
}


async def fetch(url: str) -> Article:
    """Return the article at one address; nothing is kept. Raises a `FetchError` that says why there is none.

    For more than one address use `Scraper`: it keeps its connections, its pace and what robots.txt said.
    """
    from scraper.session import Scraper  # the client is for who scrapes

    async with Scraper() as scraper:
        return await scraper.fetch(url)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
