"""The lines that a page prints around a story, read by their words for the rules of each kind."""

from __future__ import annotations

from functools import cache

from cleaners.memory import remembered
from cleaners.rules.gates import Lines
from cleaners.words import table
from cleaners.words.lexicon import Lexicon, Line, lines_that_may_hold, may_hold, read_line


@cache
def lexicon() -> Lexicon:
    """Return the words of site furniture in all languages, and the names of networks."""
    return Lexicon(*table("words.site"))


def site_lines(lines: Lines) -> list[int]:
    """The places of the lines that rules of this kind have to look at."""
    return lines_that_may_hold(lines, lexicon())


@remembered(4)
def site_line(text: str) -> Line | None:
    """The kinds of words in a line; None for lines that no rule of this kind has to look at.

    >>> site_line("Share on Facebook").kinds
    {'share': 1, 'network': 1}
    >>> site_line("The council met on Monday.") is None
    True
    """
    return read_line(text, lexicon()) if may_hold(text, lexicon()) else None
