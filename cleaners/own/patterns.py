"""Regular expressions that people write: looked for with RE2, whose time grows with the line and never faster.

Python's own would try again and again, for hours on some lines, and whether one does so cannot be told from its text
for sure. RE2 has no references back and no looking around, with which no expression could be bounded.
"""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: Bytes that an expression may take once it is compiled: "((x{99}){99}){99}" takes more.
_MOST_MEMORY = 4 << 20
#: What RE2 calls what it has not, in the words of who wrote it.
_MISSING = {
    "invalid perl operator: (?": "it cannot look around",
    "invalid escape sequence: \\": "there is no such escape",
}


@cache
def _options() -> Any:
    import re2  # 20 ms, for who has patterns

    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = _MOST_MEMORY
    return options


def compile_pattern(expression: str) -> Callable[[str], object]:
    """Return what looks for an expression in a line, in letters of any case. Raises ValueError with the reason.

    >>> bool(compile_pattern(r"^\\d+ people read this$")("12 PEOPLE read this"))
    True
    >>> compile_pattern("(?<=a)b")
    Traceback (most recent call last):
    ValueError: it cannot look around: (?<=
    >>> compile_pattern("x*")
    Traceback (most recent call last):
    ValueError: it is in every line
    """
    import re2  # 20 ms, for who has patterns

    try:
        found = re2.compile(expression, options=_options())
    except re2.error as error:
        told = error.args[0]
        raise ValueError(_in_plain_words(told.decode() if isinstance(told, bytes) else str(told))) from None
    if found.search(""):
        raise ValueError("it is in every line")
    search: Callable[[str], object] = found.search
    return search


def _in_plain_words(told: str) -> str:
    for missing, plain in _MISSING.items():
        if told.startswith(missing):
            return f"{plain}: {told.partition(': ')[2]}"
    return told
