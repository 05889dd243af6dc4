"""What can go wrong, in one hierarchy: `except WirecleanError` catches all of it.

Every error has an `exit_code`, the one with which the `clean` command ends when it meets that error.
"""

from __future__ import annotations


class WirecleanError(Exception):
    """The base of every error that this project raises on purpose."""

    exit_code = 1


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
