"""Where the `clean` command's articles go: standard output, one file, or a folder with a file for each."""

from __future__ import annotations

import os
import sys

from cleaners.errors import OutputFailed, of_standard_output, shown
from cleaners.inputs import is_address
from cleaners.spared import spare

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import BinaryIO

    from cleaners.inputs import Input

    #: Writes the text of an input.
    Write = Callable[[Input, str], None]

#: Bytes of a file's name (most file systems take 255), with room for a suffix, a number and a temporary name.
_LONGEST_NAME = 200


def is_folder(output: str | None, *, many: bool) -> bool:
    """Tell whether the output is a folder, or is to become one: several inputs make one of a name without a suffix.

    >>> is_folder("cleaned/", many=False), is_folder("rain.txt", many=True), is_folder(None, many=True)
    (True, False, False)
    >>> is_folder("cleaned", many=True), is_folder("cleaned", many=False)
    (True, False)
    """
    if output is None:
        return False
    if output.endswith(os.sep) or os.path.isdir(output):
        return True
    return many and not os.path.exists(output) and not os.path.splitext(output)[1]


def write_standard_output(_: Input, text: str) -> None:
    """Write to standard output as UTF-8, whatever the locale, and each text as soon as it is there."""
    if sys.stdout is None:
        raise OutputFailed("standard output: is closed")
    left = memoryview(text.encode())
    try:
        while left:  # unbuffered (PYTHONUNBUFFERED), one call writes as much as a pipe has room for
            left = left[sys.stdout.buffer.write(left) :]
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise of_standard_output(error) from None


def one_file(output: str, read: Iterable[str]) -> AbstractContextManager[Write]:
    """Return what writes all texts to one file, which is not made or changed if there are none.

    Raises OutputFailed if it is one of the files that are `read`.
    """
    from contextlib import ExitStack, contextmanager  # for who writes files
    from pathlib import Path  # likewise

    from cleaners.whole_file import whole_file

    path = Path(output)

    @contextmanager
    def opened() -> Iterator[Write]:
        with ExitStack() as stack:
            files: list[BinaryIO] = []

            def write(_: Input, text: str) -> None:
                if not files:
                    files.append(stack.enter_context(whole_file(path)))
                try:
                    files[0].write(text.encode())
                except OSError as error:
                    raise OutputFailed(f"{shown(output)}: cannot be written: {_why(error)}") from None

            spare(read)(path)
            yield write

    return opened()


def folder(output: str, inputs: Sequence[Input], suffix: str, read: Iterable[str]) -> Write:
    """Return what writes a file for each input to a folder, which is made if it is not there, and none that is `read`.

    Raises OutputFailed if it cannot be made.
    """
    from pathlib import Path  # for who writes files

    from cleaners.whole_file import whole_file

    place = Path(output)
    _make(place)
    check = spare(read)
    inputs = [source for source in inputs if not source.failed]
    named = dict(zip(map(id, inputs), name_files(inputs, suffix), strict=True))
    tables = {source.name: named[id(source)] for source in inputs}

    def write(source: Input, text: str) -> None:
        own = f"{tables[source.name]}-{source.row:06}" if source.row else named[id(source)]
        path = place / (own + suffix)
        check(path)
        _make(path.parent)
        with whole_file(path) as file:
            file.write(text.encode())

    return write


def name_files(inputs: Sequence[Input], suffix: str = "") -> list[str]:
    """Return a name for the file that each input becomes in a folder, without its suffix, no two the same.

    None is called as a folder that another is in.

    It is the input's name without its suffix, in the folders of the tree that it was found in. Where several would be
    called alike, their names say more: their suffixes, then the folders that they are in. A file that is named twice is
    told by a number.

    >>> from cleaners.inputs import Input
    >>> name_files([Input("news/rain.html"), Input("-"), Input("https://news.example.org/2024/rain/?page=2")])
    ['rain.html', 'stdin', 'news.example.org-2024-rain-page-2']
    >>> name_files([Input("a/rain.html"), Input("b/rain.html"), Input("a/snow.html"), Input("a/snow.txt")])
    ['a/rain', 'b/rain', 'snow.html', 'snow.txt']
    >>> name_files([Input("in/rain.html", "rain.html"), Input("in/rain.txt/1.html", "rain.txt/1.html")], ".txt")
    ['rain.html', 'rain.txt/1']
    """
    choices = {source.name: _names(source) for source in inputs}
    counts: dict[str, int] = {}
    for names in choices.values():
        for name in dict.fromkeys(names):
            counts[name] = counts.get(name, 0) + 1
    folders = {name[:at] for names in choices.values() for name in names for at in _slashes(name)}
    taken: set[str] = set()
    chosen = []
    for source in inputs:
        names = choices[source.name]
        free = (name for name in names if counts[name] == 1 and name + suffix not in folders)
        name = own = next(free, names[-1])
        number = 1
        while own in taken or own + suffix in folders:
            number += 1
            own = f"{name}-{number}"
        taken.add(own)
        chosen.append(own)
    return chosen


def _slashes(name: str) -> list[int]:
    """Return where the names of the folders end that a path leads through."""
    return [at for at, char in enumerate(name) if char == os.sep]


def _names(source: Input) -> list[str]:
    """Return names for an input's file, the shortest first; each is a path below the folder."""
    if source.name == "-":
        return ["stdin"]
    if is_address(source.name):
        path = source.told.split("?")[0].split("#")[0].rstrip("/")
        return [_safe(path.rpartition("/")[2], web=True), _safe(source.told.partition("://")[2], web=True)]
    whole = source.below or os.path.basename(source.name)
    further = os.path.normpath(source.name).replace(os.pardir + os.sep, "").lstrip(os.sep)
    names = [os.path.splitext(whole)[0], whole, os.path.splitext(further)[0], further]
    return [os.sep.join(map(_safe, name.split(os.sep))) for name in names]


def _safe(name: str, *, web: bool = False) -> str:
    """Return a part of a path as a file can be called: printable, short, no way up; letters alone of an address."""
    if web:
        name = "".join(char if char.isalnum() or char in "._" else " " for char in name)
        name = "-".join(name.split()).strip(".")
    else:
        name = "".join(char if char.isprintable() or "\udc80" <= char <= "\udcff" else "_" for char in name)
    data = os.fsencode(name)
    if len(data) > _LONGEST_NAME:
        from hashlib import blake2s  # for names that are too long for a file

        cut = data[:_LONGEST_NAME].decode("utf-8", "ignore")
        name = f"{cut}-{blake2s(data, digest_size=4).hexdigest()}"
    return "article" if name in ("", os.curdir, os.pardir) else name


def _make(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputFailed(f"{shown(str(path))}: cannot be made: {_why(error)}") from None


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
