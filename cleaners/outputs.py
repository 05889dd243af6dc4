"""Where the `clean` command's articles go: standard output, one file, or a folder with a file for each."""

from __future__ import annotations

import os
import sys

from cleaners.errors import OutputFailed
from cleaners.inputs import is_address

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    #: An input's name, and what is to be written for it.
    Result = tuple[str, str]


def is_folder(output: str | None) -> bool:
    """Tell whether the output is a folder, or is to become one.

    >>> is_folder("cleaned/"), is_folder("rain.txt"), is_folder(None)
    (True, False, False)
    """
    return output is not None and (output.endswith(os.sep) or os.path.isdir(output))


def write_standard_output(results: Iterator[Result]) -> None:
    """Write to standard output as UTF-8, whatever the locale, and each result as soon as it is there."""
    for _, text in results:
        left = memoryview(text.encode())
        try:
            while left:  # unbuffered (PYTHONUNBUFFERED), one call writes as much as a pipe has room for
                left = left[sys.stdout.buffer.write(left) :]
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputFailed(f"standard output: cannot be written: {_why(error)}") from None


def write_file(results: Iterator[Result], output: str, inputs: Sequence[str]) -> None:
    """Write all results to one file, which is not made or changed if there are none."""
    from pathlib import Path  # 4 ms, for who writes files

    from cleaners.whole_file import whole_file

    path = Path(output)
    _spare_inputs(path, inputs)
    first = next(results, None)
    if first is None:
        return
    with whole_file(path) as file:
        file.write(first[1].encode())
        for _, text in results:
            file.write(text.encode())


def write_folder(results: Iterator[Result], output: str, inputs: Sequence[str], suffix: str) -> None:
    """Write a file for each result, named after its input; of two with one name the second is name-2."""
    from pathlib import Path  # 4 ms, for who writes files

    from cleaners.whole_file import whole_file

    folder = Path(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputFailed(f"{folder}: cannot be made: {_why(error)}") from None
    taken: set[str] = set()
    for name, text in results:
        stem = own = _stem(name)
        number = 1
        while own in taken:
            number += 1
            own = f"{stem}-{number}"
        taken.add(own)
        _spare_inputs(folder / (own + suffix), inputs)
        with whole_file(folder / (own + suffix)) as file:
            file.write(text.encode())


def _stem(name: str) -> str:
    """Return the name of an input's file in a folder, without its suffix.

    >>> _stem("news/rain.html"), _stem("-"), _stem("https://news.example.org/2024/rain/?page=2")
    ('rain', 'stdin', 'rain')
    """
    if name == "-":
        return "stdin"
    if is_address(name):
        name = name.split("?")[0].split("#")[0].rstrip("/")
    return os.path.splitext(os.path.basename(name))[0] or "article"


def _spare_inputs(path: Path, inputs: Sequence[str]) -> None:
    """Raise OutputFailed if the output would replace one of the inputs."""
    for name in inputs:
        if name != "-" and path.exists() and os.path.exists(name) and path.samefile(name):
            raise OutputFailed(f"{path}: is an input; write somewhere else")


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
