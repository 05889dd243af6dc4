"""What the `clean` command is pointed at: a file, standard input or an address, read into a document."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from cleaners.blocks import Document
from cleaners.errors import (
    EmptyInput,
    FetchFailed,
    InputIsDirectory,
    InputMissing,
    TooLarge,
    WirecleanError,
    complain,
)
from cleaners.options import Options
from cleaners.read.decode import MOST_BYTES, decode_text, looks_like_html, refuse_binary, too_large
from cleaners.read.text import read_text
from cleaners.values import Value

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, BinaryIO

    from cleaners.arguments import Said

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
    return open_document(data, options)


def open_document(data: bytes, options: Options) -> Document:
    """Return the document in the bytes of a page or text; raises what `read_document` raises for them.

    >>> [block.text for block in open_document(b"It rained in Kyiv.", Options()).blocks]
    ['It rained in Kyiv.']
    """
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

    >>> is_address("https://news.example.org/rain"), is_address("HTTP://example.org"), is_address("https.txt")
    (True, True, False)
    """
    return name[:8].lower().startswith(("https://", "http://"))


def read_bytes(name: str) -> bytes:
    """Return the bytes of a file, or of standard input for "-"."""
    if name == "-":
        if sys.stdin is None:
            raise InputMissing("is closed")
        if sys.stdin.isatty():
            complain("clean: reading what you type, until Ctrl-D")
        return _read(sys.stdin.buffer)
    try:
        with open(name, "rb") as file:
            return _read(file)
    except IsADirectoryError:
        raise InputIsDirectory("is a directory; --recursive cleans what is in it") from None
    except FileNotFoundError:
        raise InputMissing("no such file") from None
    except (OSError, ValueError) as error:
        raise InputMissing((getattr(error, "strerror", None) or str(error)).lower()) from None


def _read(file: BinaryIO) -> bytes:
    """Return what is in a file, unless it has no end or is larger than any article."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise TooLarge(too_large("bytes"))
    return data


class Input(Value):
    """An input's name, and its path below the folder that was named, where one was.

    `failed` says why there is nothing to read: of a folder without pages, or one that may not be looked into. `row` is
    the number of a page in a table or archive, from 1.
    """

    name: str
    below: str | None = None
    failed: WirecleanError | None = None
    row: int = 0

    @property
    def told(self) -> str:
        """The name as it is told of: an address without the user and password in it.

        >>> Input("https://desk:secret@example.org/news/1").told
        'https://example.org/news/1'
        """
        if not is_address(self.name):
            return self.name
        scheme, _, rest = self.name.partition("://")
        host = rest.split("/")[0].split("?")[0].split("#")[0]
        return f"{scheme}://{host.rpartition('@')[2]}{rest[len(host) :]}"

    @property
    def whole_name(self) -> str:
        """The name as it is told of, with the row of a table."""
        return f"{self.told}:{self.row}" if self.row else self.told


#: How files are called that hold many pages or texts, which `pipelines` reads …
_TABLES = frozenset((".jsonl", ".ndjson", ".parquet", ".warc"))
#: … and what may be behind that.
_PACKED = (".gz", ".zst")


def table_kind(name: str) -> str | None:
    """Return what kind of table or archive a file's name says it is, as a suffix; None for one page or text.

    >>> table_kind("pages.jsonl.zst"), table_kind("news.WARC.gz"), table_kind("rain.html"), table_kind("rain.gz")
    ('.jsonl', '.warc', None, None)
    """
    whole, suffix = os.path.splitext(name.lower())
    if suffix in _PACKED:
        suffix = os.path.splitext(whole)[1]
    return suffix if suffix in _TABLES and not is_address(name) else None


#: How files are called that are looked for below a folder: pages, and texts. Whoever means others names them.
_SUFFIXES = frozenset(
    ("", ".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp", ".txt", ".text")
)


def list_inputs(said: Said, spared: str | None) -> Iterator[Input]:
    """Yield the inputs that the arguments name, in their order; `spared` is the folder that the output goes to.

    Raises InputMissing and EmptyInput for a list that is not there or lists none.
    """
    names = [*said.files, *(name for listing in said.files_from for name in read_list(listing))]
    for name in names:
        if said.recursive and os.path.isdir(name):
            yield from _files_below(name, os.path.realpath(spared) if spared else None)
        else:
            yield Input(name)


def files_read(said: Said, inputs: Iterable[Input], options: Options) -> list[str]:
    """Return the names of all that the command reads: its inputs, the lists of them, the rules of one's own."""
    rules = [options.rules.path] if options.rules else []
    return [*(source.name for source in inputs), *said.files_from, *rules]


def read_list(name: str) -> list[str]:
    """Return the inputs that a file lists: one on each line, or, as `find -print0` writes them, with NULs between."""
    try:
        data = read_bytes(name).removeprefix(b"\xef\xbb\xbf")
    except WirecleanError as error:
        raise type(error)(f"{name}: {error}") from None
    parts = data.split(b"\0") if b"\0" in data else data.splitlines()
    names = [os.fsdecode(part) for part in parts if part.strip()]
    if not names:
        raise EmptyInput("standard input lists no files" if name == "-" else f"{name}: lists no files")
    return names


def _files_below(folder: str, spared: str | None) -> Iterator[Input]:
    """Yield the pages and texts below a folder, sorted; hidden ones are not looked at, and links not followed.

    A folder that may not be looked into is an input that failed; so is one without any pages or texts.
    """
    locked: list[Input] = []

    def note(error: OSError) -> None:
        why = InputMissing((error.strerror or str(error)).lower())
        locked.append(Input(error.filename or folder, failed=why))

    found = False
    for path, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(
            name
            for name in folders
            if name[0] != "." and (not spared or os.path.realpath(os.path.join(path, name)) != spared)
        )
        for name in sorted(files):
            if name[0] != "." and (os.path.splitext(name)[1].lower() in _SUFFIXES or table_kind(name)):
                whole = os.path.join(path, name)
                if not _is_device(whole):
                    found = True
                    yield Input(whole, os.path.relpath(whole, folder))
    yield from locked
    if not (found or locked):
        yield Input(folder, failed=EmptyInput("there are no pages or texts in it"))


def _is_device(path: str) -> bool:
    """Tell what is no file: a pipe, whose other end may never write; whoever means it names it."""
    return os.path.exists(path) and not os.path.isfile(path)


def installed_fetch() -> Fetch:
    """Return the function that fetches addresses. Raises FetchFailed where nothing is installed that does."""
    fetch: Fetch | None = _installed("wireclean.fetchers")
    if fetch is None:
        raise FetchFailed("nothing is installed that fetches addresses")
    return fetch


def installed_bulk() -> Any:
    """Return the module that reads tables and cleans in several processes, `pipelines.command`; None without one."""
    return _installed("wireclean.bulk")


def _installed(group: str) -> Any:
    """Return what another package registers in this group of entry points; None if none does.

    This package touches no network, starts no process and knows no package that does: whoever does says so in the
    metadata.
    """
    from importlib.metadata import entry_points  # 20 ms, for addresses and tables only

    for entry in entry_points(group=group):
        try:
            return entry.load()
        except ModuleNotFoundError:  # what it needs is in an extra that was not asked for
            continue
    return None
