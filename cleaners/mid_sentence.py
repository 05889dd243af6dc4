"""Lines that stand in the middle of a sentence: a page's links, say, which some tools put on lines of their own."""

from __future__ import annotations

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Final


#: Words of the line before, at least: a label or an entry of a list begins no sentence.
_WORDS: Final = 5
#: Where a sentence goes on: what its first part may end with beside letters and digits, and its last part begin with.
_OPEN_ENDS: Final = frozenset(",(–-")
_CONTINUATIONS: Final = frozenset(",.;:)")


def is_mid_sentence(before: str, after: str) -> bool:
    """Tell whether what stands between two lines is in the middle of a sentence that begins and ends with them.

    >>> is_mid_sentence("It rained, as one reads in the newest", "of the weather service.")
    True
    >>> is_mid_sentence("It rained in Kyiv on Thursday.", "of the weather service.")
    False
    """
    if not (before[-1].isalnum() or before[-1] in _OPEN_ENDS) or before.count(" ") < _WORDS - 1:
        return False
    return after[0].islower() or after[0] in _CONTINUATIONS
