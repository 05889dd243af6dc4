"""What the `clean` command is pointed at: a file, standard input or an address, read into a document."""

from __future__ import annotations

import sys
from collections.abc import Callable

from cleaners.blocks import Document
from cleaners.errors import EmptyInput, FetchFailed, InputIsDirectory, InputMissing
from cleaners.options import Options
from cleaners.read.decode import decode_text, looks_like_html, refuse_binary
from cleaners.read.text import read_text

#: Fetches an address: returns the content and the address it was found at in the end, raises FetchFailed.
Fetch = Callable[[str], tuple[bytes, str]]


def read_document(name: str, options: Options) -> Document:
    """Return the document that a file, standard input ("-") or an address (https://…) holds.

    A page is told from a text by its content. Raises InputMissing, InputIsDirectory, NotText, UnreadableEncoding,
    EmptyInput or FetchFailed.
    """
    if is_address(name):
        data, url = installed_fetch()(name)
        options = options._replace(url=url)
    else:
        data = read_bytes(name)
    refuse_binary(data)
    if looks_like_html(data):
        from cleaners.read.html import read_html  # the parser is for pages only

        return read_html(data, options)
    document = read_text(decode_text(data, options.charset), options)
    if not document.blocks:
        raise EmptyInput("empty")
    return document


def is_address(name: str) -> bool:
    """Tell an address from a file's name.

    >>> is_address("https://news.example.org/rain"), is_address("https.txt")
    (True, False)
    """
    return name.startswith(("https://", "http://"))


def read_bytes(name: str) -> bytes:
    """Return the bytes of a file, or of standard input for "-"."""
    if name == "-":
        if sys.stdin is None:
            raise InputMissing("is closed")
        if sys.stdin.isatty():
            print("clean: reading what you type, until Ctrl-D", file=sys.stderr)
        return sys.stdin.buffer.read()
    try:
        with open(name, "rb") as file:
            return file.read()
    except IsADirectoryError:
        raise InputIsDirectory("is a directory") from None
    except FileNotFoundError:
        raise InputMissing("no such file") from None
    except (OSError, ValueError) as error:
        raise InputMissing((getattr(error, "strerror", None) or str(error)).lower()) from None


def installed_fetch() -> Fetch:
    """Return the function that fetches addresses: the package that has one registers it as an entry point.

    This package touches no network and knows no other; whoever does (`scraper`) says so in the group
    `wireclean.fetchers` of its metadata. Raises FetchFailed if nobody does.
    """
    from importlib.metadata import entry_points  # 20 ms, for addresses only

    for entry in entry_points(group="wireclean.fetchers"):
        fetch: Fetch = entry.load()
        return fetch
    raise FetchFailed("nothing is installed that fetches addresses")
