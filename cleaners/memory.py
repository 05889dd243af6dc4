"""What is remembered while one input is cleaned: the rules ask about a line, and about those beside it.

Nothing of it outlives the call: whoever cleans a confidential story need not fear for it, and a long line is not kept.
"""

from __future__ import annotations

from functools import lru_cache

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    Function = TypeVar("Function", bound=Callable[..., Any])

_forgetting: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Function], Function]:
    """Make a function remember its last answers, so many of them, until `forget` is called.

    >>> @remembered(4)
    ... def length(text: str) -> int:
    ...     print("counting")
    ...     return len(text)
    >>> length("Kyiv") == length("Kyiv")
    counting
    True
    >>> forget()
    >>> length("Kyiv")
    counting
    4
    """

    def remembering(function: Function) -> Function:
        memory = lru_cache(maxsize=most)(function)
        _forgetting.append(memory.cache_clear)
        return memory  # type: ignore[return-value]

    return remembering


def forget() -> None:
    """Forget all answers; called when an input has been cleaned."""
    for function in _forgetting:
        function()
