"""Files that are written whole or not at all."""

from __future__ import annotations

import os
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
    target = Path(os.path.realpath(path))
    is_device = target.exists() and not target.is_file()
    name = f".{target.name[:_KEPT]}.{os.urandom(8).hex()}.part"
    partial = target if is_device else target.with_name(name)
    try:
        with partial.open("wb" if is_device else "xb") as file:
            yield file
        if not is_device:
            if target.exists():
                partial.chmod(target.stat().st_mode)
            partial.replace(target)
    except OSError as error:
        raise OutputFailed(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}") from None
    finally:
        if not is_device:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
