"""The output formats: each module in this folder is one, with a `FORMAT` that says how it is written.

A format's name is its module's; a command offers all of them by `format_names` and asks for one by `load_format`.
"""

from __future__ import annotations

import os
from importlib import import_module

from cleaners.article import Article, Reason
from cleaners.values import Value

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Cleaned(Value):
    """What there is to write of one input, and the place it is written to.

    `source` is the input's name, `view` what was asked for ("article", "explain" or "photos"), `alone` whether nothing
    else is written to the same place, `colour` whether that place is a terminal that wants colours, `with_metadata`
    whether a form that has the article's words alone is to have its metadata besides. `reasons` are there for who asks
    for more than the article. `place` says more of where it stood: a table's row, an archive's date.
    """

    article: Article
    reasons: tuple[Reason, ...] = ()
    source: str | None = None
    place: Mapping[str, str | int] | None = None
    view: str = "article"
    alone: bool = True
    colour: bool = False
    with_metadata: bool = False


class Format(Value):
    """An output format: what writes it, and how its files are called and joined.

    `write` returns the text with a line end at its end, or nothing for an article that has nothing of the kind.
    `between` stands between two articles in one place, `headed` says that each is then headed by its input's name;
    `first_line` stands before the first and `last_line` behind the last. `has_header` says that the
    metadata can be asked for besides. `views` are what can be asked for in this form, the usual one first.
    """

    write: Callable[[Cleaned], str]
    suffix: str = ".txt"
    between: str = "\n"
    headed: bool = False
    first_line: str = ""
    last_line: str = ""
    has_header: bool = False
    views: tuple[str, ...] = ("article",)


def format_names() -> list[str]:
    """Return the names of all formats.

    >>> format_names()
    ['csv', 'explain', 'html', 'iptc', 'json', 'jsonl', 'markdown', 'ninjs', 'photos', 'report', 'schemaorg', 'text']
    """
    modules = {name.split(".")[0] for name in os.listdir(os.path.dirname(__file__))}
    return sorted(name for name in modules if name[0] != "_")


def load_format(name: str) -> Format:
    """Return the format of that name; it is imported only now. Raises ModuleNotFoundError where there is none."""
    found: Format = import_module(f"cleaners.formats.{name}").FORMAT
    return found
