"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cleaners.errors import OutputFailed

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import BinaryIO

#: Characters of a file's name that its temporary name has too: one that is as long as it may be has room for no more.
_KEPT = 40


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to, which appears under its name only when all of it is there.

    What is written goes to a temporary file beside it, which takes the name when the `with` block ends well and
    goes away when it does not. A link leads to the file that is written; a device or pipe is written to as it is.
    Nobody can know the temporary name, and what has it already, a link above all, is not written to.
    Raises OutputFailed where the disk or the folder does not let it.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with whole_file(folder / "rain.txt") as file:
    ...     _ = file.write(b"It rained.")
    >>> [path.read_text() for path in folder.iterdir()]
    ['It rained.']
    """
    with written(path):
        target = Path(os.path.realpath(path))
        if is_device(target):
            with target.open("wb") as file:
                yield file
            return
        partial = target.with_name(f".{target.name[:_KEPT]}.{os.urandom(8).hex()}.part")
        try:
            with partial.open("xb") as file:
                yield file
            take_name(partial, target)
        finally:
            with suppress(OSError):
                partial.unlink(missing_ok=True)


@contextmanager
def written(path: Path) -> Iterator[None]:
    """Say of a file that it cannot be written where the disk or the folder does not let it. Raises OutputFailed.

    >>> with written(Path("rain.txt")):
    ...     raise PermissionError(13, "Permission denied")
    Traceback (most recent call last):
    cleaners.errors.OutputFailed: rain.txt: cannot be written: permission denied
    """
    try:
        yield
    except OSError as error:
        raise OutputFailed(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}") from None


def is_device(path: Path) -> bool:
    """Tell what is there and is no file, which can be written to and not be replaced.

    >>> is_device(Path(os.devnull)), is_device(Path("nowhere.txt"))
    (True, False)
    """
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):  # nothing is there that anybody may see
        return False


def take_name(partial: Path, target: Path) -> None:
    """Give a file that is whole its name, and the mode of the file that had it. Raises OSError."""
    if target.exists():
        partial.chmod(target.stat().st_mode)
    partial.replace(target)
