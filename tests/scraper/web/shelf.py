"""A store in a file with a few sources, articles, editions and failures, for the tests of its pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cleaners import Article, Photo
from scraper.errors import BadStatus
from scraper.fetch.answers import Page
from scraper.store.protocol import Arrival, Tally, Waiting
from scraper.store.sqlite import SqliteStore
from tests.scraper.store.shelved import article, cleaned, remember

PAGE = b"<!DOCTYPE html><title>Dam</title><p>The harbour authority approved a plan for the old dam.</p>"


class Shelf:
    """A store that is filled by hand."""

    def __init__(self, path: Path) -> None:
        self.path, self.time = path, datetime.now(UTC) - timedelta(days=20)
        self.store = SqliteStore(path, clock=lambda: self.time)

    def run(self, source: str, *, failures: Sequence[str] = ()) -> None:
        """Let a run look at a source, in which these addresses fail."""
        run = self.store.runs.begin()
        self.store.runs.begin_source(run, source)
        for url in failures:
            remember(self.store, source, url)
            waiting: Waiting
            [waiting] = self.store.addresses.claim(source, 1)
            self.store.addresses.fail(run, waiting, BadStatus(url, 404))
        self.store.runs.end_source(run, source, Tally(new=1, failed=len(failures)))
        self.store.runs.end(run, "done")

    def keep(self, source: str, url: str, made: Article, body: bytes = PAGE) -> int:
        """Keep an article, or another edition of one, with the page that it was made from; return its number."""
        self.time += timedelta(hours=7)
        remember(self.store, source, url)
        claimed = self.store.addresses.claim(source, 1)
        if not claimed:
            self.store.addresses.recheck(source, timedelta(days=9999))
            claimed = [one for one in self.store.addresses.claim(source, 100) if one.url == url]
        page = Page(url, url, 200, {"content-type": "text/html; charset=utf-8"}, body)
        [kept] = self.store.articles.keep([Arrival(claimed[0], page, cleaned(made, body))])
        assert kept.id is not None
        return kept.id


def fill(path: Path) -> None:
    """Fill a store: two sources, 60 articles, one of two editions, one in Arabic."""
    shelf = Shelf(path)
    shelf.run("harbour", failures=["https://example.org/news/gone"])
    shelf.run("river")
    photo = Photo(
        "The dam", "Mara Lindqvist/AFP", "Mara Lindqvist", "AFP", printed=("The dam. Mara Lindqvist/AFP",)
    )
    dam = "https://example.org/news/dam"
    shelf.keep("harbour", dam, article(removed=["Get the app", "Subscribe"], photos=[photo]))
    shelf.keep(
        "harbour", dam, article("The harbour authority rejected a plan for the old dam.", "It rained.")
    )
    arabic = article("هطل المطر في كييف يوم الخميس.", title="مطر في كييف")._replace(language="ar")
    shelf.keep("river", "https://example.net/ar/1", arabic)
    for number in range(57):
        name = ("harbour", "river")[number % 2]
        made = article(f"The river rose by {number} metres.", title=f"Flood {number}", removed=["Home"] * 3)
        shelf.keep(name, f"https://example.{'org' if name == 'harbour' else 'net'}/flood/{number}", made)
    shelf.store.close()
