"""sources.toml: what to fetch, from where, how politely."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from cleaners.whole_file import whole_file
from scraper.addresses import join_login, origin_of, split_login
from scraper.errors import SourcesError
from scraper.times import age_text
from scraper.values import (
    Reader,
    list_of,
    matching,
    number_in,
    read_address,
    read_age,
    read_contact,
    read_headers,
    read_notify,
    read_pattern,
    read_proxy,
    read_store,
    read_switch,
    read_text,
)  # fmt: skip

#: Keys of a source that hold addresses of lists of articles; each is read by a kind of discovery.
DISCOVERY = ("feeds", "sitemaps", "sections")
#: Headers of a source that may go to any host; all others may be secrets, and stay with the hosts it names.
ANYWHERE = {"accept", "accept-language", "user-agent"}
TABLE_LINE = re.compile(r"\s*\[{1,2}\s*([A-Za-z0-9_.\s-]+?)\s*\]{1,2}\s*(?:#.*)?$")
KEY_LINE = re.compile(r"\s*\"?([A-Za-z0-9_-]+)\"?\s*[=.]")


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of the file. Patterns are regular expressions, searched for in the whole address.

    `headers` are sent to the hosts of the source's own feeds, sitemaps and sections only. `allow_hosts` are the
    hosts (`"intranet.example.org"` or, for one port, `"127.0.0.1:8080"`) that may be fetched though their address
    is private. `interval` is the time from one look at the source to the next at least, `max_per_run` how many
    articles a run fetches at most. `respect_optouts` leaves out pages whose publisher says noindex or reserves text
    and data mining.

    Users and passwords in addresses go into `logins`, as Authorization headers by origin, and to those hosts alone:
    they are in no address any more, so nothing that is stored or told of has them.

    >>> source = Source("a", feeds=("https://desk:secret@example.org/feed",))
    >>> source.feeds, source.headers_for("https://example.org/news/1")["Authorization"]
    (('https://example.org/feed',), 'Basic ZGVzazpzZWNyZXQ=')
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
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    max_age: timedelta | None = None
    allow_hosts: tuple[str, ...] = ()
    respect_robots: bool = True
    respect_optouts: bool = True
    proxy: str | None = field(default=None, repr=False)
    interval: timedelta = timedelta()
    max_per_run: int | None = None
    logins: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        logins = dict(self.logins)
        for key, urls in self.lists.items():
            parted = [split_login(url) for url in urls]
            logins |= {origin_of(url): login for url, login in parted if login is not None}
            object.__setattr__(self, key, tuple(url for url, _ in parted))
        object.__setattr__(self, "logins", logins)

    @property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """The addresses at which the source names its articles, by the key in the file."""
        return {key: getattr(self, key) for key in DISCOVERY}

    def names(self, url: str) -> bool:
        """Return whether an address is on a host that the source itself names, at least as safely as it names it.

        >>> source = Source("a", feeds=("http://example.org/feed",))
        >>> source.names("https://example.org/news/1"), source.names("http://example.com/")
        (True, False)
        """
        named = {origin_of(address) for addresses in self.lists.values() for address in addresses}
        origin = origin_of(url)
        return origin in named or (
            origin.startswith("https:") and origin.replace("https:", "http:", 1) in named
        )

    def headers_for(self, url: str) -> Mapping[str, str]:
        """Return the source's own headers, if the host is one that it names; else those that hold no secret."""
        if not self.has_secrets or self.names(url):
            origin = origin_of(url)
            login = self.logins.get(origin) or self.logins.get(origin.replace("https:", "http:", 1))
            return {"Authorization": login, **self.headers} if login else self.headers
        return {name: value for name, value in self.headers.items() if name.lower() in ANYWHERE}

    @property
    def has_secrets(self) -> bool:
        """Whether some of what it sends is for the hosts alone that it names."""
        return bool(self.headers or self.logins)


@dataclass(frozen=True, slots=True)
class Settings:
    """What sources.toml says of the whole: what stands before the sources.

    `contact` is the address or page that the user agent names. `notify` is whom
    to tell when a source begins to fail or to change: `mailto:…`, or a command; a source that worked is told of when
    it has failed `alert_after` times in a row. Articles and pages older than `keep_articles` and `keep_pages` are
    taken out. `log` is a file for a line of JSON for each event. `store` is a file, or the address of a PostgreSQL.
    """

    contact: str | None = None
    notify: str | None = None
    alert_after: int = 3
    keep_articles: timedelta | None = None
    keep_pages: timedelta | None = None
    log: str | None = None
    store: str | None = field(default=None, repr=False)  # with a password, perhaps


#: What reads the value of each key of a source.
READERS: dict[str, Reader] = {
    "name": read_text,
    **dict.fromkeys(DISCOVERY, list_of(read_address)),
    "link_pattern": read_pattern,
    "include": list_of(read_pattern),
    "exclude": list_of(read_pattern),
    "language": matching(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", 'no language code, like "en" or "pt-BR"'),
    "delay": number_in(float, 0, 3600, "number of seconds"),
    "concurrency": number_in(int, 1, 16, "whole number"),
    "headers": read_headers,
    "max_age": read_age,
    "allow_hosts": list_of(read_text),
    "respect_robots": read_switch,
    "respect_optouts": read_switch,
    "proxy": read_proxy,
    "interval": read_age,
    "max_per_run": number_in(int, 1, 1_000_000, "whole number"),
}
#: What reads each setting of the whole file.
SETTINGS: dict[str, Reader] = {
    "contact": read_contact,
    "notify": read_notify,
    "alert_after": number_in(int, 1, 1000, "whole number"),
    "keep_articles": read_age,
    "keep_pages": read_age,
    "log": read_text,
    "store": read_store,
}
#: Keys of a source that may stand under [defaults].
FOR_ALL = [key for key in READERS if key not in ("name", *DISCOVERY)]
#: What may stand at the top level.
TOP = (*SETTINGS, "defaults", "source")

#: Where a table or a key stands in the file: the names that lead to it, each table's with its number among the sources.
Place = tuple[str | int, ...]


class _Mistake(ValueError):
    """What is wrong with a source: the key that it is about, the key at which it shows, and what it is."""

    def __init__(self, key: str, message: str, at: str = "") -> None:
        super().__init__(message)
        self.key, self.at = key, at or key


def load_sources(path: Path | str, *, may_be_empty: bool = False) -> list[Source]:
    """Return the sources of the file. `SourcesError` names the file, the line and the key of a mistake.

    A file without a source is one, unless it `may_be_empty`.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "sources.toml")
    ...     _ = file.write_text('[[source]]\\nname = "harbour"\\nfeeds = ["https://example.org/feed"]\\nmax_age = "3d"')
    ...     load_sources(file)[0].max_age
    datetime.timedelta(days=3)
    """
    table, lines = _read(path)
    defaults, entries = table.get("defaults", {}), table.get("source", [])
    wrong = {key: _unknown(key, TOP) for key in table if key not in TOP}
    if not isinstance(defaults, dict):
        wrong["defaults"] = "must be a table: [defaults]"
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        wrong["source"] = "must be a list of tables: [[source]]"
    for key, message in wrong.items():
        raise SourcesError(Path(path), lines.get((key,)), key, message)
    common: dict[str, Any] = {}
    sources: list[Source] = []
    for number, entry in enumerate((defaults, *entries)):
        try:
            if number == 0:
                common = _values(entry, FOR_ALL)
                continue
            values = common | _values(entry, list(READERS))
            _check_whole(values, {source.name for source in sources})
            sources.append(Source(**values))
        except _Mistake as error:
            place = ("source", number) if number else ("defaults", 0)
            line = lines.get((*place, error.at)) or lines.get(place)
            raise SourcesError(Path(path), line, error.key, str(error)) from None
    if not sources and not may_be_empty:
        raise SourcesError(Path(path), None, None, "it names no source; `scrape add https://…` adds one")
    return sources


def load_settings(path: Path | str) -> Settings:
    """Return what the file says of the whole. `SourcesError` names the file, the line and the key of a mistake."""
    table, lines = _read(path)
    values: dict[str, Any] = {}
    for key in SETTINGS.keys() & table.keys():
        try:
            values[key] = SETTINGS[key](table[key]) or None
        except ValueError as error:
            raise SourcesError(Path(path), lines.get((key,)), key, str(error)) from None
    return Settings(**values)


def _read(path: Path | str) -> tuple[dict[str, Any], dict[Place, int]]:
    """Return what the file says, and the lines of its tables and keys. Raises SourcesError."""
    path = Path(path)
    try:
        text = path.read_text("utf-8-sig")
        return tomllib.loads(text), _lines(text)
    except FileNotFoundError:
        line, what = None, "there is no such file; `scrape init` writes one"
    except OSError as error:
        line, what = None, f"cannot be read: {error.strerror}"
    except UnicodeDecodeError as error:
        line, what = error.object[: error.start].count(b"\n") + 1, "is not UTF-8 text"
    except RecursionError:
        line, what = None, "is nested too deeply"
    except tomllib.TOMLDecodeError as error:
        match = re.search(r" \(at (?:line (\d+)|end of document)", str(error))
        line = int(match[1]) if match and match[1] else len(text.splitlines())
        what = f"is not TOML: {str(error).partition(' (at')[0]}"
    raise SourcesError(path, line, None, what)


def _lines(text: str) -> dict[Place, int]:
    """Return where the tables and keys of a TOML text stand (from 1): tomllib keeps no lines."""
    lines: dict[Place, int] = {}
    table: Place = ()
    entries = 0
    for number, line in enumerate(text.splitlines(), 1):
        if match := TABLE_LINE.match(line):
            name, *inner = match[1].replace(" ", "").split(".")
            entries += name == "source" and not inner and line.lstrip().startswith("[[")
            table = (name, entries if name == "source" else 0, *inner)
            lines.setdefault((name,), number)
            lines.setdefault(table[:3], number)
        elif match := KEY_LINE.match(line):
            lines.setdefault((*table, match[1]), number)
    return lines


def _values(entry: dict[str, Any], known: Sequence[str]) -> dict[str, Any]:
    values = {}
    for key, value in entry.items():
        if key not in known:
            raise _Mistake(key, _unknown(key, known))
        try:
            values[key] = READERS[key](value)
        except ValueError as error:
            raise _Mistake(key, str(error)) from None
    return values


def _check_whole(values: dict[str, Any], names: Collection[str]) -> None:
    name = values.get("name")
    if name is None:
        raise _Mistake("name", "is missing: every source needs a name")
    if name in names:
        raise _Mistake("name", f"{name!r} is the name of another source too")
    if not any(values.get(key) for key in DISCOVERY):
        raise _Mistake("feeds", f"source {name!r} needs {', '.join(DISCOVERY[:-1])} or {DISCOVERY[-1]}")
    if values.get("sections") and not values.get("link_pattern"):
        what = "a section page needs a link_pattern, the regular expression of its articles' addresses"
        raise _Mistake("link_pattern", what, at="sections")


def _unknown(key: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches  # only for a mistake

    close = get_close_matches(key, known, 1)
    return f"is not known here; {f'did you mean {close[0]!r}?' if close else 'known are ' + ', '.join(known)}"


def starter_file() -> str:
    """Return the commented text of a first sources.toml; it loads."""
    return files("scraper").joinpath("starter.toml").read_text("utf-8")


def append_source(path: Path | str, source: Source) -> None:
    """Write the source at the end of the file (made if missing). `SourcesError` when its name is taken."""
    append_sources(path, [source])


def append_sources(path: Path | str, sources: Sequence[Source]) -> None:
    """Write sources at the end of the file, all or none of them. `SourcesError` when a name is taken."""
    path = Path(path)
    names, before = set(), ""
    if path.exists():
        names = {source.name for source in load_sources(path, may_be_empty=True)}
        before = path.read_text("utf-8-sig").rstrip("\n") + "\n\n"
    for source in sources:
        if source.name in names:
            raise SourcesError(path, None, "name", f"there is a source named {source.name!r} already")
        names.add(source.name)
    # put in place at once: a run that reads meanwhile sees the old file or the new one
    with whole_file(path) as file:
        file.write((before + "\n".join(map(source_toml, sources))).encode())


def source_toml(source: Source) -> str:
    """Return the entry as TOML; what is as it would be anyway is left out.

    >>> print(source_toml(Source("harbour", feeds=("https://example.org/feed",), max_age=timedelta(days=3))), end="")
    [[source]]
    name = "harbour"
    feeds = ["https://example.org/feed"]
    max_age = "3d"
    """
    usual = Source(source.name)
    lines = ["[[source]]", f"name = {_toml(source.name)}"]
    for entry in fields(Source):
        value = getattr(source, entry.name)
        if entry.name in DISCOVERY:
            value = tuple(join_login(address, source.logins.get(origin_of(address))) for address in value)
        if entry.name not in ("name", "logins") and value != getattr(usual, entry.name):
            lines.append(f"{entry.name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, timedelta):
        value = age_text(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_toml(name)} = {_toml(text)}" for name, text in value.items()) + " }"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    # JSON's numbers, switches and texts are TOML's too, but for one sign
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
