"""sources.toml: what to fetch, from where, how politely."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of the file. Patterns are regular expressions, searched for in the whole address.

    `headers` are sent to the hosts of the source's own feeds, sitemaps and sections only. `allow_hosts` are the
    hosts (`"intranet.example.org"` or, for one port, `"127.0.0.1:8080"`) that may be fetched though their address
    is private.
    """

    name: str
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    link_pattern: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    language: str | None = None
    delay: float = 1.0
    concurrency: int = 2
    headers: Mapping[str, str] = field(default_factory=dict)
    max_age: timedelta | None = None
    allow_hosts: tuple[str, ...] = ()
    respect_robots: bool = True


def load_sources(path: Path | str) -> list[Source]:
    """The sources of the file. `SourcesError` names the file, the line and the key of a mistake."""
    raise NotImplementedError


def load_contact(path: Path | str) -> str | None:
    """The file's top-level `contact`: the address or page that the user agent names; None when there is none."""
    raise NotImplementedError


def starter_file() -> str:
    """The commented text of a first sources.toml; it loads."""
    raise NotImplementedError


def append_source(path: Path | str, source_entry: Source) -> None:
    """Write the source at the end of the file (made if missing). `SourcesError` when its name is taken."""
    raise NotImplementedError
