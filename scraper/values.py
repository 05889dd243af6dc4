"""What the values of sources.toml may be, kind by kind; each reader says what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from scraper.times import parse_age

HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")  # a token, RFC 9110 section 5.6.2

#: Reads the value of a key; a `ValueError` says what is wrong with it.
Reader = Callable[[Any], Any]


def read_text(value: Any) -> str:
    """Return a text that is not empty. Raises ValueError, as all of these do."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text that is not empty")
    return value.strip()


def list_of(read: Reader) -> Reader:
    """Return the reader of a list of such values; a single text is a list of one."""

    def read_list(value: Any) -> tuple[Any, ...]:
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list):
            raise ValueError('must be a list of texts, like ["…", "…"]')
        return tuple(read(item) for item in value)

    return read_list


def matching(pattern: str, told: str) -> Reader:
    """Return the reader of a text of a certain form; `told` says what another is."""

    def read_matching(value: Any) -> str:
        text = read_text(value)
        if not re.fullmatch(pattern, text):
            raise ValueError(f"{_without_secrets(text)!r} is {told}")
        return text

    return read_matching


def read_address(value: Any) -> str:
    """Return an address of the web."""
    text = matching(r"https?://[^/\s](?s:.*)", "no address; it must begin with https:// or http://")(value)
    try:
        parts = urlsplit(text)
        if not parts.hostname or (parts.port or 0) > 65535:
            raise ValueError
    except ValueError:
        raise ValueError(f"{_without_secrets(text)!r} is no address: its host cannot be read") from None
    return str(text)


def _without_secrets(text: str) -> str:
    """Return an address, right or wrong, without what stands before its host."""
    return re.sub("//[^/]*@", "//", text)


def number_in(kind: type[int] | type[float], least: int, most: int, told: str) -> Reader:
    """Return the reader of a number within bounds, `told` what it counts."""

    def read_number(value: Any) -> int | float:
        if isinstance(value, bool) or not isinstance(value, (int, kind)) or not least <= value <= most:
            raise ValueError(f"must be a {told} from {least} to {most}")
        return kind(value)

    return read_number


def read_pattern(value: Any) -> str:
    """Return a regular expression."""
    text = read_text(value)
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from None
    return text


def read_headers(value: Any) -> dict[str, str]:
    """Return the headers of requests."""
    if not isinstance(value, dict):
        raise ValueError('must be a table, like { Authorization = "Bearer …" }')
    for name, text in value.items():
        if not HEADER_NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no header name")
        if not isinstance(text, str) or not text.isprintable() or not text.isascii():
            raise ValueError(f"the value of {name} must be a plain ASCII text")
    return dict(value)


def read_switch(value: Any) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def read_age(value: Any) -> timedelta:
    """Return an age, like "12h"."""
    return parse_age(read_text(value))


def read_proxy(value: Any) -> str:
    """Return the address of a proxy, of HTTP's kind or of SOCKS'."""
    text = read_text(value)
    if not re.fullmatch(r"(?:https?|socks5h?)://[^/\s?#]+/?", text):
        raise ValueError(
            'must be the address of a proxy, like "http://proxy.example.org:3128" or "socks5://127.0.0.1:1080"'
        )
    return text


def read_contact(value: Any) -> str:
    """Return the address or page that is sent along as part of the user agent."""
    if not isinstance(value, str) or not value.isprintable() or not value.isascii():
        raise ValueError("must be an e-mail address or the address of a page")
    return value.strip()


def read_store(value: Any) -> str:
    """Return where the store is: a file, or the address of a PostgreSQL, which no error shows."""
    text = read_text(value)
    if "://" in text and not re.match("postgres(ql)?://", text):
        raise ValueError(
            'must be a file, or the address of a PostgreSQL, like "postgresql://db.example.org/news"'
        )
    return text


def read_notify(value: Any) -> str:
    """Return whom to tell: a mail's address, or a command that can be taken apart into words."""
    text = read_text(value)
    if text.startswith("mailto:"):
        if not re.fullmatch(r"mailto:[^\s@<>,;]+@[^\s@<>,;]+", text):
            raise ValueError('must be one mail address, like "mailto:desk@example.org", or a command')
        return text
    import shlex  # for files that name a command

    try:
        shlex.split(text)
    except ValueError as error:
        raise ValueError(f"is no command: {error}") from None
    return text
