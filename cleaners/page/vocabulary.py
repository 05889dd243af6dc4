"""The names that pages use for what they say of themselves, from vocabulary.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def vocabulary() -> dict[str, list[str]]:
    """The lists of vocabulary.toml by name, in their order.

    >>> "article:published_time" in vocabulary()["published"]
    True
    """
    table = tomllib.loads(files("cleaners.page").joinpath("vocabulary.toml").read_text(encoding="utf-8"))
    return {key: list(words) for group in table.values() for key, words in group.items()}


@cache
def word_sets() -> dict[str, frozenset[str]]:
    """The same lists as sets."""
    return {key: frozenset(words) for key, words in vocabulary().items()}
