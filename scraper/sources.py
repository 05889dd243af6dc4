"""sources.toml: what to fetch, from where, how politely."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from scraper.addresses import origin_of
from scraper.errors import SourcesError

#: Keys of a source that hold addresses of lists of articles; each is read by a kind of discovery.
DISCOVERY = ("feeds", "sitemaps", "sections")
#: Headers of a source that may go to any host; all others may be secrets, and stay with the hosts it names.
ANYWHERE = {"accept", "accept-language", "user-agent"}
AGE_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
AGE = re.compile(r"(\d{1,6})\s*([mhdw])")
HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")  # a token, RFC 9110 section 5.6.2
TABLE_LINE = re.compile(r"\s*\[{1,2}\s*([A-Za-z0-9_.\s-]+?)\s*\]{1,2}\s*(?:#.*)?$")
KEY_LINE = re.compile(r"\s*\"?([A-Za-z0-9_-]+)\"?\s*[=.]")


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

    @property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """The addresses at which the source names its articles, by the key in the file."""
        return {key: getattr(self, key) for key in DISCOVERY}

    def names(self, url: str) -> bool:
        """Whether an address is on a host that the source itself names, at least as safely as it names it.

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
        if not self.headers or self.names(url):
            return self.headers
        return {name: value for name, value in self.headers.items() if name.lower() in ANYWHERE}


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text that is not empty")
    return value.strip()


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise ValueError('must be a list of texts, like ["…", "…"]')
    return tuple(_text(item) for item in value)


def _addresses(value: Any) -> tuple[str, ...]:
    found = _texts(value)
    for address in found:
        if not re.match(r"https?://[^/\s]", address):
            raise ValueError(f"{address!r} is no address; it must begin with https:// or http://")
    return found


def _pattern(value: Any) -> str:
    text = _text(value)
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from None
    return text


def _patterns(value: Any) -> tuple[str, ...]:
    return tuple(_pattern(item) for item in _texts(value))


def _language(value: Any) -> str:
    text = _text(value)
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise ValueError(f'{text!r} is no language code, like "en" or "pt-BR"')
    return text


def _delay(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 3600:
        raise ValueError("must be a number of seconds from 0 to 3600")
    return float(value)


def _concurrency(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 16:
        raise ValueError("must be a whole number from 1 to 16")
    return value


def _headers(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError('must be a table, like { Authorization = "Bearer …" }')
    for name, text in value.items():
        if not HEADER_NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no header name")
        if not isinstance(text, str) or not text.isprintable() or not text.isascii():
            raise ValueError(f"the value of {name} must be a plain ASCII text")
    return dict(value)


def _age(value: Any) -> timedelta:
    match = AGE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError('must be a number and a unit, like "12h", "3d" or "2w"')
    return timedelta(**{AGE_UNITS[match[2]]: int(match[1])})


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


READERS: dict[str, Callable[[Any], Any]] = {
    "name": _text,
    "feeds": _addresses,
    "sitemaps": _addresses,
    "sections": _addresses,
    "link_pattern": _pattern,
    "include": _patterns,
    "exclude": _patterns,
    "language": _language,
    "delay": _delay,
    "concurrency": _concurrency,
    "headers": _headers,
    "max_age": _age,
    "allow_hosts": _texts,
    "respect_robots": _switch,
}
"""What reads the value of each key of a source; a `ValueError` says what is wrong with it."""

NOT_FOR_ALL = {"name", "feeds", "sitemaps", "sections"}
"""Keys that make no sense under [defaults]."""


INNER = "an inner table"


class _Lines:
    """Where the tables and keys of a TOML text stand: tomllib keeps no lines."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, int, str | None], int] = {}
        table, count, entries = "", 0, 0
        for number, line in enumerate(text.splitlines(), 1):
            if match := TABLE_LINE.match(line):
                name, _, inner = match[1].replace(" ", "").partition(".")
                if inner:
                    self._lines.setdefault((name, entries, inner.split(".")[0]), number)
                    table = INNER
                    continue
                entries += line.lstrip().startswith("[[")
                table, count = name, entries if line.lstrip().startswith("[[") else 0
                self._lines.setdefault((table, count, None), number)
            elif table is not INNER and (match := KEY_LINE.match(line)):
                self._lines.setdefault((table, count, match[1]), number)

    def of(self, table: str, count: int, key: str | None = None) -> int | None:
        """The line of a key, or where it is not written that of its table (from 1; 0 for a [single] one)."""
        return self._lines.get((table, count, key)) or self._lines.get((table, count, None))

    def of_top(self, key: str) -> int | None:
        """The line of something at the top level: a key, a table, or the first of a list of tables."""
        return min(
            (line for (table, _, name), line in self._lines.items() if key == (table or name)), default=None
        )


def load_sources(path: Path | str) -> list[Source]:
    """The sources of the file. `SourcesError` names the file, the line and the key of a mistake.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "sources.toml")
    ...     _ = file.write_text('[[source]]\\nname = "harbour"\\nfeeds = ["https://example.org/feed"]\\nmax_age = "3d"')
    ...     load_sources(file)[0].max_age
    datetime.timedelta(days=3)
    """
    path = Path(path)
    text, table = _load(path)
    lines = _Lines(text)
    for key in table:
        if key not in {"contact", "defaults", "source"}:
            raise SourcesError(path, lines.of_top(key), key, _unknown(key, ("contact", "defaults", "source")))
    defaults = table.get("defaults", {})
    entries = table.get("source", [])
    if not isinstance(defaults, dict):
        raise SourcesError(path, lines.of_top("defaults"), "defaults", "must be a table: [defaults]")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SourcesError(path, lines.of_top("source"), "source", "must be a list of tables: [[source]]")
    common = dict(
        _values(path, lines, "defaults", 0, defaults, [key for key in READERS if key not in NOT_FOR_ALL])
    )
    sources: list[Source] = []
    for count, entry in enumerate(entries, 1):
        values = {**common, **dict(_values(path, lines, "source", count, entry, list(READERS)))}
        _check_whole(path, lines, count, values, [source.name for source in sources])
        sources.append(Source(**values))
    return sources


def load_contact(path: Path | str) -> str | None:
    """The file's top-level `contact`: the address or page that the user agent names; None when there is none."""
    path = Path(path)
    text, table = _load(path)
    contact = table.get("contact")
    if contact is None:
        return None
    if not isinstance(contact, str) or not contact.isprintable() or not contact.isascii():
        line = _Lines(text).of_top("contact")
        raise SourcesError(path, line, "contact", "must be an e-mail address or the address of a page")
    return contact.strip() or None


def _load(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise SourcesError(path, None, None, "there is no such file; `scrape init` writes one") from None
    except OSError as error:
        raise SourcesError(path, None, None, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SourcesError(path, line, None, "is not UTF-8 text") from None
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = re.search(r" \(at (?:line (\d+)|end of document)", str(error))
        line = int(match[1]) if match and match[1] else len(text.splitlines())
        raise SourcesError(path, line, None, f"is not TOML: {str(error).partition(' (at')[0]}") from None


def _values(
    path: Path, lines: _Lines, table: str, count: int, entry: dict[str, Any], known: list[str]
) -> Iterator[tuple[str, Any]]:
    for key, value in entry.items():
        line = lines.of(table, count, key)
        if key not in known:
            raise SourcesError(path, line, key, _unknown(key, tuple(known)))
        try:
            yield key, READERS[key](value)
        except ValueError as error:
            raise SourcesError(path, line, key, str(error)) from None


def _check_whole(path: Path, lines: _Lines, count: int, values: dict[str, Any], names: list[str]) -> None:
    at = lines.of("source", count)
    if "name" not in values:
        raise SourcesError(path, at, "name", "is missing: every source needs a name")
    if values["name"] in names:
        line = lines.of("source", count, "name")
        raise SourcesError(path, line, "name", f"{values['name']!r} is the name of another source too")
    if not any(values.get(key) for key in ("feeds", "sitemaps", "sections")):
        raise SourcesError(path, at, "feeds", f"source {values['name']!r} needs feeds, sitemaps or sections")
    if values.get("sections") and not values.get("link_pattern"):
        line = lines.of("source", count, "sections")
        message = "a section page needs a link_pattern, the regular expression of its articles' addresses"
        raise SourcesError(path, line, "link_pattern", message)


def _unknown(key: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(key, known, 1)
    return (
        f"is not known here; did you mean {close[0]!r}?"
        if close
        else f"is not known; known are {', '.join(known)}"
    )


def starter_file() -> str:
    """The commented text of a first sources.toml; it loads."""
    return files("scraper").joinpath("starter.toml").read_text("utf-8")


def append_source(path: Path | str, source_entry: Source) -> None:
    """Write the source at the end of the file (made if missing). `SourcesError` when its name is taken."""
    path = Path(path)
    if path.exists():
        if source_entry.name in [source.name for source in load_sources(path)]:
            raise SourcesError(path, None, "name", f"there is a source named {source_entry.name!r} already")
        before = path.read_text("utf-8-sig").rstrip("\n") + "\n\n"
    else:
        before = ""
    # a whole new file put in place at once: a run that reads meanwhile sees the old one or the new one
    scratch = path.with_name(path.name + ".new")
    scratch.write_text(before + source_toml(source_entry), "utf-8")
    scratch.replace(path)


def source_toml(source: Source) -> str:
    """The entry as TOML; what is as it would be anyway is left out.

    >>> print(source_toml(Source("harbour", feeds=("https://example.org/feed",), max_age=timedelta(days=3))), end="")
    [[source]]
    name = "harbour"
    feeds = ["https://example.org/feed"]
    max_age = "3d"
    """
    usual = Source(source.name)
    lines = ["[[source]]", f"name = {_quoted(source.name)}"]
    for entry in fields(Source):
        value = getattr(source, entry.name)
        if entry.name != "name" and value != getattr(usual, entry.name):
            lines.append(f"{entry.name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        for size, unit in ((1440, "d"), (60, "h")):
            if minutes and minutes % size == 0:
                return f'"{minutes // size}{unit}"'
        return f'"{minutes}m"'
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_quoted(name)} = {_quoted(text)}" for name, text in value.items()) + " }"
    if isinstance(value, tuple):
        return "[" + ", ".join(_quoted(item) for item in value) + "]"
    return _quoted(value)


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
