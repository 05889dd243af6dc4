"""Regular expressions that are compiled when they are first used: no text needs all, and each costs a start-up."""

from __future__ import annotations

import re

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Any, AnyStr


class _Later:
    """A regular expression that becomes one when it is first asked for something."""

    def __init__(self, expression: str | bytes, flags: int) -> None:
        self._expression = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._expression, self._flags)
        for method in ("match", "fullmatch", "search", "sub", "split", "findall", "finditer", "pattern"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def late_pattern(expression: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what does all that a compiled expression does, but is compiled when it is first used.

    >>> late_pattern("rain|snow").search("It will snow.").start()
    8
    """
    return _Later(expression, flags)  # type: ignore[return-value]
