"""The files that a run reads, over which it may not write: inputs, lists of inputs, the rules of one's own."""

from __future__ import annotations

import os
import stat

from cleaners.errors import OutputFailed

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    #: Raises OutputFailed if a file may not be written.
    Spare = Callable[[str | os.PathLike[str]], None]


def spare(names: Iterable[str]) -> Spare:
    """Return what refuses an output that is one of these files, by whatever name; "-" is standard input.

    >>> spare(["news/rain.txt", "-"])("news/../news/rain.txt")
    Traceback (most recent call last):
    cleaners.errors.OutputFailed: news/../news/rain.txt: is an input; write somewhere else
    """
    read = {identity for name in names if (identity := _identity(name)) is not None}

    def check(path: str | os.PathLike[str]) -> None:
        if _identity(os.fspath(path)) in read:
            raise OutputFailed(f"{os.fspath(path)}: is an input; write somewhere else")

    return check


def _identity(name: str) -> object:
    """Return what all names of a file have in common: where it is on the disk, or would be; None for a device or pipe.

    A file that is not there yet may be an input too, which comes to be while others are written.
    """
    try:
        found = os.fstat(0) if name == "-" else os.stat(name)
        return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None
    except (OSError, ValueError):
        pass
    try:
        return os.path.realpath(name) if name not in ("", "-") else None
    except (OSError, ValueError):  # the working folder is gone; a name that no file can have
        return None
