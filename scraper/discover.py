"""From a source to the addresses of its articles: feeds, sitemaps, section pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scraper.client import Client
from scraper.errors import FetchError
from scraper.sources import Source


@dataclass(frozen=True, slots=True)
class Found:
    """An article's address as a feed, sitemap or section names it; `key` is the same for all its spellings."""

    url: str
    key: str
    title: str | None
    published: datetime | None
    source: str


@dataclass(frozen=True, slots=True)
class Validator:
    """What a server gave to ask "changed since?" with."""

    etag: str | None = None
    last_modified: str | None = None


Validators = Mapping[str, Validator]
"""Validators by feed, sitemap or section address."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What one look at a source gave.

    `validators` are to be stored and given back next time, **after** `found` is safely stored; `failures` are by
    address; `moved` maps an address of the file to where it has moved for good; `unchanged` are the addresses that
    answered 304.
    """

    found: tuple[Found, ...] = ()
    validators: Mapping[str, Validator] = field(default_factory=dict)
    failures: Mapping[str, FetchError] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    unchanged: tuple[str, ...] = ()


async def discover(source: Source, client: Client, seen: Validators) -> Discovery:
    """The articles that the source names now, each once, newest first where dates are known."""
    raise NotImplementedError


async def find_feeds(client: Client, site_url: str) -> Source:
    """The entry for `scrape add`. Raises `FetchError` when the site cannot be read or names no feed or sitemap."""
    raise NotImplementedError
