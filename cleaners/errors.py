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
     ├ TooLarge               11
     ├ CleaningFailed         12
     ├ BadTable               13
     ├ PageLost               14
     ├ BadRules               15
     └ ScrapeError                in scraper/errors.py, with those below it and the codes of `scrape`

`except WirecleanError` catches all of it; an argument of a wrong type is a TypeError, one that cannot be a ValueError.
What ended a command from outside has the code that a shell gives it: 130 for Ctrl-C, 141 for a reader of its output
that has enough.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable

#: As a shell says of a process that SIGINT ended …
INTERRUPTED = 130
#: … and of one that SIGPIPE ended.
PIPE_CLOSED = 141


class WirecleanError(Exception):
    """The base of every error that this project raises on purpose."""

    exit_code = 1
    #: What is told of it, where that is more than one line.
    mistakes: tuple[str, ...] = ()


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


class TooLarge(WirecleanError):
    """The input is larger than any article, and is not looked at."""

    exit_code = 11


class CleaningFailed(WirecleanError):
    """Something went wrong in an input that nobody thought of."""

    exit_code = 12


class BadTable(WirecleanError):
    """A table or archive, or a row of it, cannot be read."""

    exit_code = 13


class PageLost(WirecleanError):
    """A page of many hung, took too much memory, or brought its process to an end."""

    exit_code = 14


class BadRules(WirecleanError):
    """A file of one's own rules has mistakes; `mistakes` has each, with its file and line."""

    exit_code = 15

    def __init__(self, *mistakes: str) -> None:
        super().__init__("; ".join(mistakes))
        self.mistakes = mistakes


def of_unforeseen(error: Exception) -> CleaningFailed:
    """Return the error of one input that an exception nobody thought of comes to, with the place where it was raised.

    >>> str(of_unforeseen(RecursionError("too deep")))
    'a fault of this program, please report it: RecursionError: too deep'
    """
    at, frame = "", error.__traceback__
    while frame is not None:
        code = frame.tb_frame.f_code
        if "cleaners" in code.co_filename:
            at = f" ({code.co_filename.rpartition(os.sep)[2]}, line {frame.tb_lineno})"
        frame = frame.tb_next
    if isinstance(error, MemoryError):
        return CleaningFailed(f"takes more memory than there is{at}")
    told = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return CleaningFailed(f"a fault of this program, please report it: {told[:_LONGEST_TOLD]}{at}")


def named_error(error: Exception) -> WirecleanError:
    """Return what an exception is told as: itself, if it is this project's.

    >>> named_error(KeyError("rain")).exit_code, named_error(NoArticle()).exit_code
    (12, 8)
    """
    return error if isinstance(error, WirecleanError) else of_unforeseen(error)


#: Characters that are told of what an exception says: some quote their whole input.
_LONGEST_TOLD = 200


def wrong_type(what: str, expected: str, value: object) -> TypeError:
    """Return the error for an argument of a wrong type, which says what was expected and what came.

    >>> wrong_type("a text", "a str", None), wrong_type("a text", "a str", float("nan"))
    (TypeError('a text is a str, not None'), TypeError('a text is a str, not nan'))
    >>> wrong_type("a page", "bytes or a str", ["<p>Rain"])
    TypeError('a page is bytes or a str, not a list')
    """
    if value is None or (isinstance(value, float) and value != value):  # what tables have where nothing is
        return TypeError(f"{what} is {expected}, not {value}")
    kind = type(value).__name__
    return TypeError(f"{what} is {expected}, not {'an' if kind[0] in 'aeio' else 'a'} {kind}")


def meant(name: str, names: Iterable[str], otherwise: str = "") -> str:
    """Return what is said to somebody who wrote a name wrong: the one that is like it, or `otherwise`, or all names.

    >>> meant("captoin", ["ad", "caption"]), meant("x", ["ad", "caption"])
    ('did you mean caption?', 'there are ad, caption')
    """
    from difflib import get_close_matches  # 15 ms, for who made a mistake

    known = sorted(names)
    like = get_close_matches(name[:100].lower(), known, 1)
    return f"did you mean {like[0]}?" if like else otherwise or f"there are {', '.join(known)}"


def shown(text: str) -> str:
    """Return a text as it may be shown on a terminal: what would move its cursor or its colours is spelled out.

    >>> print(shown("rain\\x1b[2J.txt"))
    rain\\x1b[2J.txt
    """
    if text.isprintable():
        return text
    return "".join([char if char.isprintable() else ascii(char)[1:-1] for char in text])


def complain(line: str, *, before: str = "") -> None:
    """Print one line on standard error, if it is there, and nothing where it cannot be written: the work goes on."""
    if sys.stderr is None:
        return
    try:
        print(before + shown(line), file=sys.stderr, flush=True)
    except (OSError, ValueError):
        _silence(2)  # or Python would try again at its end


def run_command(name: str, work: Callable[[], int]) -> int:
    """Return the exit code of a command's work: what it returns, or that of the error it meets, which is printed.

    >>> def fail() -> int:
    ...     raise InputMissing("no such file")
    >>> run_command("clean", fail)
    3
    """
    _speak_utf_8()
    try:
        try:
            code = work()
        except SystemExit as end:  # of argparse, which has answered --help
            code = end.code if isinstance(end.code, int) else 0
        _flush()
        return code
    except WirecleanError as error:
        for told in error.mistakes or (str(error),):
            complain(f"{name}: {told}")
        return error.exit_code
    except KeyboardInterrupt:
        complain(f"{name}: interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has enough. Python would complain when it closes the stream: it gets another one.
        _silence(1)
        return PIPE_CLOSED


def _speak_utf_8() -> None:
    """Let what is printed be UTF-8, whatever the locale, as articles are: help has letters that ASCII has not."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def of_standard_output(error: OSError | ValueError) -> OutputFailed:
    """Return the error of a standard output that cannot be written, which Python does not try again at its end."""
    _silence(1)
    why = getattr(error, "strerror", None) or str(error)
    return OutputFailed(f"standard output: cannot be written: {why.lower()}")


def _silence(stream: int) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)


def _flush() -> None:
    """Write what is left of standard output. Raises OutputFailed where that fails, which Python would tell nobody."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise of_standard_output(error) from None
