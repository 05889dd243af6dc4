"""What can go wrong, in one tree, and the exit code of each, with which a command ends when it meets it.

    WirecleanError             1
     ├ WrongUsage              2  (and what argparse refuses)
     ├ InputMissing            3
     ├ InputIsDirectory        4
     ├ NotText                 5
     ├ UnreadableEncoding      6
     ├ EmptyInput              7
     ├ NoArticle               8
     ├ OutputFailed            9
     ├ FetchFailed            10
     └ ScrapeError                in scraper/errors.py, with those below it and the codes of `scrape`

`except WirecleanError` catches all of it. What ended a command from outside has the code that a shell gives it: 130
for Ctrl-C, 141 for a reader of its output that has enough.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

#: As a shell says of a process that SIGINT ended …
INTERRUPTED = 130
#: … and of one that SIGPIPE ended.
PIPE_CLOSED = 141


class WirecleanError(Exception):
    """The base of every error that this project raises on purpose."""

    exit_code = 1


class WrongUsage(WirecleanError):
    """A command was called in a way that makes no sense."""

    exit_code = 2


class InputMissing(WirecleanError):
    """There is no such file, or it may not be read."""

    exit_code = 3


class InputIsDirectory(WirecleanError):
    """A directory was named where a file is needed."""

    exit_code = 4


class NotText(WirecleanError):
    """The input is a binary file: a PDF, an image, an archive."""

    exit_code = 5


class UnreadableEncoding(WirecleanError):
    """The input is text in an encoding that cannot be told or does not fit."""

    exit_code = 6


class EmptyInput(WirecleanError):
    """The input has no characters besides space."""

    exit_code = 7


class NoArticle(WirecleanError):
    """The input has lines, but none of them is an article's."""

    exit_code = 8


class OutputFailed(WirecleanError):
    """The output could not be written; nothing was left half written."""

    exit_code = 9


class FetchFailed(WirecleanError):
    """An address could not be fetched."""

    exit_code = 10


def run_command(name: str, work: Callable[[], int]) -> int:
    """Return the exit code of a command's work: what it returns, or that of the error it meets, which is printed.

    >>> def fail() -> int:
    ...     raise InputMissing("no such file")
    >>> run_command("clean", fail)
    3
    """
    try:
        return work()
    except WirecleanError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print(f"{name}: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has enough. Python would complain when it closes the stream: it gets another one.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
