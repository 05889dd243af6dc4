"""Regular expressions that are compiled when they are first used: no text needs all, and each costs a start-up."""

from __future__ import annotations

import re
from typing import Any, cast


class _Later:
    """A regular expression that becomes one when it is first asked for something."""

    def __init__(self, expression: str, flags: int) -> None:
        self._expression = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._expression, self._flags)
        for method in ("match", "fullmatch", "search", "sub", "split", "findall", "finditer", "pattern"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` returns, or what does all that it does, but is compiled when it is first used.

    >>> pattern("rain|snow").search("It will snow.").start()
    8
    """
    return cast("re.Pattern[str]", _Later(expression, flags))
