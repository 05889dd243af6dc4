"""The words that the program knows, one TOML file for each language, and the tables that they are made into.

All languages are known at once: a theme prints its own language around a text of another. `docs/languages.md` says
what stands in a file, `source` reads and checks the files, `compile` makes the tables when the package is built, and
`match` and `lexicon` look lines up in them.
"""

from __future__ import annotations

import gc
import marshal
from functools import cache

from cleaners.words.tables import BUILT, HERE, state

TYPE_CHECKING = False
if TYPE_CHECKING:  # `typing` is for type checkers: 5 ms of a start-up
    from typing import Any


@cache
def _tables() -> dict[str, bytes]:
    """Return the built tables, or in a tree that has none, or old ones, tables that are made on the spot.

    To check the words takes longer than to read them, and is left to the build.
    """
    try:
        with open(BUILT, "rb") as file:
            content = file.read()
        kept, tables = marshal.loads(content)
        now = state()
        if not now or now == kept:
            return dict(tables)
    except (OSError, ValueError, EOFError, TypeError):
        pass  # none, or a damaged one
    from cleaners.words.compile import tables_of  # only where nothing was built
    from cleaners.words.source import read_folder

    return tables_of(read_folder(HERE))


@cache
def table(name: str) -> Any:
    """Return a table by its name: see `cleaners.words.compile.tables_of`. Raises `KeyError` for an unknown one."""
    collecting = gc.isenabled()
    gc.disable()  # looking for rubbish among new tables takes as long as to read them
    try:
        return marshal.loads(_tables()[name])
    finally:
        if collecting:
            gc.enable()


def words(section: str, key: str) -> tuple[str, ...]:
    """Return the words that stand under a key of a section, in all languages.

    >>> "said" in words("words.reporting", "verbs")
    True
    """
    found: tuple[str, ...] = table(section).get(key, ())
    return found


@cache
def word_set(section: str, key: str) -> frozenset[str]:
    """Return the same as `words`, for asking whether a word is among them.

    >>> "van" in word_set("names", "particles")
    True
    """
    return frozenset(words(section, key))
