"""A line on a terminal that tells how far a run is: the libraries for it take longer to start than a run."""

from __future__ import annotations

import sys
import time

from cleaners.errors import complain

_WIDTH = 30
#: Seconds between two drawings: a terminal is slower than the cleaning.
_PACE = 0.1
_CLEAR = "\r\x1b[K"


class MovingLine:
    """A line on standard error that is drawn over and over, if that is a terminal; others are printed above it.

    It is not wanted where articles go to a terminal: they would be written into it.
    """

    def __init__(self, *, wanted: bool = True) -> None:
        self._shown = wanted and sys.stderr is not None and sys.stderr.isatty()
        self._drawn = 0.0

    def show(self, text: str) -> None:
        """Draw the line with this text, unless it was drawn just now."""
        if self._shown and time.monotonic() - self._drawn >= _PACE:
            self._drawn = time.monotonic()
            print(_CLEAR + text, end="", file=sys.stderr, flush=True)

    def say(self, line: str) -> None:
        """Print a line that stays, in the place of the one that moves."""
        complain(line, before=_CLEAR if self._shown else "")

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            print(_CLEAR, end="", file=sys.stderr, flush=True)


def bar(done: int, total: int) -> str:
    """Return a bar that is as full as the work is done.

    >>> bar(7, 30)
    '███████░░░░░░░░░░░░░░░░░░░░░░░ 7/30'
    """
    full = _WIDTH * done // total
    return "█" * full + "░" * (_WIDTH - full) + f" {done}/{total}"
