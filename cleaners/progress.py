"""A progress bar on a terminal, in a few lines of our own: the libraries for it take longer to start than a run."""

from __future__ import annotations

import sys
import time
from typing import Final

_WIDTH: Final = 30
#: Seconds between two drawings: a terminal is slower than the cleaning.
_PACE: Final = 0.1
_CLEAR: Final = "\r\x1b[K"


class Progress:
    """How many of the files are done, on standard error, if that is a terminal and there are many."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.shown = total > 1 and sys.stderr.isatty()
        self._drawn = 0.0

    def advance(self) -> None:
        """Count one more file and draw the bar, or clear it after the last."""
        self.done += 1
        if not self.shown:
            return
        if self.done >= self.total:
            self.clear()
        elif time.monotonic() - self._drawn >= _PACE:
            self._drawn = time.monotonic()
            full = _WIDTH * self.done // self.total
            bar = "█" * full + "░" * (_WIDTH - full)
            print(f"{_CLEAR}{bar} {self.done}/{self.total}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the bar away, so that a line can be printed in its place."""
        if self.shown:
            print(_CLEAR, end="", file=sys.stderr, flush=True)
