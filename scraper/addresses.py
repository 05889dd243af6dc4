"""Addresses: one spelling for each, and one key for all the spellings of one article."""

from __future__ import annotations


def normalise(url: str, base: str | None = None) -> str | None:
    """The address to fetch: absolute, http or https, no fragment, no tracking parameters; None when it is none."""
    raise NotImplementedError


def article_key(url: str) -> str:
    """The same for every spelling of one article: AMP, mobile, www, http or https, order of parameters."""
    raise NotImplementedError


def host_of(url: str) -> str:
    """The host as pace and breaker name it: `example.org`, or `example.org:8080` for an unusual port."""
    raise NotImplementedError
